package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.identity.UserStore.NewUser;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The users of the account. */
@Service
public class UserService {
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

    /** Creates a user; administrators may. */
    public UserAccount create(
            Caller caller, String name, String password, String email, String description, boolean enabled) {
        access.requireAdministrator(caller);
        var fresh = new NewUser(Ids.newUuid(), name, email, description, passwords.hash(password), enabled, false);
        return transaction
                .execute(_ -> store.insert(fresh, clock.millis()))
                .orElseThrow(() -> new Problem(ErrorCode.USER_EXISTS, name));
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
}
