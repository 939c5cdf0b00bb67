package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether account passwords are good for Git over HTTP. */
@Service
public class HttpsPasswords {
    private static final int LONGEST = 1000;

    private final UserStore users;
    private final Authenticator authenticator;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    HttpsPasswords(
            UserStore users,
            Authenticator authenticator,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.users = users;
        this.authenticator = authenticator;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Passes when a password would let a user in over HTTP. People may ask about themselves, administrators about all.
     *
     * @param address the client's address, for throttling
     * @throws Problem {@link ErrorCode#NO_SUCH_LOGIN}, {@link ErrorCode#WRONG_PASSWORD},
     *     {@link ErrorCode#TOO_MANY_FAILURES}
     */
    void validate(Caller caller, String userUuid, @Nullable String password, String address) {
        var asking = access.requireUser(caller);
        if (password == null || password.isEmpty()) {
            throw Problem.invalid("pwd", "required");
        }
        if (password.length() > LONGEST) {
            throw Problem.invalid("pwd", "length", 1, LONGEST);
        }
        var user = users.byUuid(userUuid)
                .filter(found -> asking.administrator() || found.id() == asking.id())
                .orElseThrow(() -> new Problem(ErrorCode.NO_SUCH_LOGIN));
        if (!authenticator.checkPassword(user, password, address) || !user.enabled() || !user.httpsPassword()) {
            throw new Problem(ErrorCode.WRONG_PASSWORD);
        }
    }

    /** Whether the caller's own account password is good for Git over HTTP. */
    public boolean accepted(Caller caller) {
        return users.byId(access.requireUser(caller).id())
                .orElseThrow(() -> new Problem(ErrorCode.USER_NOT_FOUND))
                .httpsPassword();
    }

    /**
     * Says whether the caller's own account password shall be good for Git over HTTP.
     *
     * @param accepted {@code true} or {@code false}, a text on the wire
     */
    public boolean accept(Caller caller, @Nullable String accepted) {
        var user = access.requireUser(caller);
        var value = "true".equals(accepted);
        if (!value && !"false".equals(accepted)) {
            throw Problem.invalid("https_clone_iam_auth", "one-of", "true, false");
        }
        transaction.executeWithoutResult(_ -> users.setHttpsPassword(user.id(), value, clock.millis()));
        return value;
    }
}
