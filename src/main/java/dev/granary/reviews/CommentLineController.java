package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which lines are discussed. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class CommentLineController {
    private final CommentLineService lines;
    private final CommentLineAnswers answers;

    CommentLineController(CommentLineService lines, CommentLineAnswers answers) {
        this.lines = lines;
        this.answers = answers;
    }

    @GetMapping("/merge-requests/{merge_request_iid}/comments-by-line")
    Page<CommentLineAnswers.File> showMergeRequestCommentsByLine(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestParam(required = false) @Nullable Integer line,
            @RequestParam(name = "with_commit_comments", defaultValue = "false") boolean withCommitComments,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(name = "base_sha", required = false) @Nullable String baseSha,
            @RequestParam(name = "head_sha", required = false) @Nullable String headSha) {
        var query = new CommentLineService.Query(line, withCommitComments, path, view, baseSha, headSha);
        return answers.files(lines.ofRequest(caller, repositoryId, iid, query));
    }

    @GetMapping("/commits/{sha}/comments-by-line")
    Page<CommentLineAnswers.File> showCommitCommentsByLine(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable String sha) {
        return answers.files(lines.ofCommit(caller, repositoryId, sha));
    }
}
