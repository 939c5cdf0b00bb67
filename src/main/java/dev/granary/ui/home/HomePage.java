package dev.granary.ui.home;

import dev.granary.repositories.HostedRepository;
import dev.granary.ui.RepositoryPage;
import java.util.List;

/**
 * A page of the repositories the reader may see.
 *
 * @param search what their names contain
 * @param total how many there are
 * @param number of this page, from 1
 * @param rows on a page
 */
public record HomePage(String search, List<HostedRepository> repositories, long total, int number, int rows) {
    public HomePage {
        repositories = List.copyOf(repositories);
    }

    /** The path of a repository's page. */
    public String address(HostedRepository repository) {
        return RepositoryPage.address(repository);
    }
}
