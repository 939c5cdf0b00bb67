package dev.granary.identity;

/**
 * A user's GPG key. Times are epoch milliseconds.
 *
 * @param publicKey the armoured text
 * @param fingerprint of the primary key, upper-case hex; unique over all users
 */
public record GpgKey(
        long id, long userId, String title, String description, String publicKey, String fingerprint, long createdAt) {}
