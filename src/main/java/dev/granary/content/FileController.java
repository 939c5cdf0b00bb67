package dev.granary.content;

import dev.granary.kernel.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FileController {
    private final FileService files;

    FileController(FileService files) {
        this.files = files;
    }

    @GetMapping("/v2/projects/{repo_id}/repository/files")
    ResponseEntity<FileContent> listFilesByQuery(
            Caller caller,
            @PathVariable("repo_id") long repositoryId,
            @RequestParam("file_path") String filePath,
            @RequestParam String ref) {
        return Immutable.answer(caller, ref, files.show(caller, repositoryId, filePath, ref));
    }

    @GetMapping("/v2/projects/{repo_id}/repository/files/{*file_path}")
    ResponseEntity<FileContent> showFile(
            Caller caller,
            @PathVariable("repo_id") long repositoryId,
            @RequestParam String ref,
            HttpServletRequest request) {
        var filePath = RawPath.after(request, "/repository/files/");
        return Immutable.answer(caller, ref, files.show(caller, repositoryId, filePath, ref));
    }
}
