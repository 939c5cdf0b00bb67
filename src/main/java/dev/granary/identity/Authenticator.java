package dev.granary.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.identity.KnownTokens.Known;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.storage.Vault;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds out who a credential belongs to. Every way in asks here. */
@Service
public class Authenticator {
    private static final Duration REMEMBERED = Duration.ofSeconds(20);
    private static final int MOST_REMEMBERED = 10_000;

    private final UserStore users;
    private final PersonalTokenStore personalTokens;
    private final SessionTokenStore sessions;
    private final KnownTokens knownTokens;
    private final PasswordHashing passwords;
    private final Throttle throttle;
    private final LastUse lastUse;
    private final Vault vault;
    private final SshKeys sshKeys;
    private final Clock clock;

    /**
     * Keyed hashes of passwords that were right seconds ago: a fetch makes several requests, and checking a password is
     * slow by design. The user's row is read every time, and the hash covers when the password was set, so a changed
     * password or a disabled user is refused at once, on every node.
     */
    private final Cache<String, Boolean> verified = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .build();

    Authenticator(
            UserStore users,
            PersonalTokenStore personalTokens,
            SessionTokenStore sessions,
            KnownTokens knownTokens,
            PasswordHashing passwords,
            Throttle throttle,
            LastUse lastUse,
            Vault vault,
            SshKeys sshKeys,
            Clock clock) {
        this.users = users;
        this.personalTokens = personalTokens;
        this.sessions = sessions;
        this.knownTokens = knownTokens;
        this.passwords = passwords;
        this.throttle = throttle;
        this.lastUse = lastUse;
        this.vault = vault;
        this.sshKeys = sshKeys;
        this.clock = clock;
    }

    /**
     * Who a user name and password are, as HTTP Basic carries them. The password may be a personal access token; the name
     * is then free, but must not be another user's.
     *
     * @param address the client's address, for throttling
     * @throws Problem {@link ErrorCode#BAD_CREDENTIALS}, {@link ErrorCode#TOKEN_EXPIRED} or
     *     {@link ErrorCode#TOO_MANY_FAILURES}
     */
    public Caller.User basic(String name, String password, String address) {
        if (!password.startsWith(PersonalToken.PREFIX)) {
            return password(name, password, address).toCaller(Caller.User.ALL_GRANTS);
        }
        var owner = personalToken(password).orElseThrow(() -> new Problem(ErrorCode.BAD_CREDENTIALS));
        var named = users.byName(name);
        if (named.isPresent() && named.get().id() != owner.id()) {
            throw new Problem(ErrorCode.BAD_CREDENTIALS);
        }
        return owner;
    }

    /**
     * Who a user name and password are, for Git over HTTP: {@link #basic}, but the account password counts only where
     * its user has not turned that off.
     *
     * @throws Problem {@link ErrorCode#HTTPS_PASSWORD_OFF} for a right password that is turned off
     */
    public Caller.User gitBasic(String name, String password, String address) {
        if (password.startsWith(PersonalToken.PREFIX)) {
            return basic(name, password, address);
        }
        var user = password(name, password, address);
        if (!user.httpsPassword()) {
            throw new Problem(ErrorCode.HTTPS_PASSWORD_OFF);
        }
        return user.toCaller(Caller.User.ALL_GRANTS);
    }

    /**
     * Who a personal access token acts for; empty when there is no such token.
     *
     * @throws Problem {@link ErrorCode#TOKEN_EXPIRED}, or {@link ErrorCode#BAD_CREDENTIALS} when it was revoked or its
     *     owner disabled
     */
    Optional<Caller.User> personalToken(String secret) {
        return known(secret, this::findPersonalToken);
    }

    /** Who a token of either kind acts for; empty when there is no such token. */
    Optional<Caller.User> token(String secret) {
        return secret.startsWith(PersonalToken.PREFIX) ? personalToken(secret) : known(secret, this::findSession);
    }

    private Optional<Caller.User> known(String secret, Function<String, Optional<Known>> look) {
        var hash = Secrets.hash(secret);
        var remembered = knownTokens.find(hash);
        if (remembered == null) {
            var found = look.apply(hash);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            remembered = found.get();
            knownTokens.put(hash, remembered);
        }
        if (remembered.tokenId() != null) {
            lastUse.note(LastUseStore.Kind.PERSONAL_TOKEN, remembered.tokenId());
        }
        lastUse.note(LastUseStore.Kind.USER, remembered.caller().id());
        return Optional.of(remembered.caller());
    }

    private Optional<Known> findPersonalToken(String hash) {
        var asOf = knownTokens.asOf();
        return personalTokens.byHash(hash).map(token -> {
            var owner = users.byId(token.userId()).filter(UserAccount::enabled).orElse(null);
            if (token.revoked() || owner == null) {
                throw new Problem(ErrorCode.BAD_CREDENTIALS);
            }
            if (!token.active()) {
                throw new Problem(ErrorCode.TOKEN_EXPIRED);
            }
            var expiresAt = token.expiresAt() == null ? Long.MAX_VALUE : token.expiresAt();
            return new Known(owner.toCaller(token.grants()), token.id(), expiresAt, asOf);
        });
    }

    private Optional<Known> findSession(String hash) {
        var asOf = knownTokens.asOf();
        return sessions.byHash(hash).map(session -> {
            var user = users.byId(session.userId()).filter(UserAccount::enabled).orElse(null);
            if (user == null || session.expiresAt() <= clock.millis()) {
                throw new Problem(ErrorCode.TOKEN_EXPIRED);
            }
            return new Known(user.toCaller(Caller.User.ALL_GRANTS), null, session.expiresAt(), asOf);
        });
    }

    /** Who an SSH public key belongs to: a person or, as a deploy key, repositories. */
    public Optional<Caller> sshKey(PublicKey key) {
        return sshKeys.owner(key);
    }

    /** Who a log-in name and an account password are; the name may also be of any case. Throttled. */
    UserAccount password(String name, String password, String address) {
        var user = users.byName(name).filter(UserAccount::enabled).orElse(null);
        if (!matches(user, name, password, address)) {
            throw new Problem(ErrorCode.BAD_CREDENTIALS);
        }
        return active(java.util.Objects.requireNonNull(user));
    }

    /**
     * Whether a password is a user's, whether or not the user is enabled.
     *
     * @param address the client's address, for throttling
     * @throws Problem {@link ErrorCode#TOO_MANY_FAILURES}
     */
    boolean checkPassword(UserAccount user, String password, String address) {
        return matches(user, user.name(), password, address);
    }

    private boolean matches(@Nullable UserAccount user, String name, String password, String address) {
        var remembered = user == null ? "" : fingerprint(user, password);
        if (user != null && verified.getIfPresent(remembered) != null) {
            return true;
        }
        throttle.check(name, address);
        if (user == null) {
            passwords.pretend(password);
        } else if (passwords.matches(password, users.passwordHash(user.id()).orElse(""))) {
            verified.put(remembered, true);
            throttle.succeeded(name, address);
            return true;
        }
        throttle.failed(name, address);
        return false;
    }

    private String fingerprint(UserAccount user, String password) {
        var text = user.id() + "\0" + user.passwordChangedAt() + "\0" + password;
        return Base64.getEncoder().encodeToString(vault.keyedHash("password", text.getBytes(StandardCharsets.UTF_8)));
    }

    private UserAccount active(UserAccount user) {
        lastUse.note(LastUseStore.Kind.USER, user.id());
        return user;
    }
}
