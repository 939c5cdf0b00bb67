package dev.granary.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a commit changed against its first parent. Lines are counted over all files, not only those of the page; null
 * where counting was not wanted.
 *
 * @param diffs one page of the files
 * @param tooLarge whether the commit changed more files than are looked at
 */
record CommitDiff(
        List<FileDiff> diffs,
        Refs diffRefs,
        @Nullable Integer addedLines,
        @Nullable Integer removedLines,
        int changeFileCount,
        @Nullable Integer changeLineCount,
        boolean tooLarge) {

    /**
     * The commits compared.
     *
     * @param baseSha the first parent; null for a first commit
     * @param startSha the same
     */
    record Refs(
            @Nullable String baseSha,
            String headSha,
            @Nullable String startSha) {}

    /** The form of v4's metadata, whose blob id belongs to a single file: a commit has none. */
    record Metadata(
            @JsonUnwrapped CommitDiff diff, @Nullable String blobId) {
        static Metadata of(CommitDiff diff) {
            return new Metadata(diff, null);
        }
    }
}
