package dev.granary.ui.repository;

import dev.granary.commits.Commit;
import dev.granary.ui.RepositoryPage;

/**
 * The commit that last changed an entry of a folder.
 *
 * @param name of the entry
 * @param time epoch milliseconds
 */
record LastCommit(String name, String title, String author, long time, String address) {
    static LastCommit of(String name, Commit commit, RepositoryPage repository) {
        return new LastCommit(
                name, commit.title(), commit.authorName(), commit.committedAt(), repository.commit(commit.id()));
    }
}
