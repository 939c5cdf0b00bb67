package dev.granary.ui.home;

import dev.granary.mirrors.LateMirrors.LateMirror;
import dev.granary.repositories.HostedRepository;
import dev.granary.reviews.ListedRequest;
import dev.granary.ui.RepositoryPage;
import java.util.List;

/**
 * A page of the repositories the reader may see, and what waits for the reader.
 *
 * @param search what their names contain
 * @param mine whether only those are shown of which the reader is a member
 * @param total how many there are
 * @param number of this page, from 1
 * @param rows on a page
 * @param waiting merge requests that wait for the reader; the first few
 * @param late mirrors that are late; the first few
 */
public record HomePage(
        String search,
        boolean mine,
        List<HostedRepository> repositories,
        long total,
        int number,
        int rows,
        List<ListedRequest> waiting,
        List<LateMirror> late) {
    public HomePage {
        repositories = List.copyOf(repositories);
        waiting = List.copyOf(waiting);
        late = List.copyOf(late);
    }

    /** The path of a repository's page. */
    public String address(HostedRepository repository) {
        return RepositoryPage.address(repository);
    }

    /** The path of a merge request's page. */
    public String address(ListedRequest listed) {
        return address(listed.repository()) + "/-/merge_requests/"
                + listed.request().iid();
    }
}
