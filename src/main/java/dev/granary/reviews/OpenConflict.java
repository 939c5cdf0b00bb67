package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * A file in conflict as a form shows it.
 *
 * @param file without lines where there was no room for them
 * @param id of the file with both its sides: another one when either changes
 * @param text the merged text with markers, for editing; null where a form would not give it back as it was
 */
public record OpenConflict(
        ConflictFile file, String id, @Nullable String text) {
    /** Whether a side can be chosen for each conflict in the file. */
    public boolean bySections() {
        return byLines() && !file.sections().isEmpty();
    }

    /** Whether the file is merged by lines, so that a side that is chosen only stands for what is in conflict. */
    public boolean byLines() {
        return file.type().equals(ConflictFile.BY_LINES);
    }

    /** Whether the file is gone on the source branch. */
    public boolean goneOnSource() {
        return file.conflictType().equals("modified_target_removed_source");
    }

    /** Whether it is gone on the target branch. */
    public boolean goneOnTarget() {
        return file.conflictType().equals("modified_source_removed_target");
    }

    /** Whether its lines end as on Windows. */
    public boolean windows() {
        return text != null && text.contains("\r\n");
    }
}
