package dev.granary.search;

import dev.granary.kernel.Patterns;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for in files, line by line.
 *
 * @param text what a line must hold, or the regular expression that must match a part of it; white space counts
 * @param caseSensitive whether upper and lower case differ
 * @param path which files, as {@link PathPattern} understands it; null for all
 * @param language the name of a language as the statistics of languages have it, in any case; null for all
 * @param slice which of the files found; at most the first {@value #DEEPEST} are ever shown
 */
public record CodeQuery(
        String text,
        Mode mode,
        boolean caseSensitive,
        @Nullable String path,
        @Nullable String language,
        Slice slice) {
    /** No page begins behind so many files. */
    public static final int DEEPEST = 2_000;

    private static final int LONGEST_PATH = 500;

    /** How the text is understood. */
    public enum Mode {
        /** As it is. */
        LITERAL,
        /** As a regular expression in the syntax of RE2. */
        REGEX;

        /** The mode of a name on the wire; literal when absent. */
        public static Mode of(@Nullable String name) {
            return switch (name) {
                case null -> LITERAL;
                case "literal" -> LITERAL;
                case "regex" -> REGEX;
                default -> throw Problem.invalid("mode", "one-of", "literal, regex");
            };
        }
    }

    /** Checks the bounds; the language is checked where languages are known. */
    public CodeQuery {
        require("query", text, 1, Patterns.LONGEST);
        if (path != null) {
            require("path", path, 1, LONGEST_PATH);
        }
        if (mode == Mode.REGEX) {
            Patterns.require("query", text);
        }
        if (slice.offset() > DEEPEST) {
            throw Problem.invalid("offset", "range", 0, DEEPEST);
        }
    }

    private static void require(String field, String text, int shortest, int longest) {
        var length = text.codePointCount(0, text.length());
        if (length < shortest || length > longest) {
            throw Problem.invalid(field, "length", shortest, longest);
        }
        if (text.codePoints().anyMatch(CodeQuery::isForbidden)) {
            throw Problem.invalid(field, "one-line");
        }
    }

    /** What no line can hold. */
    private static boolean isForbidden(int point) {
        return point == '\n' || point == '\r' || point == 0 || Character.getType(point) == Character.SURROGATE;
    }
}
