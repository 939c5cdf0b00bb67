package dev.granary.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.storage.Vault;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Finds out who a credential belongs to. Every way in asks here. */
@Service
public class Authenticator {
    private static final Duration REMEMBERED = Duration.ofSeconds(20);
    private static final int MOST_REMEMBERED = 10_000;

    private final UserStore users;
    private final PasswordHashing passwords;
    private final Vault vault;
    private final SshKeys sshKeys;

    /** Passwords that were right seconds ago, by keyed hash: a fetch makes several requests, hashing is slow by design. */
    private final Cache<String, UserAccount> verified = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .build();

    Authenticator(UserStore users, PasswordHashing passwords, Vault vault, SshKeys sshKeys) {
        this.users = users;
        this.passwords = passwords;
        this.vault = vault;
        this.sshKeys = sshKeys;
    }

    /**
     * Who a user name and password are, as HTTP Basic carries them. The password may be a personal access token.
     *
     * @param address the client's address, for throttling
     * @throws Problem {@link ErrorCode#BAD_CREDENTIALS} or {@link ErrorCode#TOO_MANY_FAILURES}
     */
    public Caller.User basic(String name, String password, String address) {
        return password(name, password, address).toCaller(Caller.User.ALL_GRANTS);
    }

    /** Who an SSH public key belongs to: a person or, as a deploy key, repositories. */
    public Optional<Caller> sshKey(PublicKey key) {
        return sshKeys.owner(key);
    }

    UserAccount password(String name, String password, String address) {
        var remembered = Base64.getEncoder()
                .encodeToString(vault.keyedHash(
                        "password", (UserStore.key(name) + "\0" + password).getBytes(StandardCharsets.UTF_8)));
        var known = verified.getIfPresent(remembered);
        if (known != null) {
            return known;
        }
        var user = users.byName(name).filter(UserAccount::enabled).orElse(null);
        if (user == null) {
            passwords.pretend(password);
            throw new Problem(ErrorCode.BAD_CREDENTIALS);
        }
        if (!passwords.matches(password, users.passwordHash(user.id()).orElse(""))) {
            throw new Problem(ErrorCode.BAD_CREDENTIALS);
        }
        verified.put(remembered, user);
        return user;
    }

    /** Forgets everything remembered: called on every change of a user or credential. */
    void forget() {
        verified.invalidateAll();
    }
}
