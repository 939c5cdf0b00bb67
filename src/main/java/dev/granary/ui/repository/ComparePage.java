package dev.granary.ui.repository;

import dev.granary.commits.Commit;
import dev.granary.ui.RepositoryPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two revisions compared.
 *
 * @param from the one that is compared with; empty before somebody chose
 * @param to the one whose own commits are shown
 * @param commits the newest of them
 * @param commitCount how many there are
 * @param changes null where nothing has been compared
 * @param failure why it could not be; null for none
 */
public record ComparePage(
        RepositoryPage repository,
        String from,
        String to,
        List<Commit> commits,
        int commitCount,
        @Nullable ChangesPage changes,
        @Nullable String failure) {
    public ComparePage {
        commits = List.copyOf(commits);
    }
}
