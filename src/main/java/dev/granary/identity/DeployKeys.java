package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** SSH keys that open repositories without a person behind them. A key may open several. */
@Service
public class DeployKeys {
    /** The most deploy keys a repository may have. */
    static final int MOST = 100;

    private static final int LONGEST_APPLICATION = 255;

    private final DeployKeyStore store;
    private final SshKeyStore keys;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DeployKeys(
            DeployKeyStore store,
            SshKeyStore keys,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.keys = keys;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Lets a key into a repository. A key that opens other repositories keeps its id; a person's key is refused.
     *
     * @param title 1 to 255 characters
     * @param application what the key is for; may be absent
     */
    public DeployKey add(
            Caller caller,
            long repositoryId,
            @Nullable String title,
            @Nullable String key,
            @Nullable String application,
            boolean canPush) {
        var user = requireSettings(caller, repositoryId);
        var name = SshKeys.checkedTitle("key_title", title);
        var parsed = SshKeys.checkedKey(key);
        var purpose = Texts.line("application", application, 0, LONGEST_APPLICATION);
        return transaction.execute(_ -> {
            var now = clock.millis();
            requireRoom(repositoryId);
            store.sweep(parsed.fingerprint());
            var row = keys.insert(null, name, parsed, now)
                    .or(() -> keys.byFingerprint(parsed.fingerprint()))
                    .filter(found -> found.userId() == null)
                    .orElseThrow(() -> new Problem(ErrorCode.SSH_KEY_EXISTS));
            if (!store.insert(row.id(), repositoryId, name, purpose, canPush, user.id(), now)) {
                throw new Problem(ErrorCode.SSH_KEY_EXISTS);
            }
            return store.find(row.id(), repositoryId).orElseThrow();
        });
    }

    /** The keys that open a repository. */
    public Page<DeployKey> list(Caller caller, long repositoryId, Slice slice) {
        requireSettings(caller, repositoryId);
        return store.ofRepository(repositoryId, slice);
    }

    /** The keys that open any of a project's repositories, each once; for those who manage the project. */
    Page<DeployKey> listOfProject(Caller caller, String projectUuid, Slice slice) {
        var project = access.requireProject(caller, projectUuid, Permission.PROJECT_MANAGE);
        return store.ofProject(project.id(), slice);
    }

    /** The keys that open any repository in a group or below it, each once; for those who manage the group. */
    Page<DeployKey> listOfGroup(Caller caller, long groupId, Slice slice) {
        access.require(caller, new Scope.Group(groupId), Permission.PROJECT_MANAGE);
        return store.ofGroup(groupId, slice);
    }

    /** Whether a key opens any repository of the project that the group is in. */
    boolean existsAroundGroup(Caller caller, long groupId, @Nullable String key) {
        access.require(caller, new Scope.Group(groupId), Permission.PROJECT_MANAGE);
        return store.inProjectOfGroup(groupId, SshKeys.checkedKey(key).fingerprint());
    }

    /** Whether a repository has deploy keys and all of them open another one, too. */
    public boolean areShared(long fromRepositoryId, long toRepositoryId) {
        return store.areShared(fromRepositoryId, toRepositoryId);
    }

    /** Whether a key opens any repository of the project that the repository is in. */
    boolean exists(Caller caller, long repositoryId, @Nullable String key) {
        requireSettings(caller, repositoryId);
        return store.inProjectOf(repositoryId, SshKeys.checkedKey(key).fingerprint());
    }

    /** Shuts a repository to a key. */
    public void remove(Caller caller, long repositoryId, long keyId) {
        requireSettings(caller, repositoryId);
        if (!delete(keyId, repositoryId)) {
            throw new Problem(ErrorCode.KEY_NOT_FOUND);
        }
    }

    /**
     * Lets a deploy key of one repository into another one, under the same title and with the same right to push.
     * Nothing happens when it opens that one already. The caller needs {@link Permission#REPOSITORY_SETTINGS} on both.
     *
     * @throws Problem {@link ErrorCode#KEY_NOT_FOUND} when the key does not open the first repository
     */
    public void attach(Caller caller, long keyId, long fromRepositoryId, long toRepositoryId) {
        var key = require(caller, keyId, fromRepositoryId);
        var user = requireSettings(caller, toRepositoryId);
        transaction.executeWithoutResult(_ -> {
            if (store.find(keyId, toRepositoryId).isEmpty()) {
                requireRoom(toRepositoryId);
                store.insert(
                        keyId,
                        toRepositoryId,
                        key.title(),
                        key.application(),
                        key.canPush(),
                        user.id(),
                        clock.millis());
            }
        });
    }

    /**
     * Takes back what {@link #attach} did: shuts the other repository to the key. Nothing happens when it is shut
     * already. The caller needs {@link Permission#REPOSITORY_SETTINGS} on both.
     *
     * @throws Problem {@link ErrorCode#KEY_NOT_FOUND} when the key does not open the first repository
     */
    public void detach(Caller caller, long keyId, long fromRepositoryId, long toRepositoryId) {
        require(caller, keyId, fromRepositoryId);
        requireSettings(caller, toRepositoryId);
        delete(keyId, toRepositoryId);
    }

    private DeployKey require(Caller caller, long keyId, long repositoryId) {
        requireSettings(caller, repositoryId);
        return store.find(keyId, repositoryId).orElseThrow(() -> new Problem(ErrorCode.KEY_NOT_FOUND));
    }

    private Caller.User requireSettings(Caller caller, long repositoryId) {
        access.require(caller, new Scope.Repository(repositoryId), Permission.REPOSITORY_SETTINGS);
        return access.requireUser(caller);
    }

    private void requireRoom(long repositoryId) {
        if (store.count(repositoryId) >= MOST) {
            throw new Problem(ErrorCode.TOO_MANY_DEPLOY_KEYS, MOST);
        }
    }

    private boolean delete(long keyId, long repositoryId) {
        return transaction.execute(_ -> {
            var found = store.find(keyId, repositoryId);
            found.ifPresent(key -> {
                store.delete(keyId, repositoryId);
                store.sweep(key.fingerprint());
            });
            return found.isPresent();
        });
    }
}
