package dev.granary.projects;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The members of projects. Every change happens for all the users it names, or for none. */
@Service
public class MemberService {
    private static final int MOST_AT_ONCE = 100;

    private final ProjectService projects;
    private final MemberStore store;
    private final UserService users;
    private final AccessService access;
    private final Inheritance inheritance;
    private final TransactionTemplate transaction;

    MemberService(
            ProjectService projects,
            MemberStore store,
            UserService users,
            AccessService access,
            Inheritance inheritance,
            TransactionTemplate transaction) {
        this.projects = projects;
        this.store = store;
        this.users = users;
        this.access = access;
        this.inheritance = inheritance;
        this.transaction = transaction;
    }

    /**
     * A user to become a member.
     *
     * @param userId the user's 32-digit id
     * @param roleId ProjectMan's number of the role
     * @param domainId the account the user is of; absent: this one
     */
    public record NewMember(
            @Nullable String userId,
            @Nullable Integer roleId,
            @Nullable String domainId) {}

    /** A page of a project's members. */
    public Page<ProjectMember> list(Caller caller, String projectId, Slice slice) {
        return store.list(
                projects.require(caller, projectId, Permission.PROJECT_VIEW).id(), slice);
    }

    /** The caller's own role; administrators of the installation are project managers everywhere. */
    Role ownRole(Caller caller, String projectId) {
        var project = projects.require(caller, projectId, Permission.PROJECT_VIEW);
        return access.role(caller, new Scope.Project(project.id())).orElseThrow();
    }

    /** Makes users members. */
    public void add(Caller caller, String projectId, @Nullable List<@Nullable NewMember> members) {
        var project = projects.require(caller, projectId, Permission.PROJECT_MANAGE);
        var roles = new LinkedHashMap<Long, Role>();
        for (var member : bounded("users", members)) {
            roles.put(user(member.userId(), member.domainId()).id(), Role.ofNumber("role_id", member.roleId()));
        }
        var actorId = access.requireUser(caller).id();
        change(project, roles.keySet(), known -> {
            if (!known.isEmpty()) {
                throw new Problem(ErrorCode.MEMBER_EXISTS);
            }
            assign(actorId, project, roles);
        });
    }

    /** Gives members another role. */
    public void changeRole(
            Caller caller, String projectId, @Nullable List<@Nullable String> userIds, @Nullable Integer roleId) {
        var project = projects.require(caller, projectId, Permission.PROJECT_MANAGE);
        var role = Role.ofNumber("role_id", roleId);
        var ids = ids(userIds);
        var actorId = access.requireUser(caller).id();
        change(project, ids, known -> {
            requireAll(ids, known);
            ids.forEach(id -> access.assign(actorId, new Scope.Project(project.id()), id, role));
        });
    }

    /** Ends memberships of the project, and with them those of its repositories. */
    public void remove(Caller caller, String projectId, @Nullable List<@Nullable String> userIds) {
        var project = projects.require(caller, projectId, Permission.PROJECT_MANAGE);
        remove(access.requireUser(caller).id(), project, ids(userIds));
    }

    /** Ends the caller's own membership. */
    void quit(Caller caller, String projectId) {
        var project = projects.require(caller, projectId, Permission.PROJECT_VIEW);
        var user = access.requireUser(caller);
        remove(user.id(), project, Set.of(user.id()));
    }

    private void remove(long actorId, Project project, Set<Long> ids) {
        change(project, ids, known -> {
            requireAll(ids, known);
            ids.forEach(id -> access.remove(actorId, new Scope.Project(project.id()), id));
        });
    }

    /** Runs a change that is given those of the users who are members now; undone when it takes the last manager. */
    private void change(Project project, Set<Long> userIds, Consumer<Set<Long>> change) {
        transaction.executeWithoutResult(_ -> {
            if (!store.lock(project.id())) {
                throw new Problem(ErrorCode.PROJECT_NOT_FOUND);
            }
            inheritance.changed(new Scope.Project(project.id()));
            change.accept(store.membersAmong(project.id(), userIds));
            if (!store.hasManager(project.id())) {
                throw new Problem(ErrorCode.LAST_MANAGER);
            }
        });
    }

    private void assign(long actorId, Project project, Map<Long, Role> roles) {
        roles.forEach((userId, role) -> access.assign(actorId, new Scope.Project(project.id()), userId, role));
    }

    private static void requireAll(Set<Long> ids, Set<Long> members) {
        if (!members.containsAll(ids)) {
            throw new Problem(ErrorCode.MEMBER_NOT_FOUND);
        }
    }

    private Set<Long> ids(@Nullable List<@Nullable String> userIds) {
        var ids = new LinkedHashSet<Long>();
        for (var userId : bounded("user_ids", userIds)) {
            ids.add(user(userId, null).id());
        }
        return ids;
    }

    private UserAccount user(@Nullable String userId, @Nullable String domainId) {
        if (userId == null || userId.isEmpty()) {
            throw Problem.invalid("user_id", "required");
        }
        if (!Ids.isUuid(userId)) {
            throw Problem.invalid("user_id", "uuid");
        }
        return users.byUuid(userId)
                .filter(_ -> domainId == null
                        || domainId.isEmpty()
                        || domainId.equals(users.account().uuid()))
                .orElseThrow(() -> new Problem(ErrorCode.UNKNOWN_USER, "user_id", userId));
    }

    private static <T> List<T> bounded(String field, @Nullable List<@Nullable T> items) {
        if (items == null || items.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        if (items.size() > MOST_AT_ONCE) {
            throw Problem.invalid(field, "maximum-count", MOST_AT_ONCE);
        }
        return items.stream()
                .map(item -> Optional.ofNullable(item).orElseThrow(() -> Problem.invalid(field, "required")))
                .toList();
    }
}
