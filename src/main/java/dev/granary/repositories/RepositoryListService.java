package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import dev.granary.projects.PlaceNames;
import dev.granary.projects.ProjectService;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists of repositories, each limited to what the caller may view. */
@Service
public class RepositoryListService {
    private final RepositoryListStore store;
    private final ProjectService projects;
    private final UserService users;
    private final AccessService access;
    private final CloneAddresses addresses;

    RepositoryListService(
            RepositoryListStore store,
            ProjectService projects,
            UserService users,
            AccessService access,
            CloneAddresses addresses) {
        this.store = store;
        this.projects = projects;
        this.users = users;
        this.access = access;
        this.addresses = addresses;
    }

    /**
     * The repositories the caller may view whose name or project's name contains a text, the latest changed first.
     *
     * @param memberId only those of which this user is a member; null for all
     */
    public Page<HostedRepository> visible(
            Caller caller, @Nullable String search, @Nullable Long memberId, Slice slice) {
        return store.list(caller, RepositoryQuery.of(null, search, slice).ofMember(memberId));
    }

    /** All repositories, the largest first, for administrators. */
    public Page<HostedRepository> largest(Caller caller, Slice slice) {
        access.requireAdministrator(caller);
        var query = RepositoryQuery.of(null, null, slice).ordered(new RepositoryQuery.Order("size_bytes", true));
        return store.list(caller, query);
    }

    /** The repositories of a project, as v1 shows them. */
    Page<LegacyRepository> legacyOfProject(Caller caller, String projectUuid, @Nullable String search, Slice slice) {
        return store.list(caller, ofProject(caller, projectUuid, search, slice))
                .map(repository -> LegacyRepository.of(repository, addresses));
    }

    /** The repositories of a project, as v2 shows them. */
    Page<RepositoryInfo> infosOfProject(Caller caller, String projectUuid, @Nullable String search, Slice slice) {
        return infos(caller, store.list(caller, ofProject(caller, projectUuid, search, slice)));
    }

    /** Every repository the caller may view, as v2 shows them; the search covers project names too. */
    Page<RepositoryInfo> infosOfUser(Caller caller, @Nullable String search, Slice slice) {
        access.requireUser(caller);
        return infos(caller, store.list(caller, RepositoryQuery.of(null, search, slice)));
    }

    /** The repositories of a project, as v4 shows them. */
    Page<RepositorySummary> summariesOfProject(
            Caller caller,
            String projectUuid,
            @Nullable String search,
            @Nullable String orderBy,
            @Nullable String sort,
            Slice slice) {
        var order = RepositoryQuery.Order.of(orderBy, sort, List.of("updated_at", "id", "name", "created_at"));
        return store.list(caller, ofProject(caller, projectUuid, search, slice).ordered(order))
                .map(RepositorySummary::of);
    }

    /** Every repository the caller may view, as v4 shows them, narrowed by a filter. */
    Page<OwnRepository> own(Caller caller, OwnRepositoryFilter filter, Slice slice) {
        var user = access.requireUser(caller);
        var query = filter.toQuery(user.id(), slice);
        // Nothing here is ever starred or archived.
        if (filter.isStarred() || filter.isArchived()) {
            return new Page<>(List.of(), 0);
        }
        return own(caller, store.list(caller, query));
    }

    /** One repository as v2 shows it. */
    RepositoryInfo info(Caller caller, HostedRepository repository) {
        return infos(caller, new Page<>(List.of(repository), 1)).items().getFirst();
    }

    private RepositoryQuery ofProject(Caller caller, String projectUuid, @Nullable String search, Slice slice) {
        var project = projects.require(caller, projectUuid, Permission.PROJECT_VIEW);
        return RepositoryQuery.of(project.id(), search, slice);
    }

    private Page<RepositoryInfo> infos(Caller caller, Page<HostedRepository> page) {
        var ids = page.items().stream().map(HostedRepository::id).toList();
        var roles = access.roles(caller, ids);
        var creators = users.byIds(
                page.items().stream().map(HostedRepository::creatorId).collect(Collectors.toSet()));
        var account = users.account().name();
        return page.map(repository -> info(
                repository,
                Objects.requireNonNull(creators.get(repository.creatorId()), "a creator outlives its repositories"),
                account,
                roles.getOrDefault(repository.id(), Role.VIEWER),
                caller));
    }

    private RepositoryInfo info(
            HostedRepository repository, UserAccount creator, String account, Role role, Caller caller) {
        var owner = caller instanceof Caller.User user && user.id() == creator.id();
        return new RepositoryInfo(
                Times.v2(repository.createdAt()),
                creator.name(),
                account,
                PlaceNames.last(repository.parentPath()),
                addresses.http(repository),
                creator.uuid(),
                owner ? 1 : 0,
                Wire.size(0),
                Boolean.toString(false),
                repository.projectUuid(),
                repository.id(),
                repository.name(),
                Wire.size(repository.sizeBytes()),
                repository.uuid(),
                addresses.ssh(repository),
                false,
                repository.status(),
                Times.v2(repository.updatedAt()),
                role.legacyLevel(),
                repository.visibility(),
                addresses.web(repository));
    }

    private Page<OwnRepository> own(Caller caller, Page<HostedRepository> page) {
        var ids = page.items().stream().map(HostedRepository::id).toList();
        var roles = access.roles(caller, ids);
        var forks = store.forkCounts(ids);
        var members = store.memberCounts(ids);
        var parents = store
                .visible(
                        caller,
                        page.items().stream()
                                .map(HostedRepository::parentId)
                                .filter(Objects::nonNull)
                                .toList())
                .stream()
                .collect(Collectors.toMap(HostedRepository::id, Function.identity()));
        return page.map(repository -> {
            var parent = repository.parentId() == null ? null : parents.get(repository.parentId());
            return new OwnRepository(
                    repository.id(),
                    repository.name(),
                    repository.parentPath(),
                    repository.name(),
                    Wire.DEVELOP_MODE,
                    Wire.visibility(repository),
                    Wire.security(repository),
                    0,
                    forks.getOrDefault(repository.id(), 0),
                    0,
                    0,
                    false,
                    Wire.nameWithNamespace(repository),
                    Times.v4(repository.lastActivityAt()),
                    parent == null ? null : OwnRepository.ForkSource.of(parent),
                    roles.getOrDefault(repository.id(), Role.VIEWER).level(),
                    false,
                    members.getOrDefault(repository.id(), 0),
                    repository.uuid(),
                    repository.description(),
                    Times.v4(repository.updatedAt()),
                    addresses.ssh(repository),
                    addresses.http(repository),
                    Wire.status(repository),
                    List.of(),
                    repository.projectName(),
                    repository.projectUuid(),
                    false,
                    repository.creatorId());
        });
    }
}
