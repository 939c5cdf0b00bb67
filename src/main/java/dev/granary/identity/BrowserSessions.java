package dev.granary.identity;

import dev.granary.identity.SessionTokenStore.SessionToken;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Sessions of people who log in on the page. They end by themselves, by logging out, and with every change of password. */
@Service
public class BrowserSessions {
    /** How long a session lasts. */
    public static final Duration LIFE = Duration.ofDays(14);

    /** How these are told from sessions of programs, among the methods of a session. */
    private static final String METHOD = "browser";

    private static final String PREFIX = "grb_";
    private static final int SECRET_BYTES = 32;

    private final SessionTokenStore store;
    private final Authenticator authenticator;
    private final TransactionTemplate transaction;
    private final Clock clock;

    BrowserSessions(
            SessionTokenStore store, Authenticator authenticator, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.authenticator = authenticator;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A new session of the user with a name and an account password.
     *
     * @param address the client's address, for throttling
     * @return its secret, which is not kept
     * @throws Problem {@link ErrorCode#BAD_CREDENTIALS} or {@link ErrorCode#TOO_MANY_FAILURES}
     */
    public String start(String name, String password, String address) {
        var user = authenticator.password(name, password, address);
        var secret = PREFIX + Secrets.urlSafe(SECRET_BYTES);
        var now = clock.millis();
        var session = new SessionToken(Secrets.hash(secret), user.id(), METHOD, null, now, now + LIFE.toMillis());
        transaction.executeWithoutResult(_ -> store.insert(session));
        return secret;
    }

    /** The user of a session; empty when there is no such session, or it has ended. */
    public Optional<Caller.User> find(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return authenticator.token(secret);
        } catch (Problem ended) {
            return Optional.empty();
        }
    }

    /** Ends a session, if there is one. */
    public void end(String secret) {
        transaction.executeWithoutResult(_ -> store.delete(Secrets.hash(secret)));
    }
}
