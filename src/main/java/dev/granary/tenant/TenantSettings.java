package dev.granary.tenant;

import org.jspecify.annotations.Nullable;

/** What is fixed about the account, as the answers show it. */
final class TenantSettings {
    /** The encryption that there is: none. */
    static final String NOT_ENCRYPTED = "normal";

    private TenantSettings() {}

    /**
     * How the account is developed in.
     *
     * @param crEnable false: changes are merge requests, not a change for each commit
     * @param repoEncryptionEnabled false, see {@link TenantEncryptionService}
     */
    record DevelopMode(boolean crEnable, boolean repoEncryptionEnabled) {
        static final DevelopMode ONLY = new DevelopMode(false, false);
    }

    /**
     * What holds for all projects.
     *
     * @param permitPublic {@code allow}: repositories may be public
     */
    record ProjectSettings(boolean defaultEncryptionEnabled, String encryptionType, String permitPublic) {
        static final ProjectSettings ONLY = new ProjectSettings(false, NOT_ENCRYPTED, "allow");
    }

    /** Whether a key service was given rights: never, for none is used. */
    record Grant(String tenantId, boolean assumed) {}

    /**
     * How repositories are encrypted by the server: they are not, so that there are no key, region or record.
     *
     * @param encryptionType {@code normal}
     */
    record Encryption(
            String tenantId,
            String encryptionType,
            boolean defaultEncryptionEnabled,
            @Nullable String cmkKeyName,
            @Nullable String cmkKeyId,
            @Nullable Long id,
            @Nullable String keyState,
            @Nullable String region,
            @Nullable String regionType) {
        static Encryption of(String tenantId) {
            return new Encryption(tenantId, NOT_ENCRYPTED, false, null, null, null, null, null, null);
        }
    }

    /** A key to encrypt with; there is none. */
    record Key(String cmkKeyName, String cmkKeyId, String keyState) {}

    /** A repository that the server encrypts; there is none. */
    record EncryptedRepository(
            long repoId,
            String repoName,
            String fullPath,
            String projectId,
            String projectName,
            long ownerId,
            String ownerIamId,
            String ownerTenantName,
            String ownerNickName,
            String ownerName) {}
}
