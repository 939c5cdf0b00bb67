package dev.granary.reviews;

import dev.granary.commits.CommitViews;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What became of changes that were picked or undone. */
@Component
class PickAnswers {
    private static final String DONE = "success";

    private final CommitViews views;

    PickAnswers(CommitViews views) {
        this.views = views;
    }

    /** A merged request that was picked; the branch is null where none was made for it. */
    record CherryPicked(
            String state, String title, @Nullable String cherryPickBranchName) {}

    /** A merged request that was undone; the branch and the request are null where none was made for it. */
    record Reverted(
            String state,
            String title,
            @Nullable String revertBranchName,
            @Nullable Long iid) {}

    CherryPicked cherryPicked(Picked picked) {
        return new CherryPicked(DONE, picked.title(), picked.branch());
    }

    Reverted reverted(Picked picked) {
        return new Reverted(DONE, picked.title(), picked.branch(), picked.iid());
    }

    /**
     * A commit that was undone: the commit that does it.
     *
     * @param cherryPickBranchName null: it is undone
     */
    record RevertedCommit(
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
            String state,
            @Nullable String cherryPickBranchName,
            @Nullable String revertBranchName,
            @Nullable Long iid) {}

    RevertedCommit revertedCommit(Picked picked) {
        var commit = views.of(picked.commit());
        return new RevertedCommit(
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
                commit.gpgUserName(),
                commit.shortId(),
                commit.createdAt(),
                commit.title(),
                commit.authorAvatarUrl(),
                commit.committerAvatarUrl(),
                DONE,
                null,
                picked.branch(),
                picked.iid());
    }
}
