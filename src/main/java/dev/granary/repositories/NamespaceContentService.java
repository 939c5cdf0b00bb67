package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.access.Standing;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.projects.Group;
import dev.granary.projects.GroupService;
import dev.granary.projects.GroupViews;
import dev.granary.projects.Namespace;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.NamespaceEntry.Around;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists of what is in projects and groups, each limited to what the caller may see. */
@Service
public class NamespaceContentService {
    private static final int LONGEST_SEARCH = 256;

    private final NamespaceContentStore store;
    private final RepositoryListStore repositories;
    private final ProjectService projects;
    private final GroupService groups;
    private final GroupViews views;
    private final UserService users;
    private final AccessService access;
    private final CloneAddresses addresses;

    NamespaceContentService(
            NamespaceContentStore store,
            RepositoryListStore repositories,
            ProjectService projects,
            GroupService groups,
            GroupViews views,
            UserService users,
            AccessService access,
            CloneAddresses addresses) {
        this.store = store;
        this.repositories = repositories;
        this.projects = projects;
        this.groups = groups;
        this.views = views;
        this.users = users;
        this.access = access;
        this.addresses = addresses;
    }

    /**
     * How a list is narrowed and ordered; null parameters do not.
     *
     * @param filter what names contain, whatever their case
     * @param archived only what is archived, which nothing is
     */
    record Filter(
            @Nullable String filter,
            @Nullable String orderBy,
            @Nullable String sort,
            @Nullable Boolean archived) {

        String needle() {
            return Texts.line("filter", filter, 0, LONGEST_SEARCH);
        }

        RepositoryQuery.Order order() {
            return RepositoryQuery.Order.of(orderBy, sort, List.of("updated_at", "id", "name", "created_at"));
        }
    }

    /**
     * A group or a repository.
     *
     * @param group null for a repository
     * @param repository null for a group
     */
    public record Item(
            GroupViews.@Nullable View group, @Nullable HostedRepository repository) {}

    /** What is directly in a project or group: groups first, each kind with the latest changes first. */
    public Page<Item> items(Caller caller, Namespace namespace, String search, Slice slice) {
        access.require(
                caller, namespace.scope(), namespace.group() == null ? Permission.PROJECT_VIEW : Permission.GROUP_VIEW);
        var filter = new Filter(search, null, null, null);
        var page = store.list(caller, namespace, filter.needle(), filter.order(), slice);
        var inside = views.byIds(caller, ids(page, true)).stream()
                .collect(Collectors.toMap(view -> view.group().id(), view -> new Item(view, null)));
        var held = repositories.visible(caller, ids(page, false)).stream()
                .collect(Collectors.toMap(HostedRepository::id, repository -> new Item(null, repository)));
        return ordered(page, inside, held);
    }

    /** What was deleted since the page was read is left out. */
    private static <T> Page<T> ordered(
            Page<NamespaceContentStore.Item> page, Map<Long, T> groups, Map<Long, T> repositories) {
        return new Page<>(
                page.items().stream()
                        .flatMap(item ->
                                Optional.ofNullable((item.isGroup() ? groups : repositories).get(item.id())).stream())
                        .toList(),
                page.total());
    }

    /** What is directly in a project. */
    Page<NamespaceEntry> ofProject(Caller caller, String projectUuid, Filter filter, Slice slice) {
        var project = projects.require(caller, projectUuid, Permission.PROJECT_VIEW);
        return list(caller, new Namespace(project, null), filter, slice);
    }

    /** What is directly in a group. */
    Page<NamespaceEntry> ofGroup(Caller caller, long groupId, Filter filter, Slice slice) {
        var group = groups.require(caller, groupId, Permission.GROUP_VIEW);
        var project = projects.byId(group.projectId()).orElseThrow();
        return list(caller, new Namespace(project, group), filter, slice);
    }

    /** The repositories in a group and in all groups below it. */
    Page<RepositorySummary> repositoriesOfGroup(
            Caller caller,
            long groupId,
            @Nullable String search,
            @Nullable String orderBy,
            @Nullable String sort,
            Slice slice) {
        Group group = groups.require(caller, groupId, Permission.GROUP_VIEW);
        var order = RepositoryQuery.Order.of(orderBy, sort, List.of("updated_at", "id", "name", "created_at"));
        var query = RepositoryQuery.of(group.projectId(), search, slice)
                .inGroup(group.id())
                .ordered(order);
        return repositories.list(caller, query).map(RepositorySummary::of);
    }

    private Page<NamespaceEntry> list(Caller caller, Namespace namespace, Filter filter, Slice slice) {
        var needle = filter.needle();
        var order = filter.order();
        if (Boolean.TRUE.equals(filter.archived())) {
            return new Page<>(List.of(), 0);
        }
        var page = store.list(caller, namespace, needle, order, slice);
        var inside = views.byIds(caller, ids(page, true)).stream()
                .collect(Collectors.toMap(view -> view.group().id(), NamespaceEntry::of));
        var held = entries(caller, namespace, ids(page, false));
        return ordered(page, inside, held);
    }

    private static List<Long> ids(Page<NamespaceContentStore.Item> page, boolean groups) {
        return page.items().stream()
                .filter(item -> item.isGroup() == groups)
                .map(NamespaceContentStore.Item::id)
                .toList();
    }

    private Map<Long, NamespaceEntry> entries(Caller caller, Namespace namespace, List<Long> ids) {
        var found = repositories.visible(caller, ids);
        var roles = access.roles(caller, ids);
        var forks = repositories.forkCounts(ids);
        var members = repositories.memberCounts(ids);
        var creators =
                users.byIds(found.stream().map(HostedRepository::creatorId).collect(Collectors.toSet()));
        var manager = access.role(caller, new Scope.Project(namespace.project().id()))
                .filter(Role.PROJECT_MANAGER::equals)
                .isPresent();
        return found.stream()
                .map(repository -> NamespaceEntry.of(
                        repository,
                        new Around(
                                roles.get(repository.id()),
                                manager,
                                Standing.userId(caller),
                                forks.getOrDefault(repository.id(), 0),
                                members.getOrDefault(repository.id(), 0),
                                Optional.ofNullable(creators.get(repository.creatorId()))
                                        .map(UserAccount::name)
                                        .orElse(""),
                                addresses)))
                .collect(Collectors.toMap(entry -> entry.common().id(), Function.identity()));
    }
}
