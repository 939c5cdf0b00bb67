package dev.granary.ui;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.repositories.CloneAddresses;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.OpenRequests;
import org.springframework.stereotype.Component;

/** Makes the {@link RepositoryPage} of a request, for a reader who may view the repository. */
@Component
class RepositoryPages {
    private final RepositoryService repositories;
    private final AccessService access;
    private final CloneAddresses addresses;
    private final OpenRequests requests;
    private final Viewers viewers;

    RepositoryPages(
            RepositoryService repositories,
            AccessService access,
            CloneAddresses addresses,
            OpenRequests requests,
            Viewers viewers) {
        this.repositories = repositories;
        this.access = access;
        this.addresses = addresses;
        this.requests = requests;
        this.viewers = viewers;
    }

    RepositoryPage of(Caller caller, long repositoryId) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        return new RepositoryPage(
                viewers.base(),
                repository,
                access.permissions(caller, new Scope.Repository(repositoryId)),
                addresses.http(repository),
                addresses.ssh(repository),
                requests.count(repositoryId));
    }
}
