package dev.granary.content;

import org.jspecify.annotations.Nullable;

/**
 * A signature.
 *
 * @param id the commit
 * @param state {@code verified}: made by the committer with a key of theirs that is neither revoked nor expired;
 *     {@code unverified}: it is of something else, cannot be read, or its key is no longer good; {@code unknown_key}:
 *     the committer's address is nobody's, or they have no such key here; {@code none}
 * @param type {@code gpg}, {@code ssh} or {@code x509}; null for none
 * @param key the OpenPGP key's id, 16 hex digits, or the SSH key's fingerprint
 * @param primaryKey the key's, or that of the one that an OpenPGP subkey belongs to
 * @param signerId who made it, and {@code signerName}; null unless verified
 */
record CommitSignature(
        String id,
        String state,
        @Nullable String type,
        @Nullable String key,
        @Nullable String primaryKey,
        @Nullable Long signerId,
        @Nullable String signerName) {}
