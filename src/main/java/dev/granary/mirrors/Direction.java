package dev.granary.mirrors;

import dev.granary.kernel.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which side follows the other. */
public enum Direction {
    /** The repository here follows the one on the other server. */
    FETCH,
    /** The other way round. */
    PUSH;

    /** The direction of a request; absent: fetch. */
    public static Direction of(@Nullable String wire) {
        return switch (wire == null || wire.isEmpty() ? "fetch" : wire) {
            case "fetch" -> FETCH;
            case "push" -> PUSH;
            default -> throw Problem.invalid("direction", "one-of", "fetch, push");
        };
    }

    /** The name on the wire, for example {@code fetch}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
