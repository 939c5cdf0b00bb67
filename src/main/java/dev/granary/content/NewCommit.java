package dev.granary.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit to be made by API, as clients send it.
 *
 * @param branch the branch to commit to
 * @param commitMessage may be empty
 * @param startBranch where to begin a new {@code branch}
 * @param actions applied in this order, all or none
 * @param authorEmail absent: the caller's
 * @param authorName absent: the caller's
 * @param stats whether to count changed lines; absent: yes
 * @param force whether an existing {@code branch} is overwritten by the new commit on {@code startBranch}
 */
record NewCommit(
        @Nullable String branch,
        @Nullable String commitMessage,
        @Nullable String startBranch,
        @Nullable List<@Nullable FileAction> actions,
        @Nullable String authorEmail,
        @Nullable String authorName,
        @Nullable Boolean stats,
        @Nullable Boolean force) {}
