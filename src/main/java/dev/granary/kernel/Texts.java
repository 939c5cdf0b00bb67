package dev.granary.kernel;

import org.jspecify.annotations.Nullable;

/** Checks of text that clients send, before it is stored. Lengths count code points. */
public final class Texts {
    private Texts() {}

    /**
     * A text of one line, a name for example, without the white space around it.
     *
     * @param field the field's name on the wire, for the failure
     * @throws Problem when the text is missing or blank although {@code minimum} is not 0, is too short or too long, or
     *     has control characters or halves of characters, which PostgreSQL cannot store
     */
    public static String line(String field, @Nullable String text, int minimum, int maximum) {
        var stripped = text == null ? "" : text.strip();
        if (stripped.isEmpty() && minimum > 0) {
            throw Problem.invalid(field, "required");
        }
        return checked(field, stripped, minimum, maximum, false);
    }

    /** A text that may have several lines, a description for example; absent is empty. */
    public static String lines(String field, @Nullable String text, int maximum) {
        return checked(field, text == null ? "" : text, 0, maximum, true);
    }

    private static String checked(String field, String text, int minimum, int maximum, boolean severalLines) {
        var length = text.codePointCount(0, text.length());
        if (length < minimum || length > maximum) {
            throw Problem.invalid(field, "length", minimum, maximum);
        }
        if (!text.codePoints().allMatch(point -> isPlain(point, severalLines))) {
            throw Problem.invalid(field, "plain-text");
        }
        return text;
    }

    private static boolean isPlain(int point, boolean severalLines) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> severalLines && (point == '\n' || point == '\r' || point == '\t');
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
