package dev.granary.refs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.commits.CommitView;
import dev.granary.identity.CommitSignatures.Checked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tag in v4's form.
 *
 * @param message null where the tag is only a name
 * @param target the commit's id, or that of the object where the tag leads to no commit
 * @param commit null where the tag leads to no commit
 */
record TagView(
        String name,
        @Nullable String message,
        String target,
        @Nullable CommitView commit) {

    /**
     * A tag in v4's lists.
     *
     * @param gpgKey null for a tag without a signature
     */
    record Listed(
            String name,
            @Nullable String message,
            String target,
            @JsonProperty("gpgKey") @Nullable TagSignature gpgKey,
            boolean canDelete,
            boolean canRead,
            boolean canDownload) {}

    /**
     * The signature of a tag; the fields are those of {@link CommitView}.
     *
     * @param gpgName the log-in name of the tagger, where the signature is theirs
     */
    record TagSignature(
            @Nullable String gpgName,
            boolean openGpgVerified,
            int verificationStatus,
            @Nullable String gpgPrimaryKeyId,
            @Nullable String gpgNickName,
            @Nullable String gpgTenantName,
            @Nullable String gpgUserName) {
        static TagSignature of(Checked signature, String account) {
            var signer = signature.signer();
            return new TagSignature(
                    signer,
                    true,
                    signature.isVerified() ? 1 : 0,
                    signature.primaryKey(),
                    signer,
                    signer == null ? null : account,
                    signer);
        }
    }

    /** A tag in v2's form. */
    record Legacy(String name, @Nullable String message, LegacyBranch.@Nullable Tip commit) {
        static Legacy of(TagService.Found found) {
            var commit = found.commit();
            return new Legacy(found.name(), found.message(), commit == null ? null : LegacyBranch.Tip.of(commit));
        }
    }

    /** All tags in v2's form. */
    record Names(List<Name> tags, long total) {}

    /** A tag's name; {@code isDoubleName}: a branch has it too. */
    record Name(@JsonProperty("is_double_name") boolean isDoubleName, String name) {}
}
