package dev.granary.content;

import dev.granary.content.FileDiff.CodeChange;
import dev.granary.content.HistoryService.Found;
import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of commits in v1's form.
 *
 * @param total how many commits there are on all pages
 */
record LegacyHistory(List<Entry> commits, long total) {
    static LegacyHistory of(Page<Found> page) {
        return new LegacyHistory(page.items().stream().map(Entry::of).toList(), page.total());
    }

    /**
     * A commit.
     *
     * @param format how much the commit changed in each file; null unless {@code stat_format} asks for it
     */
    record Entry(
            String id,
            String message,
            List<String> parentIds,
            String authorName,
            String authorEmail,
            String authoredDate,
            String committerName,
            String committerEmail,
            String committedDate,
            @Nullable List<CodeChange> format) {
        static Entry of(Found found) {
            var commit = found.commit();
            return new Entry(
                    commit.id(),
                    commit.message(),
                    commit.parentIds(),
                    commit.authorName(),
                    commit.authorEmail(),
                    Times.v2(commit.authoredAt()),
                    commit.committerName(),
                    commit.committerEmail(),
                    Times.v2(commit.committedAt()),
                    found.changes());
        }
    }
}
