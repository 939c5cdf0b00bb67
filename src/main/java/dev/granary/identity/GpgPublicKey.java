package dev.granary.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * What an armoured OpenPGP public key says, as far as it is signed by the key itself.
 *
 * @param fingerprint upper-case hex
 * @param keyId the last 16 hex digits of the fingerprint
 * @param emails the addresses of its user ids
 * @param validUntil epoch milliseconds; {@link Long#MAX_VALUE} when it does not expire, 0 when it is revoked
 * @param subkeys what it signs and encrypts with besides the primary key
 */
public record GpgPublicKey(
        String fingerprint, String keyId, List<String> emails, long validUntil, List<Subkey> subkeys) {
    private static final String ARMOUR = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private static final Pattern EMAIL = Pattern.compile("<([^<>]+@[^<>]+)>\\s*$|^([^<>\\s]+@[^<>\\s]+)$");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    public GpgPublicKey {
        emails = List.copyOf(emails);
        subkeys = List.copyOf(subkeys);
    }

    /** A subkey, by its hex fingerprint and the last 16 digits of it. */
    public record Subkey(String fingerprint, String keyId) {}

    /** Whether a key id is that of this key or of one of its subkeys. */
    boolean has(String id) {
        return keyId.equals(id)
                || subkeys.stream().anyMatch(subkey -> subkey.keyId().equals(id));
    }

    /** The id of the key that made a signature, as it says itself; empty when it is not exactly one signature. */
    static Optional<String> signer(byte[] signature) {
        try (var decoded = PGPUtil.getDecoderStream(new ByteArrayInputStream(signature))) {
            return new PGPObjectFactory(decoded, new BcKeyFingerprintCalculator()).nextObject()
                                    instanceof PGPSignatureList list
                            && list.size() == 1
                    ? Optional.of(HEX.toHexDigits(list.get(0).getKeyID()))
                    : Optional.empty();
        } catch (IOException | RuntimeException _) {
            // The library throws nearly anything on hostile input.
            return Optional.empty();
        }
    }

    /** Empty when the text is not exactly one public key. */
    static Optional<GpgPublicKey> parse(String armoured) {
        if (!armoured.startsWith(ARMOUR)) {
            return Optional.empty();
        }
        try (var decoded =
                PGPUtil.getDecoderStream(new ByteArrayInputStream(armoured.getBytes(StandardCharsets.UTF_8)))) {
            var objects = new PGPObjectFactory(decoded, new BcKeyFingerprintCalculator());
            return objects.nextObject() instanceof PGPPublicKeyRing ring && objects.nextObject() == null
                    ? Optional.of(of(ring))
                    : Optional.empty();
        } catch (IOException | PGPException | RuntimeException _) {
            // The library throws nearly anything on hostile input.
            return Optional.empty();
        }
    }

    /**
     * Whether a content was signed with a key, or with one of its own subkeys, that is neither revoked nor expired.
     *
     * @param signature armoured
     * @param now epoch milliseconds
     */
    static boolean signed(String armoured, byte[] content, byte[] signature, long now) {
        try (var key = PGPUtil.getDecoderStream(new ByteArrayInputStream(armoured.getBytes(StandardCharsets.UTF_8)));
                var decoded = PGPUtil.getDecoderStream(new ByteArrayInputStream(signature))) {
            if (!(new PGPObjectFactory(key, new BcKeyFingerprintCalculator()).nextObject()
                            instanceof PGPPublicKeyRing ring)
                    || !(new PGPObjectFactory(decoded, new BcKeyFingerprintCalculator()).nextObject()
                            instanceof PGPSignatureList list)
                    || list.size() != 1) {
                return false;
            }
            return signed(ring, list.get(0), content, now);
        } catch (IOException | PGPException | RuntimeException _) {
            return false;
        }
    }

    private static boolean signed(PGPPublicKeyRing ring, PGPSignature signature, byte[] content, long now)
            throws PGPException {
        var primary = ring.getPublicKey();
        var signer = ring.getPublicKey(signature.getKeyID());
        if (signer == null
                || signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT
                || validUntil(primary) <= now
                || validUntil(signer) <= now
                || !(signer.isMasterKey() || binds(primary, signer))) {
            return false;
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), signer);
        signature.update(content);
        return signature.verify();
    }

    private static GpgPublicKey of(PGPPublicKeyRing ring) throws PGPException {
        var primary = ring.getPublicKey();
        var emails = new ArrayList<String>();
        for (var id : once(primary.getUserIDs())) {
            var email = EMAIL.matcher(id);
            if (email.find() && certifies(primary, id)) {
                emails.add(email.group(1) == null ? email.group(2) : email.group(1));
            }
        }
        var subkeys = new ArrayList<Subkey>();
        for (var key : ring) {
            if (!key.isMasterKey() && binds(primary, key)) {
                subkeys.add(new Subkey(fingerprint(key), keyId(key)));
            }
        }
        return new GpgPublicKey(
                fingerprint(primary),
                keyId(primary),
                emails.stream().distinct().toList(),
                validUntil(primary),
                subkeys);
    }

    private static boolean certifies(PGPPublicKey primary, String id) throws PGPException {
        for (var signature : once(primary.getSignaturesForID(id))) {
            if (isBy(primary, signature) && signature.isCertification() && signature.verifyCertification(id, primary)) {
                return true;
            }
        }
        return false;
    }

    private static boolean binds(PGPPublicKey primary, PGPPublicKey subkey) throws PGPException {
        for (var signature : once(subkey.getSignaturesOfType(PGPSignature.SUBKEY_BINDING))) {
            if (isBy(primary, signature) && signature.verifyCertification(primary, subkey)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBy(PGPPublicKey primary, PGPSignature signature) throws PGPException {
        if (signature.getKeyID() != primary.getKeyID()) {
            return false;
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), primary);
        return true;
    }

    private static long validUntil(PGPPublicKey key) {
        if (key.hasRevocation()) {
            return 0;
        }
        return key.getValidSeconds() == 0
                ? Long.MAX_VALUE
                : key.getCreationTime().getTime() + 1000 * key.getValidSeconds();
    }

    private static String fingerprint(PGPPublicKey key) {
        return HEX.formatHex(key.getFingerprint());
    }

    private static String keyId(PGPPublicKey key) {
        return HEX.toHexDigits(key.getKeyID());
    }

    private static <T> Iterable<T> once(Iterator<T> iterator) {
        return () -> iterator;
    }
}
