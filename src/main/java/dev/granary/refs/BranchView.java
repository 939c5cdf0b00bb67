package dev.granary.refs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.access.Permission;
import dev.granary.commits.CommitView;
import dev.granary.identity.UserAccount;
import org.jspecify.annotations.Nullable;

/**
 * A branch in v4's lists.
 *
 * @param isDefault whether HEAD names it
 */
record BranchView(
        String name,
        @JsonProperty("default") boolean isDefault,
        boolean canDelete,
        boolean canRead,
        boolean canDownload,
        boolean canPush) {

    static BranchView of(String ref, boolean isDefault, RefStandings.Of standing) {
        return new BranchView(
                RefQuery.Kind.shortName(ref),
                isDefault,
                standing.mayDelete(ref),
                standing.mayRead(ref, Permission.VIEW),
                standing.mayRead(ref, Permission.DOWNLOAD),
                standing.mayPush(ref));
    }

    /**
     * A branch by itself.
     *
     * @param merged whether the default branch has all of its commits
     */
    record Shown(
            String name,
            CommitView commit,
            boolean merged,
            @JsonProperty("protected") boolean guarded,
            boolean developersCanPush,
            boolean developersCanMerge,
            boolean canPush,
            @JsonProperty("default") boolean isDefault) {}

    /**
     * A branch that was just created. There are no pipelines and merge requests yet.
     *
     * @param createSource what it was created from
     */
    record Created(
            @JsonUnwrapped BranchView branch,
            CommitView commit,
            boolean merged,
            @JsonProperty("protected") boolean guarded,
            String createdAt,
            @Nullable Creator creator,
            String description,
            @Nullable String createSource,
            boolean createSourceExists,
            @Nullable Object latestPipeline,
            int openedMrCount,
            Divergence.Counts divergingCommitCounts) {}

    /** Who created a branch. Users have no nick names, avatars or pages. */
    record Creator(
            long id,
            String name,
            String username,
            String state,
            @Nullable Integer serviceLicenseStatus,
            @Nullable String avatarUrl,
            @Nullable String avatarPath,
            String email,
            String nameCn,
            @Nullable String webUrl,
            @Nullable String nickName,
            String tenantName,
            @Nullable String errorMessage) {
        static Creator of(UserAccount user, String account) {
            var state = user.enabled() ? "active" : "blocked";
            return new Creator(
                    user.id(),
                    user.name(),
                    user.name(),
                    state,
                    null,
                    null,
                    null,
                    user.email(),
                    user.name(),
                    null,
                    null,
                    account,
                    null);
        }
    }

    /** A branch that got another name. */
    record Renamed(String oldBranchName, String oldBranchCommitId, String newBranchName, String newBranchCommitId) {}
}
