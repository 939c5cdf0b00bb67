package dev.granary.identity;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A signature as {@code ssh-keygen -Y sign} makes it, for commits: OpenSSH's PROTOCOL.sshsig.
 *
 * @param hash {@code SHA-256} or {@code SHA-512}
 * @param algorithm of the signature, for example {@code ssh-ed25519}
 */
record SshSignature(PublicKey key, String reserved, String hashName, String hash, String algorithm, byte[] signature) {
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final byte[] MAGIC = {'S', 'S', 'H', 'S', 'I', 'G'};
    private static final String NAMESPACE = "git";

    static Optional<SshSignature> parse(String armoured) {
        var text = armoured.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            return Optional.empty();
        }
        try {
            var body = text.substring(BEGIN.length(), text.length() - END.length());
            var buffer = new ByteArrayBuffer(Base64.getMimeDecoder().decode(body));
            for (var expected : MAGIC) {
                if (buffer.getByte() != expected) {
                    return Optional.empty();
                }
            }
            if (buffer.getInt() != 1) {
                return Optional.empty();
            }
            var key = new ByteArrayBuffer(buffer.getBytes()).getRawPublicKey();
            var namespace = buffer.getString();
            var reserved = buffer.getString();
            var hashName = buffer.getString();
            var inner = new ByteArrayBuffer(buffer.getBytes());
            var algorithm = inner.getString();
            var hash = switch (hashName) {
                case "sha256" -> "SHA-256";
                case "sha512" -> "SHA-512";
                default -> "";
            };
            // SHA-1 signatures of RSA keys are as good as none.
            return hash.isEmpty() || !namespace.equals(NAMESPACE) || algorithm.equals("ssh-rsa")
                    ? Optional.empty()
                    : Optional.of(new SshSignature(key, reserved, hashName, hash, algorithm, inner.getBytes()));
        } catch (IOException | RuntimeException _) {
            // The library throws nearly anything on hostile input.
            return Optional.empty();
        }
    }

    /** The key's {@link SshPublicKey#fingerprint}. */
    String fingerprint() {
        return SshPublicKey.fingerprint(key);
    }

    /** Whether it signs just this content. */
    boolean isOf(byte[] content) {
        try {
            var signed = new ByteArrayBuffer();
            signed.putRawBytes(MAGIC);
            signed.putString(NAMESPACE);
            signed.putString(reserved);
            signed.putString(hashName);
            signed.putBytes(MessageDigest.getInstance(hash).digest(content));
            var kind = BuiltinSignatures.fromFactoryName(algorithm);
            if (kind == null || !kind.isSupported()) {
                return false;
            }
            var verifier = kind.create();
            verifier.initVerifier(null, key);
            verifier.update(null, signed.getCompactData());
            return verifier.verify(null, signature);
        } catch (Exception _) {
            // The library declares every exception, and throws nearly anything on hostile input.
            return false;
        }
    }
}
