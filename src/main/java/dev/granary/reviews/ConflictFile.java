package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file in conflict. The source branch is the new side, the target branch the old one.
 *
 * @param oldPath where it is on the target branch; where it is gone there, as {@code newPath}
 * @param newPath where it is on the source branch; where it is gone there, as {@code oldPath}
 * @param blobIcon the kind of its picture
 * @param blobPath its page, as of the source branch
 * @param conflictType what both sides did
 * @param content the merged text with markers; null where there is none, or it was not asked for
 * @param contentPath where its contents can be had
 * @param sections what can be chosen; without lines where the file as a whole is one of the two sides
 * @param type {@code text} where stretches of lines can be chosen, {@code file} where only a side as a whole can
 * @param errorMessage why no lines are shown; null where they are
 */
public record ConflictFile(
        String oldPath,
        String newPath,
        String blobIcon,
        String blobPath,
        String conflictType,
        @Nullable String content,
        String contentPath,
        List<Section> sections,
        String type,
        @Nullable String errorMessage) {
    static final String BY_LINES = "text";
    static final String WHOLE = "file";

    public ConflictFile {
        sections = List.copyOf(sections);
    }

    /**
     * Lines that follow each other.
     *
     * @param id by which a choice names it; null where there is no choice
     */
    public record Section(
            boolean conflict, List<Line> lines, @Nullable String id) {
        public Section {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line.
     *
     * @param type {@code new} on the source branch, {@code old} on the target branch, null on both; {@code match} for
     *     lines that are left out here
     * @param oldLine its number if the target branch is chosen everywhere; null where it is not there then
     * @param newLine its number if the source branch is
     * @param metaData where the lines go on after those that are left out; null otherwise
     * @param richText the text, fit for HTML
     */
    public record Line(
            @Nullable String lineCode,
            @Nullable String type,
            @Nullable Integer oldLine,
            @Nullable Integer newLine,
            String text,
            @Nullable MetaData metaData,
            String richText,
            boolean canReceiveSuggestion) {}

    /** Where lines go on. */
    public record MetaData(int oldPos, int newPos) {}
}
