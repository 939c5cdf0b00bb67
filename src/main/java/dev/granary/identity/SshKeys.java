package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** People's SSH keys, and who a key lets in. */
@Service
public class SshKeys {
    /** The most keys a user may have. */
    static final int MOST = 100;

    static final int LONGEST_TITLE = 255;
    static final int LONGEST_KEY = 2048;

    private static final Duration BETWEEN_RECORDED_USES = Duration.ofMinutes(1);

    private final SshKeyStore store;
    private final DeployKeyStore deployKeys;
    private final UserStore users;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SshKeys(
            SshKeyStore store,
            DeployKeyStore deployKeys,
            UserStore users,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.deployKeys = deployKeys;
        this.users = users;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Adds a key to the caller's.
     *
     * @param title 1 to 255 characters
     * @param key a line as in OpenSSH's {@code .pub} files, at most 2048 characters
     */
    public SshKey add(Caller caller, @Nullable String title, @Nullable String key) {
        var user = access.requireUser(caller);
        var name = checkedTitle("title", title);
        var parsed = checkedKey(key);
        return transaction.execute(_ -> {
            if (store.count(user.id()) >= MOST) {
                throw new Problem(ErrorCode.TOO_MANY_KEYS, MOST);
            }
            deployKeys.sweep(parsed.fingerprint());
            return store.insert(user.id(), name, parsed, clock.millis())
                    .orElseThrow(() -> new Problem(ErrorCode.SSH_KEY_EXISTS));
        });
    }

    static String checkedTitle(String field, @Nullable String title) {
        if (title == null || title.isBlank()) {
            throw new Problem(ErrorCode.SSH_KEY_TITLE_MISSING);
        }
        if (title.length() > LONGEST_TITLE) {
            throw Problem.invalid(field, "length", 1, LONGEST_TITLE);
        }
        if (title.chars().anyMatch(Character::isISOControl)) {
            throw new Problem(ErrorCode.SSH_KEY_INVALID);
        }
        return title;
    }

    static SshPublicKey checkedKey(@Nullable String key) {
        if (key == null || key.isBlank()) {
            throw new Problem(ErrorCode.SSH_KEY_MISSING);
        }
        if (key.length() > LONGEST_KEY) {
            throw Problem.invalid("key", "length", 1, LONGEST_KEY);
        }
        return SshPublicKey.parse(key).orElseThrow(() -> new Problem(ErrorCode.SSH_KEY_INVALID));
    }

    /** The caller's keys, oldest first; they are few enough to come at once. */
    public List<SshKey> list(Caller caller) {
        return store.ofUser(access.requireUser(caller).id());
    }

    /** The caller's keys whose titles contain a text, whatever its case; an empty text finds all. */
    Page<SshKey> list(Caller caller, String titlePart, Slice slice) {
        var part = titlePart.toLowerCase(Locale.ROOT);
        var found = list(caller).stream()
                .filter(key -> key.title().toLowerCase(Locale.ROOT).contains(part))
                .toList();
        return new Page<>(
                found.stream().skip(slice.offset()).limit(slice.limit()).toList(), found.size());
    }

    /** Removes one of the caller's keys. */
    public void delete(Caller caller, long id) {
        var user = access.requireUser(caller);
        if (!transaction.execute(_ -> store.delete(user.id(), id))) {
            throw new Problem(ErrorCode.KEY_NOT_FOUND);
        }
    }

    /** Who a key lets in; empty for unknown keys, disabled users, and deploy keys without a repository. */
    Optional<Caller> owner(PublicKey key) {
        return store.byFingerprint(SshPublicKey.fingerprint(key)).flatMap(this::owner);
    }

    private Optional<Caller> owner(SshKey key) {
        if (key.userId() == null) {
            var opened = store.opens(key.id());
            return opened.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Caller.DeployKey(key.id(), key.title(), opened));
        }
        return users.byId(key.userId()).filter(UserAccount::enabled).map(user -> user.toCaller(Caller.User.ALL_GRANTS));
    }

    /**
     * Whether a private key may fetch from a repository that the caller sees. The key is neither kept nor logged.
     *
     * @throws Problem {@link ErrorCode#PRIVATE_KEY_INVALID} when it is no unencrypted private key
     */
    boolean opens(Caller caller, @Nullable String repositoryUuid, @Nullable String privateKey) {
        access.requireUser(caller);
        if (repositoryUuid == null || repositoryUuid.isBlank()) {
            throw Problem.invalid("repository_uuid", "required");
        }
        var repository = access.requireRepository(caller, repositoryUuid, Permission.VIEW);
        return owner(PrivateKeys.publicKeyOf(privateKey))
                .filter(owner -> access.allows(owner, repository, Permission.DOWNLOAD))
                .isPresent();
    }

    /**
     * Records that somebody signed in with a key, at most once a minute. For the end of an SSH handshake: before it, a
     * client has only named the key.
     */
    public void used(PublicKey key) {
        var now = clock.millis();
        store.byFingerprint(SshPublicKey.fingerprint(key))
                .filter(found ->
                        found.lastUsedAt() == null || now - found.lastUsedAt() >= BETWEEN_RECORDED_USES.toMillis())
                .ifPresent(found -> transaction.executeWithoutResult(_ -> store.setUsed(found.id(), now)));
    }
}
