package dev.granary.refs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.commits.Commit;
import dev.granary.kernel.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A branch in v2's form. */
record LegacyBranch(
        String name,
        Tip commit,
        @JsonProperty("protected") boolean guarded,
        boolean developersCanPush,
        boolean developersCanMerge,
        boolean masterCanPush,
        boolean masterCanMerge,
        boolean noOneCanPush,
        boolean noOneCanMerge,
        boolean inAnOpenedMergeRequest) {

    static LegacyBranch of(String name, Commit commit, Protection protection, boolean inAnOpenedMergeRequest) {
        return new LegacyBranch(
                name,
                Tip.of(commit),
                protection.protects(),
                protection.developersCanPush(),
                protection.developersCanMerge(),
                protection.masterCanPush(),
                protection.masterCanMerge(),
                protection.noOneCanPush(),
                protection.noOneCanMerge(),
                inAnOpenedMergeRequest);
    }

    /** The commit that a branch or tag leads to; {@code createdAt} is the committer's time, like {@code committedDate}. */
    record Tip(
            String id,
            String shortId,
            String createdAt,
            String title,
            List<String> parentIds,
            String message,
            String authorName,
            String committerName,
            String committedDate) {
        static Tip of(Commit commit) {
            var committed = Times.v2(commit.committedAt());
            return new Tip(
                    commit.id(),
                    commit.shortId(),
                    committed,
                    commit.title(),
                    commit.parentIds(),
                    commit.message(),
                    commit.authorName(),
                    commit.committerName(),
                    committed);
        }
    }

    /** A page of branches; {@code total} counts those on all pages. */
    record Listing(List<Item> branches, long total) {}

    /**
     * A branch in v2's list.
     *
     * @param commit null if it went while the list was made
     */
    record Item(@Nullable ItemCommit commit, Divergence.Counts divergingCommitCounts, String name) {}

    record ItemCommit(
            String committedDate, String committerName, String id, String message, String shortId, String title) {
        static ItemCommit of(Commit commit) {
            return new ItemCommit(
                    Times.v2(commit.committedAt()),
                    commit.committerName(),
                    commit.id(),
                    commit.message(),
                    commit.shortId(),
                    commit.title());
        }
    }

    /** All branches in v1's form. */
    record Names(List<Name> branches, long total) {}

    record Name(@JsonProperty("is_protected") boolean guarded, String name) {}
}
