package dev.granary.content;

import dev.granary.kernel.Caller;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class BlameController {
    private final BlameService blames;

    BlameController(BlameService blames) {
        this.blames = blames;
    }

    /** To leave out what the ignore-revisions file names is an addition to the contract. */
    @GetMapping("/repository/blame")
    ResponseEntity<List<BlameView>> listFileBlameLines(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("file_path") String filePath,
            @RequestParam String sha,
            @RequestParam(name = "ignore_revs", defaultValue = "false") boolean ignoreRevs) {
        return Immutable.withUsers(caller, sha, blames.blame(caller, repositoryId, filePath, sha, ignoreRevs));
    }

    /** Lines between the hunks of a difference. */
    record Lines(String text) {}

    @GetMapping("/diff-lines")
    Lines showDiffLines(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("file_path") String filePath,
            @RequestParam("commit_id") String commitId,
            @RequestParam int start,
            @RequestParam int end) {
        return new Lines(blames.lines(caller, repositoryId, filePath, commitId, start, end));
    }
}
