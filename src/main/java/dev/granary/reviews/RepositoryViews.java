package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Times;
import dev.granary.projects.PlaceNames;
import dev.granary.repositories.CloneAddresses;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Repositories in answers about merge requests. */
@Component
class RepositoryViews {
    private static final String DEVELOP_MODE = "normal";

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
     * @param path the last segment of {@code pathWithNamespace}
     * @param isKia false: there are no such repositories here
     * @param projectId the project's 32-digit id
     * @param moderationResult null: texts are not moderated
     */
    record Simple(
            long id,
            String description,
            String name,
            String nameWithNamespace,
            String path,
            String pathWithNamespace,
            String createdAt,
            String updatedAt,
            boolean archived,
            boolean isKia,
            String sshUrlToRepo,
            String httpUrlToRepo,
            String webUrl,
            @Nullable String readmeUrl,
            String projectId,
            String projectName,
            String developMode,
            @Nullable Boolean moderationResult) {}

    Simple simple(HostedRepository repository) {
        return new Simple(
                repository.id(),
                repository.description(),
                repository.name(),
                PlaceNames.readable(repository.projectName(), repository.fullPath()),
                repository.name(),
                repository.fullPath(),
                Times.v4(repository.createdAt()),
                Times.v4(repository.updatedAt()),
                false,
                false,
                addresses.ssh(repository),
                addresses.http(repository),
                addresses.web(repository),
                null,
                repository.projectUuid(),
                repository.projectName(),
                DEVELOP_MODE,
                null);
    }

    /** The page of a request. */
    String page(HostedRepository repository, long iid) {
        return addresses.web(repository) + "/merge_requests/" + iid;
    }

    /** The page of a commit. */
    String commit(HostedRepository repository, String id) {
        return addresses.web(repository) + "/commit/" + id;
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
