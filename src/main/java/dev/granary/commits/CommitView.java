package dev.granary.commits;

import dev.granary.kernel.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit in v4's form. Signatures are not verified, so the fields about them say so; there are no avatars.
 *
 * @param createdAt the committer's time, like {@code committedDate}
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

    static CommitView of(Commit commit, @Nullable Author author) {
        var committed = Times.v4(commit.committedAt());
        var userName = author == null ? null : author.name();
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
                false,
                0,
                null,
                userName,
                null,
                null,
                null,
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
