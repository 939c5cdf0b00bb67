package dev.granary.ui.repository;

import dev.granary.commits.Commit;
import dev.granary.identity.CommitSignatures.Checked;
import dev.granary.kernel.Page;
import dev.granary.reviews.DiscussionThread;
import dev.granary.ui.Discussed;
import dev.granary.ui.Markdown;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * A commit, what it changed, and what is said of it.
 *
 * @param talk a page of what is said of it as a whole, or of whole files
 * @param number of that page, from 1
 * @param failure why what was asked for last was refused; null for nothing
 */
public record CommitPage(
        RepositoryPage repository,
        Commit commit,
        Checked signature,
        ChangesPage changes,
        Page<DiscussionThread> talk,
        int number,
        Markdown markdown,
        @Nullable String failure) {
    /** How many discussions are shown at once. */
    static final int ROWS = 50;

    /** The message without its first line. */
    public String body() {
        var end = commit.message().indexOf('\n');
        return end < 0 ? "" : commit.message().substring(end).strip();
    }

    /** Whether somebody else committed what the author wrote. */
    public boolean committedByOther() {
        return !commit.committerName().equals(commit.authorName());
    }

    /** The commit's own address. */
    public String address() {
        return repository.commit(commit.id());
    }

    /** Whether the reader may say something. */
    public boolean mayComment() {
        return changes.mayComment();
    }

    /** The address that its discussions have in common. */
    public String discussions() {
        return address() + "/discussions";
    }

    /** What a discussion needs to be shown. */
    public Discussed discussed(DiscussionThread thread) {
        return new Discussed(discussions(), thread, markdown, false, null);
    }

    /** How many discussions are shown at once. */
    public int rows() {
        return ROWS;
    }
}
