package dev.granary.commits;

import dev.granary.identity.CommitSignatures.Checked;
import dev.granary.kernel.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit in v4's form; there are no avatars.
 *
 * @param createdAt the committer's time, like {@code committedDate}
 * @param openGpgVerified whether it has a signature, OpenPGP or SSH
 * @param verificationStatus 1 when its committer made that, with a key of their own here; otherwise 0
 * @param gpgPrimaryKeyId the OpenPGP key's id, or that of the primary key it belongs to; an SSH key's fingerprint
 * @param gpgNickName the committer's log-in name, where the signature is theirs; so {@code gpgUserName}
 * @param gpgTenantName the committer's account, likewise
 * @param relateUrl the work items the commit is linked to
 * @param name the log-in name of the user whose address the author's is; null if nobody's is. So are
 *     {@code nickName} and {@code userName}
 * @param tenantName that user's account
 * @param authorId that user's id
 */
public record CommitView(
        String id,
        String message,
        List<String> parentIds,
        String authoredDate,
        String authorName,
        String authorEmail,
        String committedDate,
        String committerName,
        String committerEmail,
        boolean openGpgVerified,
        int verificationStatus,
        @Nullable String gpgPrimaryKeyId,
        @Nullable String name,
        @Nullable String gpgNickName,
        @Nullable String gpgTenantName,
        @Nullable String gpgUserName,
        String shortId,
        String createdAt,
        String title,
        @Nullable String authorAvatarUrl,
        @Nullable String committerAvatarUrl,
        List<Related> relateUrl,
        @Nullable String nickName,
        @Nullable String tenantName,
        @Nullable String userName,
        @Nullable Long authorId) {

    /** A work item that a commit is linked to. */
    public record Related(String relatedId, String relatedUrl) {}

    /** The user behind a commit's author. */
    record Author(long id, String name, String account) {}

    static CommitView of(Commit commit, @Nullable Author author, Checked signature, String account) {
        var committed = Times.v4(commit.committedAt());
        var userName = author == null ? null : author.name();
        var signer = signature.signer();
        return new CommitView(
                commit.id(),
                commit.message(),
                commit.parentIds(),
                Times.v4(commit.authoredAt()),
                commit.authorName(),
                commit.authorEmail(),
                committed,
                commit.committerName(),
                commit.committerEmail(),
                signature.isSigned(),
                signature.isVerified() ? 1 : 0,
                signature.primaryKey(),
                userName,
                signer,
                signer == null ? null : account,
                signer,
                commit.shortId(),
                committed,
                commit.title(),
                null,
                null,
                List.of(),
                userName,
                author == null ? null : author.account(),
                userName,
                author == null ? null : author.id());
    }
}
