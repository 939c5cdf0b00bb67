package dev.granary.identity;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Service;

/** Checks the signatures of commits by the keys that users have added. */
@Service
public class CommitSignatures {
    private static final String SSH = "-----BEGIN SSH SIGNATURE-----";

    private final UserService users;
    private final GpgKeyStore gpgKeys;
    private final SshKeyStore sshKeys;
    private final Clock clock;

    CommitSignatures(UserService users, GpgKeyStore gpgKeys, SshKeyStore sshKeys, Clock clock) {
        this.users = users;
        this.gpgKeys = gpgKeys;
        this.sshKeys = sshKeys;
        this.clock = clock;
    }

    /**
     * Whether a content was signed by the user of an address, with a key of that user that is neither revoked nor
     * expired. What cannot be read is no signature.
     *
     * @param signature armoured, OpenPGP or SSH
     */
    public boolean isBy(String email, byte[] content, byte[] signature) {
        var user = users.byEmails(List.of(email)).get(email.toLowerCase(Locale.ROOT));
        if (user == null || !user.enabled()) {
            return false;
        }
        var text = new String(signature, StandardCharsets.US_ASCII);
        if (text.startsWith(SSH)) {
            return SshSignature.parse(text)
                    .filter(read -> sshKeys.ofUser(user.id()).stream()
                            .anyMatch(key -> key.fingerprint().equals(read.fingerprint())))
                    .filter(read -> read.isOf(content))
                    .isPresent();
        }
        return gpgKeys.ofUser(user.id()).stream()
                .anyMatch(key -> GpgPublicKey.signed(key.publicKey(), content, signature, clock.millis()));
    }
}
