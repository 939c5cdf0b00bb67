package dev.granary.merging;

import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a commit and what it says.
 *
 * @param author null for the committer; for a picked commit, null keeps its own author
 * @param message the whole text
 */
public record CommitOrder(@Nullable PersonIdent author, PersonIdent committer, String message) {
    PersonIdent authorOr(PersonIdent other) {
        return author == null ? other : author;
    }
}
