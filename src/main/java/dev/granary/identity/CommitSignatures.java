package dev.granary.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Checks the signatures of commits and tags by the keys that users have added. */
@Service
public class CommitSignatures {
    private static final String SSH = "-----BEGIN SSH SIGNATURE-----";
    private static final String OPEN_PGP = "-----BEGIN PGP ";
    private static final int MOST_KNOWN = 20_000;
    /** Keys expire. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final UserService users;
    private final GpgKeyStore gpgKeys;
    private final SshKeyStore sshKeys;
    private final Clock clock;
    private final Cache<Known, Checked> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(FRESH)
            .build();

    CommitSignatures(UserService users, GpgKeyStore gpgKeys, SshKeyStore sshKeys, Clock clock) {
        this.users = users;
        this.gpgKeys = gpgKeys;
        this.sshKeys = sshKeys;
        this.clock = clock;
    }

    /**
     * A signature and what it is of.
     *
     * @param id of the commit or tag
     * @param email of the committer or tagger, who must have made it
     * @param signature armoured
     */
    @SuppressWarnings("ArrayRecordComponent") // One that was read twice may be checked twice.
    public record Signed(String id, String email, byte[] content, byte[] signature) {}

    /** What became of a signature. */
    public enum State {
        NONE,
        /** Made by whom the address belongs to, with a key of theirs that is neither revoked nor expired. */
        VERIFIED,
        /** It cannot be read, is of something else, or its key is no longer good. */
        UNVERIFIED,
        /** Whoever the address belongs to has no such key here. */
        UNKNOWN_KEY;

        /** As the wire names it, for example {@code unknown_key}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A signature that was looked at.
     *
     * @param type {@code gpg}, {@code ssh}, or {@code x509}, which is never verified; null for none
     * @param key the id of the OpenPGP key that made it, 16 hex digits, or the SSH key's fingerprint; null if unreadable
     * @param primaryKey the same; for an OpenPGP subkey that is known the id of the key it belongs to
     * @param signer the log-in name of who made it, and {@code signerId}; null unless verified
     */
    public record Checked(
            State state,
            @Nullable String type,
            @Nullable String key,
            @Nullable String primaryKey,
            @Nullable String signer,
            @Nullable Long signerId) {
        /** There is no signature. */
        public static final Checked NONE = new Checked(State.NONE, null, null, null, null, null);

        private static Checked of(State state, String type, @Nullable String key) {
            return new Checked(state, type, key, key, null, null);
        }

        private Checked by(UserAccount user) {
            return new Checked(State.VERIFIED, type, key, primaryKey, user.name(), user.id());
        }

        public boolean isSigned() {
            return state != State.NONE;
        }

        public boolean isVerified() {
            return state == State.VERIFIED;
        }
    }

    /** An answer holds while the user has the same keys. */
    private record Known(String id, long user, Set<String> keys) {}

    private record Owner(UserAccount user, List<GpgKey> gpg, List<SshKey> ssh) {
        Known known(String id) {
            return new Known(
                    id,
                    user.id(),
                    Stream.concat(
                                    gpg.stream().map(GpgKey::fingerprint),
                                    ssh.stream().map(SshKey::fingerprint))
                            .collect(Collectors.toSet()));
        }
    }

    /** One signature. */
    public Checked check(Signed signed) {
        return Objects.requireNonNull(check(List.of(signed)).get(signed));
    }

    /** Several signatures; users and keys are looked up at once. */
    public Map<Signed, Checked> check(Collection<Signed> signed) {
        var owners = owners(signed);
        var checked = new HashMap<Signed, Checked>();
        for (var one : signed) {
            var owner = owners.get(one.email().toLowerCase(Locale.ROOT));
            checked.put(
                    one, owner == null ? check(one, null) : known.get(owner.known(one.id()), _ -> check(one, owner)));
        }
        return checked;
    }

    private Map<String, Owner> owners(Collection<Signed> signed) {
        if (signed.isEmpty()) {
            return Map.of();
        }
        var found = users.byEmails(signed.stream().map(Signed::email).collect(Collectors.toSet()));
        found.values().removeIf(user -> !user.enabled());
        var ids = found.values().stream().map(UserAccount::id).collect(Collectors.toSet());
        var gpg = gpgKeys.ofUsers(ids);
        var ssh = sshKeys.ofUsers(ids);
        var owners = new HashMap<String, Owner>();
        found.forEach((email, user) -> owners.put(
                email,
                new Owner(user, gpg.getOrDefault(user.id(), List.of()), ssh.getOrDefault(user.id(), List.of()))));
        return owners;
    }

    private Checked check(Signed signed, @Nullable Owner owner) {
        var text = new String(signed.signature(), StandardCharsets.US_ASCII);
        if (text.startsWith(SSH)) {
            return ssh(signed, text, owner);
        }
        return text.startsWith(OPEN_PGP) ? openPgp(signed, owner) : Checked.of(State.UNVERIFIED, "x509", null);
    }

    private static Checked ssh(Signed signed, String text, @Nullable Owner owner) {
        var read = SshSignature.parse(text).orElse(null);
        if (read == null) {
            return Checked.of(State.UNVERIFIED, "ssh", null);
        }
        var key = read.fingerprint();
        if (owner == null
                || owner.ssh().stream().noneMatch(own -> own.fingerprint().equals(key))) {
            return Checked.of(State.UNKNOWN_KEY, "ssh", key);
        }
        var checked = Checked.of(State.UNVERIFIED, "ssh", key);
        return read.isOf(signed.content()) ? checked.by(owner.user()) : checked;
    }

    private Checked openPgp(Signed signed, @Nullable Owner owner) {
        var key = GpgPublicKey.signer(signed.signature()).orElse(null);
        if (key == null) {
            return Checked.of(State.UNVERIFIED, "gpg", null);
        }
        for (var own : owner == null ? List.<GpgKey>of() : owner.gpg()) {
            var content = GpgPublicKey.parse(own.publicKey()).orElse(null);
            if (content != null && content.has(key)) {
                var checked = new Checked(State.UNVERIFIED, "gpg", key, content.keyId(), null, null);
                var good = GpgPublicKey.signed(own.publicKey(), signed.content(), signed.signature(), clock.millis());
                return good && owner != null ? checked.by(owner.user()) : checked;
            }
        }
        return Checked.of(State.UNKNOWN_KEY, "gpg", key);
    }
}
