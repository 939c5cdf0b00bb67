package dev.granary.projects;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.projects.GroupStore.NewGroup;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The life of groups. */
@Service
public class GroupService {
    private final GroupStore store;
    private final ProjectService projects;
    private final Namespaces namespaces;
    private final Places places;
    private final Inheritance inheritance;
    private final UserService users;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    GroupService(
            GroupStore store,
            ProjectService projects,
            Namespaces namespaces,
            Places places,
            Inheritance inheritance,
            UserService users,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.projects = projects;
        this.namespaces = namespaces;
        this.places = places;
        this.inheritance = inheritance;
        this.users = users;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * What a client says of a group; null leaves what there is.
     *
     * @param name 1 to 256 characters, its segment in clone addresses
     * @param parentId the group to be in; 0 or the project's own numeric id: directly in the project
     * @param visibility {@code private} or {@code public}
     * @param description up to 1000 characters
     */
    public record GroupBody(
            @Nullable String name,
            @Nullable Long parentId,
            @Nullable String visibility,
            @Nullable String description) {}

    /** The group with a numeric id, if the caller holds the permission on it. */
    public Group require(Caller caller, long id, Permission permission) {
        access.require(caller, new Scope.Group(id), permission);
        return store.byId(id).orElseThrow(() -> new Problem(ErrorCode.GROUP_NOT_FOUND));
    }

    /** The same for a group that is in a project. */
    Group require(Caller caller, String projectUuid, long id, Permission permission) {
        if (store.byId(id)
                .filter(group -> group.projectUuid().equals(projectUuid))
                .isEmpty()) {
            throw new Problem(
                    caller instanceof Caller.Anonymous ? ErrorCode.UNAUTHENTICATED : ErrorCode.GROUP_NOT_FOUND);
        }
        return require(caller, id, permission);
    }

    /** Creates a group in a project or in one of its groups; the caller becomes its owner and manages it. */
    public Group create(Caller caller, String projectUuid, GroupBody body) {
        var user = access.requireUser(caller);
        var namespace = namespaces.require(caller, projectUuid, body.parentId(), Permission.REPOSITORY_CREATE);
        var name = PlaceNames.requireForGroup("name", body.name());
        var description = Texts.lines("description", body.description(), Group.LONGEST_DESCRIPTION);
        var visibility = visibility(body.visibility());
        return Objects.requireNonNull(transaction.execute(_ -> {
            inheritance.changed(namespace.scope());
            var path = namespaces.hold(namespace) + "/" + name;
            checkBounds(Group.level(path), path.length());
            var fresh = new NewGroup(
                    namespace.project().id(),
                    namespace.groupId(),
                    name,
                    path,
                    description,
                    visibility.orElse(Group.PRIVATE),
                    user.id());
            var scope = new Scope.Group(store.insert(fresh, clock.millis()));
            if (!places.claim(path, scope)) {
                throw new Problem(ErrorCode.GROUP_EXISTS, name);
            }
            access.assign(user.id(), scope, user.id(), Role.PROJECT_MANAGER);
            return store.byId(scope.id()).orElseThrow();
        }));
    }

    /**
     * Changes a group; with a new name or another place, the paths of everything in it change, and the old ones lead
     * to the new.
     */
    public Group change(Caller caller, long id, GroupBody body) {
        var group = require(caller, id, Permission.PROJECT_MANAGE);
        var name = body.name() == null ? group.name() : PlaceNames.requireForGroup("name", body.name());
        var description = body.description() == null
                ? group.description()
                : Texts.lines("description", body.description(), Group.LONGEST_DESCRIPTION);
        var visibility = visibility(body.visibility()).orElse(group.visibility());
        var project = projects.byId(group.projectId()).orElseThrow(() -> new Problem(ErrorCode.GROUP_NOT_FOUND));
        var target = body.parentId() == null
                ? null
                : namespaces.require(caller, project, body.parentId(), Permission.REPOSITORY_CREATE);
        return Objects.requireNonNull(transaction.execute(_ -> {
            // Also makes other changes of the project's groups wait.
            inheritance.changed(new Scope.Group(id));
            var now = store.byId(id).orElseThrow(() -> new Problem(ErrorCode.GROUP_NOT_FOUND));
            move(now, name, target == null ? parent(project, now) : target);
            store.update(id, description, visibility, clock.millis());
            return store.byId(id).orElseThrow();
        }));
    }

    private Namespace parent(Project project, Group group) {
        var parentId = group.parentId();
        return new Namespace(
                project, parentId == null ? null : store.byId(parentId).orElseThrow());
    }

    private void move(Group group, String name, Namespace target) {
        var parentId = target.groupId();
        if (parentId != null && store.isBelow(parentId, group.id())) {
            throw new Problem(ErrorCode.GROUP_IN_ITSELF);
        }
        var path = namespaces.hold(target) + "/" + name;
        if (path.equals(group.path())) {
            return;
        }
        var extent = store.extent(group.id());
        checkBounds(
                Group.level(path) + extent.levels() - 1,
                extent.longestPath() + path.length() - group.path().length());
        store.move(group, parentId, name, path);
        if (!places.move(new Scope.Group(group.id()), group.path(), path)) {
            throw new Problem(ErrorCode.GROUP_EXISTS, name);
        }
    }

    private static void checkBounds(int levels, int pathLength) {
        if (levels > Group.MOST_LEVELS) {
            throw new Problem(ErrorCode.GROUP_TOO_DEEP, Group.MOST_LEVELS);
        }
        if (pathLength > Group.LONGEST_PATH) {
            throw new Problem(ErrorCode.PATH_TOO_LONG, Group.LONGEST_PATH);
        }
    }

    /** Deletes a group that nothing is in. */
    public void delete(Caller caller, String projectUuid, long id) {
        require(caller, projectUuid, id, Permission.PROJECT_MANAGE);
        transaction.executeWithoutResult(_ -> {
            inheritance.changed(new Scope.Group(id));
            if (!store.delete(id)) {
                throw new Problem(ErrorCode.GROUP_NOT_EMPTY);
            }
            inheritance.forget(new Scope.Group(id));
        });
    }

    /** Hands a group over to a user who has a role in it already, and from then on manages it. */
    Group handOver(Caller caller, long id, @Nullable Long ownerId) {
        var group = require(caller, id, Permission.PROJECT_MANAGE);
        var user = access.requireUser(caller);
        if (ownerId == null) {
            throw Problem.invalid("owner_id", "required");
        }
        var owner = users.byId(ownerId)
                .orElseThrow(() -> new Problem(ErrorCode.UNKNOWN_USER, "owner_id", Long.toString(ownerId)));
        var scope = new Scope.Group(group.id());
        if (!owner.enabled() || access.role(owner.toCaller(Set.of()), scope).isEmpty()) {
            throw new Problem(ErrorCode.MEMBER_NOT_FOUND);
        }
        return Objects.requireNonNull(transaction.execute(_ -> {
            store.setOwner(id, owner.id(), clock.millis());
            access.assign(user.id(), scope, owner.id(), Role.PROJECT_MANAGER);
            inheritance.changed(scope);
            return store.byId(id).orElseThrow(() -> new Problem(ErrorCode.GROUP_NOT_FOUND));
        }));
    }

    /** A page of the groups that the query asks for, among those the caller may see. */
    Page<Group> list(Caller caller, GroupQuery query, Slice slice) {
        access.requireUser(caller);
        return store.list(caller, query, slice);
    }

    /** The groups of a project in which the caller may create something. */
    Page<Group> manageable(Caller caller, String projectUuid, @Nullable String kind, Slice slice) {
        var project = projects.require(caller, projectUuid, Permission.PROJECT_VIEW);
        var forGroups = "group".equals(kind);
        if (!forGroups && kind != null && !kind.isEmpty() && !kind.equals("repository")) {
            throw Problem.invalid("scope", "one-of", "group, repository");
        }
        var all = store.ofProject(caller, project.id()).stream()
                .filter(group -> !forGroups || group.level() < Group.MOST_LEVELS)
                .filter(group -> access.allows(caller, new Scope.Group(group.id()), Permission.REPOSITORY_CREATE))
                .toList();
        return new Page<>(all.stream().skip(slice.offset()).limit(slice.limit()).toList(), all.size());
    }

    private static Optional<Integer> visibility(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        return switch (name) {
            case "private" -> Optional.of(Group.PRIVATE);
            case "public" -> Optional.of(Group.PUBLIC);
            default -> throw Problem.invalid("visibility", "one-of", "public, private");
        };
    }
}
