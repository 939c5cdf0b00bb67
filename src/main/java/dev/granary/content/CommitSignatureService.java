package dev.granary.content;

import dev.granary.identity.CommitSignatures;
import dev.granary.identity.CommitSignatures.Checked;
import dev.granary.kernel.Caller;
import org.springframework.stereotype.Service;

/** Tells by whom commits were signed. */
@Service
class CommitSignatureService {
    private final HistoryService history;
    private final CommitSignatures signatures;

    CommitSignatureService(HistoryService history, CommitSignatures signatures) {
        this.history = history;
        this.signatures = signatures;
    }

    /**
     * The signature of a commit, as far as there is one.
     *
     * @param revision a commit id, a tag, or a branch without slashes
     */
    CommitSignature show(Caller caller, long repositoryId, String revision) {
        var commit = history.show(caller, repositoryId, revision, false, false).commit();
        var signed = commit.signed();
        var checked = signed == null ? Checked.NONE : signatures.check(signed);
        return new CommitSignature(
                commit.id(),
                checked.state().wireName(),
                checked.type(),
                checked.key(),
                checked.primaryKey(),
                checked.signerId(),
                checked.signer());
    }
}
