package dev.granary.content;

import dev.granary.commits.Commit;
import dev.granary.content.HistoryService.Found;
import java.util.List;

/**
 * A page of a folder in v1's form.
 *
 * @param total how many entries the folder has
 */
record LegacySubfiles(List<Entry> trees, long total) {
    /** An entry and the last commit that changed it. */
    record Entry(String blobId, LegacyHistory.Entry commit, String fileName, String filePath, String md5, String type) {
        static Entry of(TreeEntry entry, Commit last) {
            return new Entry(
                    entry.id().name(),
                    LegacyHistory.Entry.of(new Found(last, null)),
                    entry.name(),
                    entry.path(),
                    TreeObject.md5(entry.path()),
                    entry.type());
        }
    }
}
