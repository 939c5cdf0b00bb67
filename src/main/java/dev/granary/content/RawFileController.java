package dev.granary.content;

import dev.granary.kernel.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Files as they are, streamed. */
@RestController
class RawFileController {
    private final RawFileService files;

    RawFileController(RawFileService files) {
        this.files = files;
    }

    @GetMapping("/v4/repositories/{repository_id}/repository/file-content")
    void showFileContent(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("file_path") String filePath,
            @RequestParam String sha,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        FileDownload.send(request, response, files.open(caller, repositoryId, filePath, "sha", sha), false);
    }

    @GetMapping("/v4/repositories/{repository_id}/repository/files/raw")
    void showFileRaw(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("file_path") String filePath,
            @RequestParam(required = false) @Nullable String ref,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        FileDownload.send(request, response, files.open(caller, repositoryId, filePath, "ref", ref), false);
    }

    @GetMapping("/v4/repositories/{repository_id}/repository/blobs/{blob_id}/raw")
    void downloadBlobsRaw(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("blob_id") String blobId,
            @RequestParam("file_path") String filePath,
            @RequestParam(name = "file_name", required = false) @Nullable String fileName,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        FileDownload.send(request, response, files.openBlob(caller, repositoryId, blobId, filePath, fileName), true);
    }

    /** The further paths are those of branches with slashes. */
    @GetMapping({
        "/v1/repositories/{repository_uuid}/branch/{branch_name}/image",
        "/v1/repositories/{repository_uuid}/branch/{folder}/{branch_name}/image",
        "/v1/repositories/{repository_uuid}/branch/{folder}/{subfolder}/{branch_name}/image"
    })
    void showImageBlob(
            Caller caller,
            @PathVariable("repository_uuid") String repositoryUuid,
            @RequestParam String path,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var file = files.open(caller, repositoryUuid, RawPath.between(request, "/branch/", "/image"), path);
        FileDownload.send(request, response, file, !file.kind().isImage());
    }
}
