package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.identity.SessionTokenStore.SessionToken;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
    private static final int LONGEST_AGENT = 300;
    private static final int MOST_LISTED = 100;

    private final SessionTokenStore store;
    private final Authenticator authenticator;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    BrowserSessions(
            SessionTokenStore store,
            Authenticator authenticator,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.authenticator = authenticator;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A new session of the user with a name and an account password.
     *
     * @param address the client's address
     * @param agent the browser's {@code User-Agent}; empty when it has none
     * @return its secret, which is not kept
     * @throws Problem {@link ErrorCode#BAD_CREDENTIALS} or {@link ErrorCode#TOO_MANY_FAILURES}
     */
    public String start(String name, String password, String address, String agent) {
        var user = authenticator.password(name, password, address);
        var secret = PREFIX + Secrets.urlSafe(SECRET_BYTES);
        var now = clock.millis();
        var session = new SessionToken(Secrets.hash(secret), user.id(), METHOD, null, now, now + LIFE.toMillis());
        transaction.executeWithoutResult(_ -> {
            store.insert(session);
            store.describe(session.tokenHash(), address, agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)));
        });
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

    /** The caller's sessions on the page, the latest first, at most {@value #MOST_LISTED}. */
    public List<BrowserSession> list(Caller caller) {
        return store.ofUser(access.requireUser(caller).id(), METHOD, clock.millis(), MOST_LISTED);
    }

    /** Whether a session is the one of a secret. */
    public static boolean isOf(BrowserSession session, String secret) {
        return session.tokenHash().equals(Secrets.hash(secret));
    }

    /** Ends one of the caller's sessions, by its {@link BrowserSession#id()}, if there is one. */
    public void end(Caller caller, String id) {
        list(caller).stream()
                .filter(session -> session.id().equals(id))
                .forEach(session -> transaction.executeWithoutResult(_ -> store.delete(session.tokenHash())));
    }

    /** Ends a session, if there is one. */
    public void end(String secret) {
        transaction.executeWithoutResult(_ -> store.delete(Secrets.hash(secret)));
    }
}
