package dev.granary.reviews;

import dev.granary.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How much something matters that somebody found in a review, from least to most. */
public enum Severity {
    SUGGESTION("建议", "Suggestion"),
    MINOR("一般", "Minor"),
    MAJOR("严重", "Major"),
    FATAL("致命", "Fatal");

    private final String chinese;
    private final String english;

    Severity(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    /** The name on the wire and in the database. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name that the answers have beside the key, whatever the language of the request. */
    String chinese() {
        return chinese;
    }

    /** The same in English. */
    String english() {
        return english;
    }

    static Severity ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** The severity of a key that a client sent; null where it sent none. */
    static @Nullable Severity given(String field, @Nullable String key) {
        if (key == null || key.isEmpty()) {
            return null;
        }
        return Arrays.stream(values())
                .filter(severity -> severity.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        field,
                        "one-of",
                        Arrays.stream(values()).map(Severity::key).collect(Collectors.joining(", "))));
    }
}
