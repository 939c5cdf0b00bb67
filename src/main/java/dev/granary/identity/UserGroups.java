package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** User groups, which administrators keep. Who has roles through one loses and gains them at once. */
@Service
public class UserGroups {
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_DESCRIPTION = 255;

    private final UserGroupStore store;
    private final UserService users;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    UserGroups(
            UserGroupStore store,
            UserService users,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.users = users;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The user group with a 32-digit id. Whether the caller may know of it is for the caller's service to say. */
    public Optional<UserGroup> byUuid(String uuid) {
        return Optional.of(uuid).filter(Ids::isUuid).flatMap(store::byUuid);
    }

    /** Creates a user group: a name of 1 to 128 characters, unique whatever its case, and a description of up to 255. */
    UserGroup create(Caller caller, IamGroup.Change wanted) {
        access.requireAdministrator(caller);
        checkDomain(wanted);
        var name = name(wanted.name());
        var description = description(wanted.description());
        return transaction
                .execute(_ -> store.insert(Ids.newUuid(), name, description, clock.millis()))
                .orElseThrow(() -> new Problem(ErrorCode.USER_GROUP_EXISTS, name));
    }

    /** The user groups of a name, by name; all for null. */
    List<UserGroup> list(Caller caller, @Nullable String name) {
        access.requireAdministrator(caller);
        return store.list(name == null || name.isEmpty() ? null : Texts.line("name", name, 1, LONGEST_NAME));
    }

    UserGroup show(Caller caller, String uuid) {
        access.requireAdministrator(caller);
        return existing(uuid);
    }

    /** Changes what is given. */
    UserGroup update(Caller caller, String uuid, IamGroup.Change change) {
        access.requireAdministrator(caller);
        checkDomain(change);
        var name = change.name() == null ? null : name(change.name());
        var description = change.description() == null ? null : description(change.description());
        return Objects.requireNonNull(transaction.execute(_ -> {
            var group = existing(uuid);
            var newName = Objects.requireNonNullElse(name, group.name());
            var newDescription = Objects.requireNonNullElse(description, group.description());
            if (!store.update(group.id(), newName, newDescription, clock.millis())) {
                throw new Problem(ErrorCode.USER_GROUP_EXISTS, newName);
            }
            return existing(uuid);
        }));
    }

    void delete(Caller caller, String uuid) {
        var actorId = access.requireUser(caller).id();
        change(caller, uuid, group -> {
            store.deleteRoles(group.id());
            access.removeStrayRolesOf(actorId, group.id());
            store.delete(group.id());
        });
    }

    /** Puts a user into a user group; nothing happens when it is there. */
    void addUser(Caller caller, String uuid, String userUuid) {
        change(caller, uuid, group -> store.addUser(group.id(), user(userUuid).id(), clock.millis()));
    }

    /** Takes a user out of a user group, and out of what it was only a member of because of that. */
    void removeUser(Caller caller, String uuid, String userUuid) {
        var actorId = access.requireUser(caller).id();
        change(caller, uuid, group -> {
            var user = user(userUuid);
            if (!store.removeUser(group.id(), user.id())) {
                throw new Problem(ErrorCode.USER_NOT_FOUND);
            }
            access.removeStrayRoles(actorId, user.id());
        });
    }

    /** Throws {@link ErrorCode#USER_NOT_FOUND} unless the user is in the user group. */
    void checkUser(Caller caller, String uuid, String userUuid) {
        if (!store.hasUser(show(caller, uuid).id(), user(userUuid).id())) {
            throw new Problem(ErrorCode.USER_NOT_FOUND);
        }
    }

    List<IamUser> users(Caller caller, String uuid) {
        var account = users.account();
        return store.users(show(caller, uuid).id()).stream()
                .map(user -> IamUser.of(user, account))
                .toList();
    }

    private void change(Caller caller, String uuid, Consumer<UserGroup> change) {
        access.requireAdministrator(caller);
        transaction.executeWithoutResult(_ -> {
            store.raiseRulesVersions();
            change.accept(existing(uuid));
        });
    }

    private UserGroup existing(String uuid) {
        return byUuid(uuid).orElseThrow(() -> new Problem(ErrorCode.USER_GROUP_NOT_FOUND));
    }

    private UserAccount user(String uuid) {
        return users.byUuid(uuid).orElseThrow(() -> new Problem(ErrorCode.USER_NOT_FOUND));
    }

    private void checkDomain(IamGroup.Change change) {
        if (change.domainId() != null
                && !change.domainId().equals(users.account().uuid())) {
            throw Problem.invalid("domain_id", "account");
        }
    }

    private static String name(@Nullable String name) {
        return Texts.line("name", name, 1, LONGEST_NAME);
    }

    private static String description(@Nullable String description) {
        return Texts.line("description", description, 0, LONGEST_DESCRIPTION);
    }
}
