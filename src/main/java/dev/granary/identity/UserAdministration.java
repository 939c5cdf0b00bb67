package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What administrators do with users, and users with their own account. */
@Service
public class UserAdministration {
    private final UserStore store;
    private final SessionTokenStore sessions;
    private final UserService users;
    private final Authenticator authenticator;
    private final PasswordHashing passwords;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    UserAdministration(
            UserStore store,
            SessionTokenStore sessions,
            UserService users,
            Authenticator authenticator,
            PasswordHashing passwords,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.users = users;
        this.authenticator = authenticator;
        this.passwords = passwords;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Creates a user: enabled, and no administrator, unless it is said. */
    public IamUser create(Caller caller, UserChange wanted) {
        checkDomain(wanted);
        return answer(users.create(
                caller,
                Objects.requireNonNullElse(wanted.name(), ""),
                Objects.requireNonNullElse(wanted.password(), ""),
                Objects.requireNonNullElse(wanted.email(), ""),
                Objects.requireNonNullElse(wanted.description(), ""),
                !Boolean.FALSE.equals(wanted.enabled()),
                Boolean.TRUE.equals(wanted.administrator())));
    }

    /** The users of a name and state, at most {@value UserStore#MOST_LISTED}, by name. */
    public List<IamUser> list(Caller caller, @Nullable String name, @Nullable Boolean enabled) {
        access.requireAdministrator(caller);
        var account = users.account();
        return store.list(name, enabled).stream()
                .map(user -> IamUser.of(user, account))
                .toList();
    }

    /** A page of the users whose name or address contains a text, by name. */
    public Page<UserAccount> search(Caller caller, String text, Slice slice) {
        access.requireAdministrator(caller);
        return store.search(Texts.line("search", text, 0, UserService.DESCRIPTION), slice);
    }

    /** A user: for administrators, and for users themselves. */
    IamUser show(Caller caller, String uuid) {
        if (!access.requireUser(caller).uuid().equals(uuid)) {
            access.requireAdministrator(caller);
        }
        return answer(existing(uuid));
    }

    /** Changes what is given. A new password ends the user's sessions, and so does being disabled. */
    public IamUser update(Caller caller, String uuid, UserChange change) {
        access.requireAdministrator(caller);
        checkDomain(change);
        var before = existing(uuid);
        var name = change.name() == null ? before.name() : Inputs.userName(change.name());
        var hash =
                change.password() == null ? null : passwords.hash(Inputs.password("password", change.password(), name));
        var email = change.email() == null ? before.email() : Inputs.email("email", change.email());
        var description = change.description() == null
                ? before.description()
                : Texts.line("description", change.description(), 0, UserService.DESCRIPTION);
        var after = transaction.execute(_ -> {
            store.lockAccount();
            var user = existing(uuid);
            var enabled = Objects.requireNonNullElse(change.enabled(), user.enabled());
            var administrator = Objects.requireNonNullElse(change.administrator(), user.administrator());
            if (!enabled || !administrator) {
                checkNotLastAdministrator(user);
            }
            if (store.byName(name).filter(other -> other.id() != user.id()).isPresent()) {
                throw new Problem(ErrorCode.USER_EXISTS, name);
            }
            store.update(user.id(), name, email, description, enabled, administrator, clock.millis());
            if (hash != null) {
                store.setPassword(user.id(), hash, clock.millis());
            }
            if (hash != null || !enabled) {
                sessions.deleteOf(user.id());
            }
            return existing(uuid);
        });
        return answer(Objects.requireNonNull(after));
    }

    /** Deletes a user who owns nothing that others need. */
    public void delete(Caller caller, String uuid) {
        access.requireAdministrator(caller);
        transaction.executeWithoutResult(_ -> {
            store.lockAccount();
            var user = existing(uuid);
            checkNotLastAdministrator(user);
            if (store.ownsData(user.id())) {
                throw new Problem(ErrorCode.USER_IN_USE, user.name());
            }
            store.delete(user.id());
        });
    }

    /**
     * Changes the caller's own password, and ends all of the caller's sessions.
     *
     * @param address the client's address, for throttling
     */
    public void changePassword(Caller caller, String uuid, UserChange change, String address) {
        if (!access.requireUser(caller).uuid().equals(uuid)) {
            throw new Problem(ErrorCode.FORBIDDEN);
        }
        var user = existing(uuid);
        var password = Inputs.password("password", change.password(), user.name());
        var original = Objects.requireNonNullElse(change.originalPassword(), "");
        if (!authenticator.checkPassword(user, original, address)) {
            throw new Problem(ErrorCode.WRONG_PASSWORD);
        }
        var hash = passwords.hash(password);
        transaction.executeWithoutResult(_ -> {
            store.setPassword(user.id(), hash, clock.millis());
            sessions.deleteOf(user.id());
        });
    }

    private void checkDomain(UserChange change) {
        if (change.domainId() != null
                && !change.domainId().equals(users.account().uuid())) {
            throw Problem.invalid("domain_id", "account");
        }
    }

    private void checkNotLastAdministrator(UserAccount user) {
        if (user.enabled() && user.administrator() && store.enabledAdministrators() == 1) {
            throw new Problem(ErrorCode.LAST_ADMINISTRATOR);
        }
    }

    private UserAccount existing(String uuid) {
        return store.byUuid(uuid).orElseThrow(() -> new Problem(ErrorCode.USER_NOT_FOUND));
    }

    private IamUser answer(UserAccount user) {
        return IamUser.of(user, users.account());
    }
}
