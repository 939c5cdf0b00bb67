package dev.granary.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.commits.Commit;
import dev.granary.commits.LineStats;
import dev.granary.kernel.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit in v2's form.
 *
 * @param shortId the first eight digits
 * @param title the first line of the message
 * @param createdAt the committer's time, like {@code committedDate}
 */
record LegacyCommit(
        String id,
        String shortId,
        String title,
        String authorName,
        String authorEmail,
        String committerName,
        String committerEmail,
        String createdAt,
        String message,
        List<String> parentIds,
        String committedDate,
        String authoredDate) {

    static LegacyCommit of(Commit commit) {
        var committed = Times.v2(commit.committedAt());
        return new LegacyCommit(
                commit.id(),
                commit.shortId(),
                commit.title(),
                commit.authorName(),
                commit.authorEmail(),
                commit.committerName(),
                commit.committerEmail(),
                committed,
                commit.message(),
                commit.parentIds(),
                committed,
                Times.v2(commit.authoredAt()));
    }

    /** The commit, with its changed lines; null where nobody asked for them. */
    record WithStats(
            @JsonUnwrapped LegacyCommit commit, @Nullable LineStats stats) {
        static WithStats of(Commit commit) {
            return new WithStats(LegacyCommit.of(commit), commit.stats());
        }
    }

    /** A list in which each commit has its changed lines if they were counted, and no field for them if not. */
    static List<Object> list(List<Commit> commits) {
        return commits.stream()
                .<Object>map(commit -> commit.stats() == null ? of(commit) : WithStats.of(commit))
                .toList();
    }

    /** The commit by itself. There are no pipelines, so {@code lastPipeline} is null. */
    record Detail(
            @JsonUnwrapped LegacyCommit commit,
            @Nullable LineStats stats,
            @Nullable Object lastPipeline) {
        static Detail of(Commit commit) {
            return new Detail(LegacyCommit.of(commit), commit.stats(), null);
        }
    }
}
