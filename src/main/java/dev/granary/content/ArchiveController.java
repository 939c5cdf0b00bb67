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

@RestController
class ArchiveController {
    private final ArchiveService archives;

    ArchiveController(ArchiveService archives) {
        this.archives = archives;
    }

    @GetMapping("/v4/repositories/{repository_id}/repository/archive")
    void downloadArchive(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String sha,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(name = "archive_format", required = false) @Nullable String archiveFormat,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        FileDownload.send(request, response, archives.open(caller, repositoryId, sha, path, archiveFormat));
    }

    @GetMapping("/v2/repositories/{repository_uuid}/archive")
    void showRepositoryArchive(
            Caller caller,
            @PathVariable("repository_uuid") String repositoryUuid,
            @RequestParam String sha,
            @RequestParam String format,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        FileDownload.send(request, response, archives.open(caller, repositoryUuid, sha, format));
    }
}
