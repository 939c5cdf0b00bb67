package dev.granary.kernel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions that users write: RE2/J matches them in linear time and knows no back-references. */
public final class Patterns {
    /** The most characters a pattern may have. */
    public static final int LONGEST = 500;

    private static final long MOST_INSTRUCTIONS = 10_000;

    private Patterns() {}

    /**
     * A pattern as it may be stored, without the white space around it; absent is empty.
     *
     * @param field the field's name on the wire, for the failure
     * @throws Problem when it is too long, holds control characters or is not a regular expression
     */
    public static String checked(String field, @Nullable String pattern) {
        var text = Texts.line(field, pattern, 0, LONGEST);
        require(field, text);
        return text;
    }

    /**
     * Lets a text pass that is a regular expression of bearable size.
     *
     * @throws Problem otherwise
     */
    public static void require(String field, String text) {
        if (PatternSize.of(text) > MOST_INSTRUCTIONS) {
            throw Problem.invalid(field, "pattern-size");
        }
        try {
            compile(text);
        } catch (PatternSyntaxException e) {
            throw Problem.invalid(field, "pattern", e.getDescription());
        }
    }

    /** A {@link #checked} pattern, to be looked for with {@link Pattern#matches} or, anywhere, with a matcher's find. */
    public static Pattern compile(String checked) {
        return Pattern.compile(checked);
    }
}
