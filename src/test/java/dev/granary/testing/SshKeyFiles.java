package dev.granary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * A key pair made by the real ssh-keygen.
 *
 * @param privateFile the private key's file, as ssh wants it
 * @param publicKey the line of the {@code .pub} file
 */
public record SshKeyFiles(Path privateFile, String publicKey) {
    /** Public keys of hardware tokens, which ssh-keygen cannot make without one. */
    public static final String SECURITY_KEY_ED25519 = "sk-ssh-ed25519@openssh.com "
            + "AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1EaAAAABHNzaDo=";

    public static final String SECURITY_KEY_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com "
            + "AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAAIbmlzdHAyNTYAAABBBBggLose"
            + "eTVzpQO831WKOyEVDvo0VtMIJQW+c+HJl7IIaNBvnNrdW/3a+pRVrxHLVqozhqs11VUPsTh1BrMXFVUAAAAEc3NoOg==";

    /** A new pair without a passphrase, of a type and size as {@code ssh-keygen -t -b} takes them. */
    public static SshKeyFiles generate(String type, int bits) {
        try {
            var file = Files.createTempDirectory("granary-key").resolve("id");
            var process = new ProcessBuilder(
                            "ssh-keygen",
                            "-q",
                            "-t",
                            type,
                            "-b",
                            Integer.toString(bits),
                            "-N",
                            "",
                            "-C",
                            "someone@example.com",
                            "-f",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(output);
            }
            return new SshKeyFiles(
                    file, Files.readString(file.resolveSibling("id.pub")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The public key as the SSH library knows it. */
    public PublicKey parsed() throws GeneralSecurityException {
        try {
            return PublicKeyEntry.parsePublicKeyEntry(publicKey)
                    .resolvePublicKey(null, null, PublicKeyEntryResolver.FAILING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
