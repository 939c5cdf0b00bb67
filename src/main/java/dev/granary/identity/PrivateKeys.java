package dev.granary.identity;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
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
            if (pairs != null) {
                var pair = pairs.iterator().next();
                if (belongTogether(pair)) {
                    return pair.getPublic();
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException _) {
            // Its message might quote the key.
        }
        throw new Problem(ErrorCode.PRIVATE_KEY_INVALID);
    }

    /** The file holds both halves; whoever writes it could put another's public key beside a private key. */
    private static boolean belongTogether(KeyPair pair) throws GeneralSecurityException {
        var probe = pair.getPublic().getEncoded();
        var signature = SecurityUtils.getSignature(algorithm(pair.getPublic()));
        signature.initSign(pair.getPrivate());
        signature.update(probe);
        var signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update(probe);
        return signature.verify(signed);
    }

    private static String algorithm(PublicKey key) {
        return switch (key) {
            case RSAPublicKey _ -> "SHA256withRSA";
            case ECPublicKey _ -> "SHA256withECDSA";
            default -> "Ed25519";
        };
    }
}
