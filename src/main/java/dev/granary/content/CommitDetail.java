package dev.granary.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.commits.CommitView;
import dev.granary.commits.LineStats;
import dev.granary.content.FileDiff.CodeChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit by itself in v4's form. There are no pipelines and merge requests yet, so what speaks of them is null.
 *
 * @param stats null where nobody asked for it
 * @param projectId the repository's id
 * @param codeChanges null where nobody asked for them
 */
record CommitDetail(
        @JsonUnwrapped CommitView commit,
        @Nullable LineStats stats,
        @Nullable String status,
        @Nullable Object lastPipeline,
        long projectId,
        @Nullable Object mergeRequest,
        @Nullable List<CodeChange> codeChanges) {}
