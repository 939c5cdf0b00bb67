package dev.granary.content;

import dev.granary.kernel.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** v4's operations on single files. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/repository")
class RepositoryFileController {
    private final FileService files;
    private final FileEditService edits;

    RepositoryFileController(FileService files, FileEditService edits) {
        this.files = files;
        this.edits = edits;
    }

    @GetMapping("/file")
    ResponseEntity<RepositoryFile> showFile(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("file_path") String filePath,
            @RequestParam(required = false) @Nullable String ref) {
        return Immutable.withUsers(caller, ref, files.showV4(caller, repositoryId, filePath, ref));
    }

    @GetMapping("/blobs")
    BlobContent showBlobs(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestParam("blob_id") String blobId) {
        return files.blob(caller, repositoryId, blobId);
    }

    @GetMapping("/readme-file")
    BlobContent.Readme showReadmeFile(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return files.readme(caller, repositoryId);
    }

    @PostMapping("/files")
    @ResponseStatus(HttpStatus.CREATED)
    FileEdit.Done createFile(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody FileEdit body) {
        return edits.create(caller, repositoryId, body);
    }

    @PutMapping("/file")
    FileEdit.Done updateFile(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("file_path") String filePath,
            @RequestBody FileEdit body) {
        return edits.update(caller, repositoryId, filePath, body);
    }

    /** Whether it worked: failures are told by the status. */
    record Outcome(String status) {}

    @DeleteMapping("/file")
    Outcome deleteFile(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("file_path") String filePath,
            @RequestParam String branch,
            @RequestParam("commit_message") String commitMessage,
            @RequestParam(name = "author_name", required = false) @Nullable String authorName,
            @RequestParam(name = "author_email", required = false) @Nullable String authorEmail) {
        edits.delete(caller, repositoryId, filePath, FileEdit.with(branch, commitMessage, authorName, authorEmail));
        return new Outcome("success");
    }

    @PutMapping("/rename-file")
    FileEdit.Done renameFile(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody FileEdit.Rename body) {
        return edits.rename(caller, repositoryId, body);
    }

    @PostMapping("/dir")
    @ResponseStatus(HttpStatus.CREATED)
    String createDir(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody FileEdit.Folder body) {
        return edits.createFolder(caller, repositoryId, body);
    }
}
