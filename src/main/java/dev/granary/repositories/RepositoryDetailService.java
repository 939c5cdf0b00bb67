package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.api.Failures;
import dev.granary.kernel.Caller;
import dev.granary.kernel.RemoteAddress;
import dev.granary.kernel.Times;
import dev.granary.repositories.RepositoryDetail.Access;
import dev.granary.repositories.RepositoryDetail.ForkIdentity;
import dev.granary.repositories.RepositoryDetail.Namespace;
import dev.granary.repositories.RepositoryDetail.Permissions;
import dev.granary.repositories.RepositoryDetail.RepositoryUser;
import dev.granary.repositories.RepositoryDetail.Statistics;
import dev.granary.repositories.RepositoryStore.Found;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Service;

/** Everything the product knows of one repository. */
@Service
class RepositoryDetailService {
    private final RepositoryService repositories;
    private final RepositoryListStore store;
    private final ForkStore forks;
    private final AccessService access;
    private final CloneAddresses addresses;
    private final ImportStore imports;
    private final Failures failures;

    RepositoryDetailService(
            RepositoryService repositories,
            RepositoryListStore store,
            ForkStore forks,
            AccessService access,
            CloneAddresses addresses,
            ImportStore imports,
            Failures failures) {
        this.repositories = repositories;
        this.store = store;
        this.forks = forks;
        this.access = access;
        this.addresses = addresses;
        this.imports = imports;
        this.failures = failures;
    }

    RepositoryDetail show(Caller caller, long repositoryId) {
        return show(caller, repositories.find(caller, repositoryId, Permission.VIEW));
    }

    /** The same for one that the caller has just dealt with, whether or not it still is for the caller to see. */
    RepositoryDetail show(Caller caller, Found found) {
        var repository = found.repository();
        var around = store.surroundings(repository.id());
        var ancestors =
                repository.parentId() == null ? List.<HostedRepository>of() : forks.ancestors(caller, repository.id());
        var network = repository.parentId() == null && !around.forked()
                ? List.<HostedRepository>of()
                : forks.network(caller, repository.id());
        var parent = ancestors.stream()
                .filter(ancestor -> Long.valueOf(ancestor.id()).equals(repository.parentId()))
                .findFirst();
        var imported = imports.of(repository.id());
        var creator = RepositoryUser.of(
                repository.creatorId(), around.creatorName(), around.creatorEnabled(), around.accountName());
        return new RepositoryDetail(
                RepositoryCore.of(repository, addresses),
                repository.defaultBranch(),
                null,
                0,
                around.forkCount(),
                0,
                0,
                Times.v4(repository.lastActivityAt()),
                Namespace.of(repository, around),
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
                imported.map(RepositoryDetailService::importStatus).orElse(null),
                imported.map(done -> RemoteAddress.shown(done.url())).orElse(null),
                imported.map(done ->
                                failures.text(done.errorKey(), done.errorArguments(), LocaleContextHolder.getLocale()))
                        .orElse(null),
                null,
                false,
                false,
                false,
                "merge",
                network.stream()
                        .map(other -> new ForkIdentity(other.id(), other.fullPath()))
                        .toList(),
                new Permissions(
                        level(access.role(caller, found.standing())),
                        level(access.projectRole(caller, found.standing()))),
                null,
                statistics(repository),
                repository.branchCount(),
                repository.tagCount(),
                0,
                around.memberCount());
    }

    private static String importStatus(ImportRecord record) {
        return switch (record.state()) {
            case ImportRecord.IMPORTING -> "started";
            case ImportRecord.FINISHED -> "finished";
            default -> "failed";
        };
    }

    private static @Nullable Access level(Optional<Role> role) {
        return role.map(held -> new Access(held.level(), null)).orElse(null);
    }

    private static Statistics statistics(HostedRepository repository) {
        var size = Wire.megabytes(repository.sizeBytes());
        return new Statistics(repository.commitCount(), size, size, 0, null);
    }
}
