package dev.granary.transport;

import dev.granary.storage.DataFolder;
import dev.granary.storage.Vault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The keys by which clients know this server: made at the first start, kept in OpenSSH's format. No RSA key: every
 * OpenSSH since 5.7 knows one of these kinds, and making an RSA key takes seconds.
 */
final class HostKeys {
    private static final int ED25519_BITS = 256;
    private static final int ECDSA_BITS = 256;

    private HostKeys() {}

    static List<KeyPair> load(DataFolder data) throws IOException, GeneralSecurityException {
        var keys = new ArrayList<KeyPair>();
        keys.add(load(data, "ssh_host_ed25519_key", KeyPairProvider.SSH_ED25519, ED25519_BITS));
        keys.add(load(data, "ssh_host_ecdsa_key", KeyPairProvider.ECDSA_SHA2_NISTP256, ECDSA_BITS));
        return keys;
    }

    private static KeyPair load(DataFolder data, String name, String type, int bits)
            throws IOException, GeneralSecurityException {
        var file = data.secrets().resolve(name);
        if (!Files.exists(file)) {
            var encoded = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                    KeyUtils.generateKeyPair(type, bits), "granary", null, encoded);
            Vault.writeSecret(file, encoded.toByteArray());
        }
        return read(file);
    }

    private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            var pairs =
                    SecurityUtils.loadKeyPairIdentities(null, new PathResource(file), in, FilePasswordProvider.EMPTY);
            if (pairs != null) {
                for (var pair : pairs) {
                    return pair;
                }
            }
        }
        throw new IOException(file + " holds no private key");
    }
}
