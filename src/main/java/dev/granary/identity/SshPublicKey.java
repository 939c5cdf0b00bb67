package dev.granary.identity;

import java.io.IOException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A public key as OpenSSH writes it in {@code .pub} files.
 *
 * @param text the normal form: type, base64 and, where there is one, the comment, with single spaces
 * @param fingerprint {@code SHA256:} and the unpadded base64 of the key's hash, as {@code ssh-keygen -l} prints it
 */
record SshPublicKey(String text, String fingerprint) {
    private static final int LEAST_RSA_BITS = 2048;
    private static final Pattern SPACE = Pattern.compile("[ \t]+");

    /** DSA is broken, certificates need an authority: neither is here. A line with options has no type in front. */
    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "ssh-rsa",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    /** Empty when the line is not one acceptable key. */
    static Optional<SshPublicKey> parse(String line) {
        var parts = SPACE.split(line.strip(), 3);
        if (parts.length < 2 || !TYPES.contains(parts[0]) || hasControl(line.strip())) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder().decode(parts[1]);
            var key = new ByteArrayBuffer(bytes).getRawPublicKey();
            if (!parts[0].equals(KeyUtils.getKeyType(key)) || !Arrays.equals(bytes, encoded(key)) || isWeak(key)) {
                return Optional.empty();
            }
            return Optional.of(new SshPublicKey(String.join(" ", parts), fingerprint(key)));
        } catch (IOException | RuntimeException _) {
            // The library throws nearly anything on hostile input.
            return Optional.empty();
        }
    }

    /** The fingerprint of a key that a client shows. */
    static String fingerprint(PublicKey key) {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    }

    private static byte[] encoded(PublicKey key) {
        var buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return buffer.getCompactData();
    }

    private static boolean isWeak(PublicKey key) {
        return key instanceof RSAPublicKey rsa
                && (rsa.getModulus().bitLength() < LEAST_RSA_BITS
                        || rsa.getPublicExponent().bitLength() < 2
                        || !rsa.getPublicExponent().testBit(0));
    }

    private static boolean hasControl(String line) {
        return line.chars().anyMatch(character -> character != '\t' && Character.isISOControl(character));
    }
}
