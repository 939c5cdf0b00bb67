package dev.granary.content;

import dev.granary.kernel.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** v1's view of the files of a branch. The further paths are those of branches with slashes. */
@RestController
class LegacyFileController {
    private final FileService files;

    LegacyFileController(FileService files) {
        this.files = files;
    }

    @GetMapping({
        "/v1/repositories/{repository_uuid}/branch/{branch_name}/file",
        "/v1/repositories/{repository_uuid}/branch/{folder}/{branch_name}/file",
        "/v1/repositories/{repository_uuid}/branch/{folder}/{subfolder}/{branch_name}/file"
    })
    LegacyFile listFiles(
            Caller caller,
            @PathVariable("repository_uuid") String repositoryUuid,
            @RequestParam String path,
            HttpServletRequest request) {
        return files.show(caller, repositoryUuid, RawPath.between(request, "/branch/", "/file"), path);
    }
}
