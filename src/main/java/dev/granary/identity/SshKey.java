package dev.granary.identity;

import org.jspecify.annotations.Nullable;

/**
 * An SSH key. Times are epoch milliseconds.
 *
 * @param userId whose key it is; null for deploy keys
 * @param publicKey type, base64 and comment
 * @param fingerprint {@code SHA256:…}, unique over people's keys and deploy keys
 */
public record SshKey(
        long id,
        @Nullable Long userId,
        String title,
        String publicKey,
        String fingerprint,
        long createdAt,
        @Nullable Long lastUsedAt) {}
