package dev.granary.api;

import dev.granary.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Numbers in query parameters. */
final class Numbers {
    private Numbers() {}

    static int parse(String name, @Nullable String text, int absent) {
        if (text == null || text.isEmpty()) {
            return absent;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.invalid(name, "type");
        }
    }
}
