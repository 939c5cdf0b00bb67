package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** People's GPG keys. */
@Service
public class GpgKeys {
    /** The most keys a user may have. */
    static final int MOST = 20;

    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_DESCRIPTION = 1000;
    private static final int LONGEST_KEY = 64 * 1024;

    private final GpgKeyStore store;
    private final UserStore users;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    GpgKeys(GpgKeyStore store, UserStore users, AccessService access, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.users = users;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A key with what its text says.
     *
     * @param emails the key's addresses, and of each whether it is known to be its user's
     * @param active whether the key is neither revoked nor expired
     */
    public record Shown(GpgKey key, GpgPublicKey content, Map<String, Boolean> emails, boolean active) {}

    /**
     * Adds a key to the caller's.
     *
     * @param armoured {@code gpg --armor --export}, at most 65536 characters
     */
    public Shown add(Caller caller, @Nullable String title, @Nullable String description, @Nullable String armoured) {
        var user = access.requireUser(caller);
        var name = Texts.line("title", title, 1, LONGEST_TITLE);
        var about = Texts.lines("description", description, LONGEST_DESCRIPTION);
        var text = Texts.lines("key", armoured, LONGEST_KEY).strip();
        if (text.isEmpty()) {
            throw Problem.invalid("key", "required");
        }
        var content = GpgPublicKey.parse(text).orElseThrow(() -> new Problem(ErrorCode.GPG_KEY_INVALID));
        var added = transaction.execute(_ -> {
            if (store.count(user.id()) >= MOST) {
                throw new Problem(ErrorCode.TOO_MANY_KEYS, MOST);
            }
            return store.insert(user.id(), name, about, text, content.fingerprint(), clock.millis())
                    .orElseThrow(() -> new Problem(ErrorCode.GPG_KEY_EXISTS));
        });
        return shown(added, owner(user));
    }

    /** The caller's keys whose titles contain a text, whatever its case, newest first; an empty text finds all. */
    public Page<Shown> list(Caller caller, String titlePart, Slice slice) {
        var owner = owner(access.requireUser(caller));
        var part = titlePart.toLowerCase(Locale.ROOT);
        var found = store.ofUser(owner.id()).stream()
                .filter(key -> key.title().toLowerCase(Locale.ROOT).contains(part))
                .toList();
        var page = found.stream().skip(slice.offset()).limit(slice.limit());
        return new Page<>(page.map(key -> shown(key, owner)).toList(), found.size());
    }

    /** Removes one of the caller's keys. */
    public void delete(Caller caller, long id) {
        var user = access.requireUser(caller);
        if (!transaction.execute(_ -> store.delete(user.id(), id))) {
            throw new Problem(ErrorCode.KEY_NOT_FOUND);
        }
    }

    private UserAccount owner(Caller.User user) {
        return users.byId(user.id()).orElseThrow(() -> new Problem(ErrorCode.USER_NOT_FOUND));
    }

    private Shown shown(GpgKey key, UserAccount owner) {
        var content = GpgPublicKey.parse(key.publicKey())
                .orElseThrow(() -> new IllegalStateException("GPG key " + key.id() + " does not parse any more"));
        var known = List.of(
                owner.email().toLowerCase(Locale.ROOT), owner.commitEmail().toLowerCase(Locale.ROOT));
        var emails = content.emails().stream()
                .collect(Collectors.toMap(email -> email, email -> known.contains(email.toLowerCase(Locale.ROOT))));
        return new Shown(key, content, emails, content.validUntil() > clock.millis());
    }
}
