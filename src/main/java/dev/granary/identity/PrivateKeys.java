package dev.granary.identity;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Reads private keys that people show to have them checked. They are neither kept nor logged. */
final class PrivateKeys {
    private static final int LONGEST = 20_000;

    private PrivateKeys() {}

    /** The public key that belongs to an unencrypted private key in OpenSSH or PEM form. */
    static PublicKey publicKeyOf(@Nullable String privateKey) {
        if (privateKey == null || privateKey.isBlank()) {
            throw Problem.invalid("private_key", "required");
        }
        if (privateKey.length() > LONGEST) {
            throw Problem.invalid("private_key", "length", 1, LONGEST);
        }
        // The newline lets the parsers see the end of the last line.
        var bytes = new ByteArrayInputStream((privateKey.strip() + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            var pairs = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName("private_key"), bytes, FilePasswordProvider.EMPTY);
            if (pairs != null && pairs.iterator().hasNext()) {
                return pairs.iterator().next().getPublic();
            }
        } catch (IOException | GeneralSecurityException | RuntimeException _) {
            // Its message might quote the key.
        }
        throw new Problem(ErrorCode.PRIVATE_KEY_INVALID);
    }
}
