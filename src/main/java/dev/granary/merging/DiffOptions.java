package dev.granary.merging;

import dev.granary.kernel.Problem;

/**
 * How a file's difference is shown.
 *
 * @param context how many unchanged lines are shown around changed ones, at most {@value #MOST_CONTEXT}
 * @param maximumBytes the most bytes of lines, at most {@value #MOST_BYTES}; then it ends
 */
public record DiffOptions(Whitespace whitespace, int context, int maximumBytes) {
    /** The most lines around changed ones. */
    public static final int MOST_CONTEXT = 10_000;

    /** The most bytes of a difference. */
    public static final int MOST_BYTES = 5_000_000;

    private static final int USUAL_CONTEXT = 3;
    private static final int LISTED_BYTES = 200_000;

    public DiffOptions {
        if (context < 0 || context > MOST_CONTEXT) {
            throw Problem.invalid("context", "range", 0, MOST_CONTEXT);
        }
        if (maximumBytes < 0 || maximumBytes > MOST_BYTES) {
            throw new IllegalArgumentException("maximumBytes");
        }
    }

    /** As in a list of several files: three lines around, 200,000 bytes. */
    public static DiffOptions listed(Whitespace whitespace) {
        return new DiffOptions(whitespace, USUAL_CONTEXT, LISTED_BYTES);
    }

    /** For a file by itself: three lines around, as many bytes as there may be. */
    public static DiffOptions single(Whitespace whitespace) {
        return new DiffOptions(whitespace, USUAL_CONTEXT, MOST_BYTES);
    }
}
