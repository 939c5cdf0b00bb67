package dev.granary.reviews;

import dev.granary.kernel.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far a job, a stage or a pipeline is. */
enum PipelineStatus {
    PENDING,
    RUNNING,
    SUCCESS,
    FAILED,
    CANCELED,
    SKIPPED,
    TIMEDOUT;

    /** Of several ways to end, the first of these is told. */
    private static final List<PipelineStatus> WORST_FIRST = List.of(FAILED, TIMEDOUT, CANCELED, SUCCESS, SKIPPED);

    /** The name on the wire and in the database. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more is to come. */
    boolean isEnd() {
        return this != PENDING && this != RUNNING;
    }

    static PipelineStatus ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** The status of a name that a client sent. */
    static PipelineStatus named(String field, @Nullable String name) {
        return Arrays.stream(values())
                .filter(status -> status.key().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        field,
                        "one-of",
                        Arrays.stream(values()).map(PipelineStatus::key).collect(Collectors.joining(", "))));
    }

    /** What several come to. */
    static PipelineStatus of(Collection<PipelineStatus> parts) {
        var all = parts.isEmpty() ? EnumSet.of(PENDING) : EnumSet.copyOf(parts);
        if (all.equals(EnumSet.of(PENDING))) {
            return PENDING;
        }
        if (all.contains(PENDING) || all.contains(RUNNING)) {
            return RUNNING;
        }
        return WORST_FIRST.stream().filter(all::contains).findFirst().orElse(SUCCESS);
    }
}
