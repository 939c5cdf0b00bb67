package dev.granary.commits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A commit as v4 shows it beside a file; the fields are those of {@link CommitView}. */
public record CommitSummary(
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
        @Nullable String gpgUserName) {
    /** The fields of a commit that are shown there. */
    public static CommitSummary of(CommitView commit) {
        return new CommitSummary(
                commit.id(),
                commit.message(),
                commit.parentIds(),
                commit.authoredDate(),
                commit.authorName(),
                commit.authorEmail(),
                commit.committedDate(),
                commit.committerName(),
                commit.committerEmail(),
                commit.openGpgVerified(),
                commit.verificationStatus(),
                commit.gpgPrimaryKeyId(),
                commit.name(),
                commit.gpgNickName(),
                commit.gpgTenantName(),
                commit.gpgUserName());
    }
}
