package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Permanent access keys: users manage their own, administrators everyone's. */
@Service
public class AccessKeyService {
    /** The most keys of one user: one in use, one to change over to, and some for other machines. */
    static final int MOST = 5;

    private static final int DESCRIPTION = 255;

    private final AccessKeyStore store;
    private final UserStore users;
    private final AccessService access;
    private final TransactionTemplate transaction;

    AccessKeyService(AccessKeyStore store, UserStore users, AccessService access, TransactionTemplate transaction) {
        this.store = store;
        this.users = users;
        this.access = access;
        this.transaction = transaction;
    }

    /** Makes a key for a user, the caller if none is named. The answer is the only one that holds the secret key. */
    public AccessKey create(Caller caller, @Nullable String userUuid, @Nullable String description) {
        var owner = owner(caller, userUuid);
        var text = Texts.line("description", description, 0, DESCRIPTION);
        var name = Secrets.accessKey();
        var secret = Secrets.secretKey();
        var key = transaction.execute(_ -> {
            users.lock(owner);
            if (store.of(owner).size() >= MOST) {
                throw new Problem(ErrorCode.TOO_MANY_KEYS, MOST);
            }
            store.insert(owner, name, secret, text);
            return store.byAccess(name).orElseThrow();
        });
        return Objects.requireNonNull(key).withSecret(secret);
    }

    /** The keys of a user, the caller if none is named. */
    public List<AccessKey> list(Caller caller, @Nullable String userUuid) {
        return store.of(owner(caller, userUuid));
    }

    AccessKey show(Caller caller, String name) {
        var user = access.requireUser(caller);
        return store.byAccess(name)
                .filter(key -> user.administrator() || key.userId() == user.id())
                .orElseThrow(() -> new Problem(ErrorCode.KEY_NOT_FOUND));
    }

    /**
     * Changes what is given.
     *
     * @param status {@code active} or {@code inactive}
     */
    public AccessKey update(Caller caller, String name, @Nullable String status, @Nullable String description) {
        var key = show(caller, name);
        var active = status == null ? key.active() : isActive(status);
        var text = description == null ? key.description() : Texts.line("description", description, 0, DESCRIPTION);
        transaction.executeWithoutResult(_ -> store.update(key.id(), active, text));
        return show(caller, name);
    }

    /** Removes a key at once. */
    public void delete(Caller caller, String name) {
        var key = show(caller, name);
        transaction.executeWithoutResult(_ -> store.delete(key.id()));
    }

    private static boolean isActive(String status) {
        return switch (status) {
            case "active" -> true;
            case "inactive" -> false;
            default -> throw Problem.invalid("status", "one-of", "active, inactive");
        };
    }

    private long owner(Caller caller, @Nullable String userUuid) {
        var user = access.requireUser(caller);
        if (userUuid == null || userUuid.isEmpty() || userUuid.equals(user.uuid())) {
            return user.id();
        }
        access.requireAdministrator(caller);
        return users.byUuid(userUuid)
                .orElseThrow(() -> new Problem(ErrorCode.USER_NOT_FOUND))
                .id();
    }
}
