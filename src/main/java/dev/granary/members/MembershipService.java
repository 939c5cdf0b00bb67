package dev.granary.members;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.PermissionMatrix;
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
import dev.granary.members.NewMember.Outcome;
import dev.granary.projects.Inheritance;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The members of groups and repositories. Only members of the project, direct or by a user group, can become one. The
 * answers of {@code require…} name the place for the other methods.
 */
@Service
public class MembershipService {
    private static final int MOST_AT_ONCE = 100;

    private final MembershipStore store;
    private final UserService users;
    private final AccessService access;
    private final PermissionMatrix matrix;
    private final Inheritance inheritance;
    private final TransactionTemplate transaction;

    MembershipService(
            MembershipStore store,
            UserService users,
            AccessService access,
            PermissionMatrix matrix,
            Inheritance inheritance,
            TransactionTemplate transaction) {
        this.store = store;
        this.users = users;
        this.access = access;
        this.matrix = matrix;
        this.inheritance = inheritance;
        this.transaction = transaction;
    }

    /** A project by its 32-digit id, if the caller holds the permission on it. */
    Site requireProject(Caller caller, String uuid, Permission permission) {
        var scope = access.requireProject(caller, Ids.isUuid(uuid) ? uuid : "", permission);
        return store.project(scope.id()).orElseThrow(() -> new Problem(ErrorCode.PROJECT_NOT_FOUND));
    }

    /** A group, if the caller holds the permission on it. */
    public Site requireGroup(Caller caller, long id, Permission permission) {
        access.require(caller, new Scope.Group(id), permission);
        return store.group(id).orElseThrow(() -> new Problem(ErrorCode.GROUP_NOT_FOUND));
    }

    /** A group that is in a project. */
    Site requireGroup(Caller caller, String projectUuid, long id, Permission permission) {
        var site = requireGroup(caller, id, permission);
        if (!site.projectUuid().equals(projectUuid)) {
            throw new Problem(ErrorCode.GROUP_NOT_FOUND);
        }
        return site;
    }

    /** A repository by its numeric id, if the caller holds the permission on it. */
    public Site requireRepository(Caller caller, long id, Permission permission) {
        access.require(caller, new Scope.Repository(id), permission);
        return store.repository(id).orElseThrow(() -> new Problem(ErrorCode.REPOSITORY_NOT_FOUND));
    }

    /** A repository that is in a project. */
    Site requireRepository(Caller caller, String projectUuid, long id, Permission permission) {
        var site = requireRepository(caller, id, permission);
        if (!site.projectUuid().equals(projectUuid)) {
            throw new Problem(ErrorCode.REPOSITORY_NOT_FOUND);
        }
        return site;
    }

    /** A repository by its 32-digit id. */
    Site requireRepository(Caller caller, String uuid, Permission permission) {
        var scope = access.requireRepository(caller, Ids.isUuid(uuid) ? uuid : "", permission);
        return store.repository(scope.id()).orElseThrow(() -> new Problem(ErrorCode.REPOSITORY_NOT_FOUND));
    }

    /** Whether the caller manages the repository. */
    boolean isManager(Caller caller, String uuid) {
        var site = requireRepository(caller, uuid, Permission.VIEW);
        return access.role(caller, site.scope())
                .filter(role -> role == Role.PROJECT_MANAGER)
                .isPresent();
    }

    /** A page of those who have roles at the place, there or above. */
    public Page<Member> list(Site site, MemberFilter filter, Slice slice) {
        return store.list(site, filter, slice);
    }

    /** Those who manage the place. */
    Page<Member> managers(Site site, Slice slice) {
        return store.managers(site, slice);
    }

    /** Members of the project who have no role of their own at the place. */
    public Page<Member> addable(Site site, MemberFilter filter, Slice slice) {
        return store.addable(site, filter, slice);
    }

    /** Whether a member's roles allow any of several permissions at the place. */
    Predicate<Member> allowing(Site site, Set<Permission> permissions) {
        var here = matrix.at(site.scope());
        return member -> member.grants().stream()
                .anyMatch(grant -> permissions.stream().anyMatch(permission -> here.allows(grant.held(), permission)));
    }

