package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Times;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryDetail.Access;
import dev.granary.repositories.RepositoryDetail.ForkIdentity;
import dev.granary.repositories.RepositoryDetail.Namespace;
import dev.granary.repositories.RepositoryDetail.Permissions;
import dev.granary.repositories.RepositoryDetail.RepositoryCore;
import dev.granary.repositories.RepositoryDetail.RepositoryUser;
import dev.granary.repositories.RepositoryDetail.Statistics;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Everything the product knows of one repository. */
@Service
class RepositoryDetailService {
    private final RepositoryService repositories;
    private final RepositoryListStore store;
    private final ForkStore forks;
    private final ProjectService projects;
    private final UserService users;
    private final AccessService access;
    private final CloneAddresses addresses;

    RepositoryDetailService(
            RepositoryService repositories,
            RepositoryListStore store,
            ForkStore forks,
            ProjectService projects,
            UserService users,
            AccessService access,
            CloneAddresses addresses) {
        this.repositories = repositories;
        this.store = store;
        this.forks = forks;
        this.projects = projects;
        this.users = users;
        this.access = access;
        this.addresses = addresses;
    }

    RepositoryDetail show(Caller caller, long repositoryId) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var ids = List.of(repository.id());
        var ancestors = forks.ancestors(caller, repository.id());
        var parent = ancestors.stream()
                .filter(ancestor -> Long.valueOf(ancestor.id()).equals(repository.parentId()))
                .findFirst();
        var creator = RepositoryUser.of(
                users.byId(repository.creatorId()).orElseThrow(),
                users.account().name());
        return new RepositoryDetail(
                RepositoryCore.of(repository, addresses),
                repository.defaultBranch(),
                null,
                0,
                store.forkCounts(ids).getOrDefault(repository.id(), 0),
                0,
                0,
                Times.v4(repository.lastActivityAt()),
                Namespace.of(projects.byId(repository.projectId()).orElseThrow()),
                repositories.isEmpty(repository),
                false,
                Wire.visibility(repository),
                null,
                Wire.security(repository),
                null,
                creator,
                creator,
                creator.id(),
                parent.map(source -> RepositoryCore.of(source, addresses)).orElse(null),
                "decrypted",
                false,
                repository.uuid(),
                ancestors.stream().map(HostedRepository::id).toList(),
                ancestors.stream().map(HostedRepository::fullPath).toList(),
                null,
                null,
                null,
                null,
                false,
                false,
                false,
                "merge",
                forks.network(caller, repository.id()).stream()
                        .map(other -> new ForkIdentity(other.id(), other.fullPath()))
                        .toList(),
                new Permissions(
                        level(access.role(caller, new Scope.Repository(repository.id()))),
                        level(access.role(caller, new Scope.Project(repository.projectId())))),
                null,
                statistics(repository),
                repository.branchCount(),
                repository.tagCount(),
                0,
                store.memberCounts(ids).getOrDefault(repository.id(), 0));
    }

    private static @Nullable Access level(Optional<Role> role) {
        return role.map(held -> new Access(held.level(), null)).orElse(null);
    }

    private static Statistics statistics(HostedRepository repository) {
        var size = Wire.megabytes(repository.sizeBytes());
        return new Statistics(repository.commitCount(), size, size, 0, null);
    }
}
