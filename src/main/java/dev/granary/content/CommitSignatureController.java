package dev.granary.content;

import dev.granary.kernel.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The signatures of commits; an addition to the contract, whose answers have no room for all of it. */
@RestController
class CommitSignatureController {
    private final CommitSignatureService signatures;

    CommitSignatureController(CommitSignatureService signatures) {
        this.signatures = signatures;
    }

    @GetMapping("/v4/repositories/{repository_id}/repository/commits/{sha}/signature")
    CommitSignature showCommitSignature(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable String sha) {
        return signatures.show(caller, repositoryId, sha);
    }
}
