package dev.granary.identity;

/**
 * An SSH key's use in one repository. Times are epoch milliseconds.
 *
 * @param id the key's id; the same in every repository that it opens
 * @param title the key's name in this repository
 * @param application what the key is for, in the words of who added it; may be empty
 * @param publicKey type, base64 and comment
 * @param fingerprint {@code SHA256:…}
 * @param createdAt when the key was given this repository
 */
public record DeployKey(
        long id,
        long repositoryId,
        String title,
        String application,
        boolean canPush,
        String publicKey,
        String fingerprint,
        long createdAt) {}