    /** Makes users members, each for itself: one that fails does not stop the others. */
    List<Outcome> add(Caller caller, Site site, @Nullable List<? extends @Nullable NewMember> wanted) {
        if (wanted == null || wanted.isEmpty()) {
            throw Problem.invalid("users", "required");
        }
        if (wanted.size() > MOST_AT_ONCE) {
            throw Problem.invalid("users", "maximum-count", MOST_AT_ONCE);
        }
        var actorId = access.requireUser(caller).id();
        return Objects.requireNonNull(transaction.execute(_ -> {
            // Whoever changes members of the project waits from here on.
            inheritance.changed(site.scope());
            return wanted.stream()
                    .map(member -> member == null ? missing() : add(actorId, site, member))
                    .toList();
        }));
    }

    /**
     * Makes a user a member by its log-in name.
     *
     * @throws Problem {@link ErrorCode#USER_NOT_IN_PROJECT} for whoever could not become one, whether or not there is such
     *     a user; {@link ErrorCode#MEMBER_EXISTS}
     */
    public void add(Caller caller, Site site, String name, Role role) {
        var user = users.byName(name).orElseThrow(() -> new Problem(ErrorCode.USER_NOT_IN_PROJECT));
        var failure = add(caller, site, List.of(new NewMember("name", user.uuid(), name, null, () -> role)))
                .getFirst()
                .failure();
        if (failure != null) {
            throw failure;
        }
    }

    private static Outcome missing() {
        return new Outcome(null, null, Problem.invalid("users", "required"));
    }

    private Outcome add(long actorId, Site site, NewMember wanted) {
        Optional<UserAccount> user = Optional.empty();
        try {
            var role = wanted.role().get();
            user = user(wanted);
            var found = user.filter(candidate -> !store.ofProject(site.projectId(), List.of(candidate.id()))
                            .isEmpty())
                    // Whether such a user exists at all is nothing for those who manage repositories.
                    .orElseThrow(() -> new Problem(ErrorCode.USER_NOT_IN_PROJECT));
            if (store.isMember(site, found.id())) {
                throw new Problem(ErrorCode.MEMBER_EXISTS);
            }
            assign(actorId, site, found.id(), role);
            return new Outcome(found.uuid(), found.name(), null);
        } catch (Problem problem) {
            return new Outcome(wanted.id(), wanted.name(), problem);
        }
    }

    private Optional<UserAccount> user(NewMember wanted) {
        var id = wanted.id();
        if (id == null || id.isEmpty()) {
            throw Problem.invalid(wanted.idField(), "required");
        }
        if (!Ids.isUuid(id)) {
            throw Problem.invalid(wanted.idField(), "uuid");
        }
        var account = wanted.accountId();
        return users.byUuid(id)
                .filter(_ -> account == null
                        || account.isEmpty()
                        || account.equals(users.account().uuid()));
    }

    /** Gives a member another role; only roles given at the place itself can be changed. */
    public void setRole(Caller caller, Site site, String userUuid, Role role) {
        var actorId = access.requireUser(caller).id();
        change(site, userUuid, user -> {
            var isMember = store.isMember(site, user.id());
            if (isMember) {
                assign(actorId, site, user.id(), role);
            }
            return isMember;
        });
    }

    /** Ends a membership; only roles given at the place itself can be taken away. */
    public void remove(Caller caller, Site site, String userUuid) {
        var actorId = access.requireUser(caller).id();
        change(
                site,
                userUuid,
                user -> site.repositoryId() == 0
                        ? access.remove(actorId, new Scope.Group(site.id()), user.id())
                        : access.remove(actorId, new Scope.Repository(site.id()), user.id()));
    }

    /** Runs a change that says whether the user was a member. */
    private void change(Site site, String userUuid, Predicate<UserAccount> change) {
        transaction.executeWithoutResult(_ -> {
            inheritance.changed(site.scope());
            var user = Optional.of(userUuid).filter(Ids::isUuid).flatMap(users::byUuid);
            if (user.filter(change).isEmpty()) {
                throw new Problem(ErrorCode.MEMBER_NOT_FOUND);
            }
        });
    }

    private void assign(long actorId, Site site, long userId, Role role) {
        if (site.repositoryId() == 0) {
            access.assign(actorId, new Scope.Group(site.id()), userId, role);
        } else {
            access.assign(actorId, new Scope.Repository(site.id()), userId, role);
        }
    }
}
