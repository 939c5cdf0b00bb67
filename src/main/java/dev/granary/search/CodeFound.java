package dev.granary.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found: a page of files, in the order of their repositories' ids and then of their paths.
 *
 * @param total how many files match; where {@code more} is true, at least so many
 * @param more whether there may be more: counting ends at {@value #COUNTED} files, or at the end of the page if that is
 *     further
 * @param incomplete whether the time for one search was over before all was looked at
 */
public record CodeFound(List<File> files, long total, boolean more, boolean incomplete, State index) {
    /** Counting ends here. */
    public static final int COUNTED = 500;

    /**
     * How far the index is.
     *
     * @param repositories how many were searched
     * @param pending how many of them have commits on their default branch that are not searched yet
     * @param indexedCommit what is searched, where that is one repository; null while nothing is, and for several
     * @param currentCommit what its default branch has
     */
    public record State(
            long repositories,
            long pending,
            @Nullable String indexedCommit,
            @Nullable String currentCommit) {}

    /**
     * A file with lines that match.
     *
     * @param repositoryPath the repository's place in clone addresses
     * @param language by its name; null where none is known for it
     * @param commitId the commit of the default branch whose file it is
     * @param lineCount how many of its lines match
     * @param lines the first of them, {@value #LINES} at most
     */
    public record File(
            long repositoryId,
            String repositoryName,
            String repositoryPath,
            String path,
            @Nullable String language,
            String commitId,
            String blobId,
            int lineCount,
            List<Line> lines) {
        /** So many lines are shown of a file. */
        public static final int LINES = 10;
    }

    /**
     * A line that matches.
     *
     * @param number from 1
     * @param text the line, or the part of it around the first match; {@code cut} tells
     * @param offset how many characters of the line stand before the text
     * @param matches where in the text
     * @param before the lines before it, two at most; so the lines after it
     */
    public record Line(
            int number,
            String text,
            int offset,
            boolean cut,
            List<Range> matches,
            List<String> before,
            List<String> after) {}

    /**
     * A part of a text, counted in UTF-16 units as Java and JavaScript count.
     *
     * @param end behind the last
     */
    public record Range(int begin, int end) {}
}
