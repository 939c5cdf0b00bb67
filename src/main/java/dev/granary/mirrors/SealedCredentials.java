package dev.granary.mirrors;

import dev.granary.remotes.RemoteCredentials;
import dev.granary.storage.Vault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Credentials for other servers as they are stored: three words, of which two are base64, sealed. */
@Component
class SealedCredentials {
    static final String PASSWORD = "password";
    static final String SSH_KEY = "ssh_key";

    private final Vault vault;

    SealedCredentials(Vault vault) {
        this.vault = vault;
    }

    /**
     * @param table what they are stored in
     * @param id of the row there
     */
    byte[] seal(String table, long id, RemoteCredentials.Password password) {
        return seal(table, id, PASSWORD, password.username(), password.secret());
    }

    /** As the other one. */
    byte[] seal(String table, long id, RemoteCredentials.SshKey key) {
        return seal(table, id, SSH_KEY, key.privateKey(), key.passphrase());
    }

    private byte[] seal(String table, long id, String kind, String first, @Nullable String second) {
        var text = kind + " " + encoded(first) + (second == null ? "" : " " + encoded(second));
        return vault.encrypt(table + ":" + id, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        // A dot, for the empty text is no word.
        return "." + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String word) {
        return new String(Base64.getDecoder().decode(word.substring(1)), StandardCharsets.UTF_8);
    }

    RemoteCredentials open(String table, long id, byte[] sealed) {
        var words = new String(vault.decrypt(table + ":" + id, sealed), StandardCharsets.US_ASCII).split(" ", -1);
        return words[0].equals(PASSWORD)
                ? new RemoteCredentials.Password(decoded(words[1]), decoded(words[2]))
                : new RemoteCredentials.SshKey(decoded(words[1]), words.length > 2 ? decoded(words[2]) : null);
    }
}
