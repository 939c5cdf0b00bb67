package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.repositories.CloneAddresses;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryCore;
import dev.granary.repositories.RepositoryService;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Repositories in answers about merge requests. */
@Component
class RepositoryViews {
    private final RepositoryService repositories;
    private final CloneAddresses addresses;
    private final AccessService access;

    RepositoryViews(RepositoryService repositories, CloneAddresses addresses, AccessService access) {
        this.repositories = repositories;
        this.addresses = addresses;
        this.access = access;
    }

    /**
     * A repository.
     *
     * @param isKia false: there are no such repositories here
     */
    record Simple(
            @JsonUnwrapped RepositoryCore core,
            boolean isKia,
            String webUrl,
            @Nullable String readmeUrl) {}

    Simple simple(HostedRepository repository) {
        return new Simple(RepositoryCore.of(repository, addresses), false, addresses.web(repository), null);
    }

    /** The page of a request. */
    String page(HostedRepository repository, long iid) {
        return addresses.web(repository) + "/-/merge_requests/" + iid;
    }

    /** The page of a commit. */
    String commit(HostedRepository repository, String id) {
        return addresses.web(repository) + "/-/commit/" + id;
    }

    String gitUrl(HostedRepository repository) {
        return addresses.http(repository);
    }

    /** Several repositories by id, without those that the caller does not see. */
    Map<Long, HostedRepository> seen(Caller caller, Collection<Long> ids) {
        var found = new HashMap<>(repositories.byIds(ids));
        found.keySet().removeIf(id -> !access.allows(caller, new Scope.Repository(id), Permission.VIEW));
        return found;
    }
}
