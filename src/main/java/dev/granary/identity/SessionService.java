package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.identity.NewSession.Named;
import dev.granary.identity.SessionTokenStore.SessionToken;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Sessions: IAM's tokens. */
@Service
class SessionService {
    private static final Duration LIFE = Duration.ofHours(24);
    /** Expired sessions are kept this long, so that their tokens are told apart from unknown ones. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final String PREFIX = "grs_";
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_NAME = 64;

    private final SessionTokenStore store;
    private final UserService users;
    private final Authenticator authenticator;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SessionService(
            SessionTokenStore store,
            UserService users,
            Authenticator authenticator,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.users = users;
        this.authenticator = authenticator;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Starts a session.
     *
     * @param address the client's address, for throttling
     */
    Session create(NewSession wanted, String address) {
        var auth = required("auth", wanted.auth());
        var identity = required("auth.identity", auth.identity());
        var methods = required("auth.identity.methods", identity.methods());
        var scope = scope(auth.scope());
        var now = clock.millis();
        var secret = PREFIX + Secrets.urlSafe(SECRET_BYTES);
        var session = switch (String.join(" ", methods)) {
            case "password" -> {
                var user = byPassword(identity, address);
                yield new SessionToken(Secrets.hash(secret), user.id(), "password", scope, now, now + LIFE.toMillis());
            }
            case "token" -> {
                var old = byToken(identity);
                // A session may be exchanged for another scope, not made to last longer.
                yield new SessionToken(Secrets.hash(secret), old.userId(), "token", scope, now, old.expiresAt());
            }
            default -> throw Problem.invalid("auth.identity.methods", "one-of", "password, token");
        };
        transaction.executeWithoutResult(_ -> store.insert(session));
        return answer(secret, session);
    }

    /** Describes a session of the caller; of anyone, for administrators. */
    Session show(Caller caller, @Nullable String secret) {
        return answer(String.valueOf(secret), visible(caller, secret));
    }

    /** Ends a session of the caller; of anyone, for administrators. */
    void delete(Caller caller, @Nullable String secret) {
        var session = visible(caller, secret);
        transaction.executeWithoutResult(_ -> store.delete(session.tokenHash()));
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void sweep() {
        var before = clock.millis() - REMEMBERED.toMillis();
        transaction.executeWithoutResult(_ -> store.deleteExpired(before));
    }

    private SessionToken visible(Caller caller, @Nullable String secret) {
        var user = access.requireUser(caller);
        return Optional.ofNullable(secret)
                .flatMap(token -> store.byHash(Secrets.hash(token)))
                .filter(session -> session.expiresAt() > clock.millis())
                .filter(session -> user.administrator() || session.userId() == user.id())
                .orElseThrow(() -> new Problem(ErrorCode.TOKEN_NOT_FOUND));
    }

    private UserAccount byPassword(NewSession.Identity identity, String address) {
        var proof = required("auth.identity.password", identity.password());
        var user = required("auth.identity.password.user", proof.user());
        var password = required("auth.identity.password.user.password", user.password());
        if (user.id() != null) {
            var known = users.byUuid(user.id()).map(UserAccount::name).orElse(user.id());
            return authenticator.password(known, password, address);
        }
        var name = required("auth.identity.password.user.name", user.name());
        if (user.domain() != null && !isAccount(user.domain())) {
            throw new Problem(ErrorCode.BAD_CREDENTIALS);
        }
        return authenticator.password(name, password, address);
    }

    private SessionToken byToken(NewSession.Identity identity) {
        var token = required(
                "auth.identity.token.id",
                required("auth.identity.token", identity.token()).id());
        var session = store.byHash(Secrets.hash(token)).orElseThrow(() -> new Problem(ErrorCode.UNAUTHENTICATED));
        if (authenticator.token(token).isEmpty()) {
            throw new Problem(ErrorCode.UNAUTHENTICATED);
        }
        return session;
    }

    private @Nullable String scope(NewSession.@Nullable Scope scope) {
        if (scope == null || scope.project() == null) {
            if (scope != null && scope.domain() != null && !isAccount(scope.domain())) {
                throw Problem.invalid("auth.scope.domain", "account");
            }
            return null;
        }
        var project = scope.project();
        if (project.name() != null) {
            return Texts.line("auth.scope.project.name", project.name(), 1, LONGEST_NAME);
        }
        if (project.id() == null || !Ids.isUuid(project.id())) {
            throw Problem.invalid("auth.scope.project.id", "uuid");
        }
        return project.id();
    }

    private boolean isAccount(Named domain) {
        var account = users.account();
        return (domain.id() == null || domain.id().equals(account.uuid()))
                && (domain.name() == null || domain.name().equals(account.name()));
    }

    private Session answer(String secret, SessionToken session) {
        var account = users.account();
        var domain = new Session.Named(account.uuid(), account.name());
        var user = users.byId(session.userId()).orElseThrow(() -> new Problem(ErrorCode.TOKEN_NOT_FOUND));
        var scope = session.projectScope();
        return new Session(
                secret,
                new Session.Token(
                        IamTimes.of(session.expiresAt()),
                        IamTimes.of(session.issuedAt()),
                        List.of(session.methods().split(" ")),
                        new Session.User(domain, user.uuid(), user.name(), ""),
                        scope == null ? domain : null,
                        scope == null
                                ? null
                                : new Session.Project(
                                        domain, Region.of(account, scope).id(), scope),
                        user.administrator() ? List.of(new Session.Named("0", "te_admin")) : List.of(),
                        List.of()));
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Problem.invalid(field, "required");
        }
        return value;
    }
}
