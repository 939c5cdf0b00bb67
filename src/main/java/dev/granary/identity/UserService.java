package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.identity.UserStore.NewUser;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The users of the account. */
@Service
public class UserService {
    /** The longest description. */
    static final int DESCRIPTION = 255;

    private static final int LONGEST_REGION = 64;

    private final UserStore store;
    private final AccessService access;
    private final PasswordHashing passwords;
    private final TransactionTemplate transaction;
    private final Clock clock;

    UserService(
            UserStore store,
            AccessService access,
            PasswordHashing passwords,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.access = access;
        this.passwords = passwords;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Creates a user; administrators may.
     *
     * @param name the log-in name: 1 to 64 letters, digits, spaces, {@code _}, {@code -} and {@code .}
     * @param password 8 to 128 characters, and not the name
     * @param email may be empty
     * @throws Problem {@link ErrorCode#USER_EXISTS}, whatever the name's case
     */
    public UserAccount create(
            Caller caller, String name, String password, String email, String description, boolean enabled) {
        return create(caller, name, password, email, description, enabled, false);
    }

    UserAccount create(
            Caller caller,
            String wantedName,
            String password,
            String email,
            String description,
            boolean enabled,
            boolean administrator) {
        access.requireAdministrator(caller);
        var name = Inputs.userName(wantedName);
        var fresh = new NewUser(
                Ids.newUuid(),
                name,
                Inputs.email("email", email),
                Texts.line("description", description, 0, DESCRIPTION),
                passwords.hash(Inputs.password("password", password, name)),
                enabled,
                administrator);
        return transaction
                .execute(_ -> store.insert(fresh, clock.millis()))
                .orElseThrow(() -> new Problem(ErrorCode.USER_EXISTS, name));
    }

    /** The account, for callers who have signed in. */
    Account account(Caller caller) {
        access.requireUser(caller);
        return account();
    }

    /** The region of a name, that of the account's name if none is given, for callers who have signed in. */
    Region region(Caller caller, @Nullable String name) {
        var account = account(caller);
        var text = Texts.line("name", name, 0, LONGEST_REGION);
        return Region.of(account, text.isEmpty() ? account.name() : text);
    }

    /** The installation's one account. */
    public Account account() {
        return store.account().orElseThrow(() -> new IllegalStateException("No account: the first start did not run"));
    }

    /** The user with a 32-digit id. Whether the caller may know of the user is for the caller's service to say. */
    public Optional<UserAccount> byUuid(String uuid) {
        return store.byUuid(uuid);
    }

    /** The user with a numeric id. */
    public Optional<UserAccount> byId(long id) {
        return store.byId(id);
    }

    /** The user with a log-in name, whatever its case. */
    public Optional<UserAccount> byName(String name) {
        return store.byName(name);
    }

    /** Several users at once, by numeric id; those that do not exist are missing from the map. */
    public Map<Long, UserAccount> byIds(Collection<Long> ids) {
        return store.byIds(ids).stream().collect(Collectors.toMap(UserAccount::id, Function.identity()));
    }

    /**
     * The users whose addresses these are, by address in lower case. An address that several users have belongs to
     * the oldest; one that nobody has is missing from the map.
     */
    public Map<String, UserAccount> byEmails(Collection<String> emails) {
        var wanted = emails.stream()
                .filter(email -> !email.isEmpty() && email.indexOf(0) < 0)
                .map(email -> email.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        var users = new HashMap<String, UserAccount>();
        for (var user : store.byEmails(wanted)) {
            users.putIfAbsent(user.addressForCommits().toLowerCase(Locale.ROOT), user);
            users.putIfAbsent(user.email().toLowerCase(Locale.ROOT), user);
        }
        users.keySet().retainAll(wanted);
        return users;
    }
}
