package dev.granary.ui.repository;

import dev.granary.commits.Commit;
import dev.granary.ui.RepositoryPage;

/** A commit and what it changed. */
public record CommitPage(RepositoryPage repository, Commit commit, ChangesPage changes) {
    /** The message without its first line. */
    public String body() {
        var end = commit.message().indexOf('\n');
        return end < 0 ? "" : commit.message().substring(end).strip();
    }

    /** Whether somebody else committed what the author wrote. */
    public boolean committedByOther() {
        return !commit.committerName().equals(commit.authorName());
    }
}
