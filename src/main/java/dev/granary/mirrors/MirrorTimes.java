package dev.granary.mirrors;

import dev.granary.kernel.Settings;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When mirrors run, and when they are late. */
@Component
class MirrorTimes {
    static final String HEALTHY = "healthy";
    static final String LATE = "late";
    static final String FAILING = "failing";
    private static final int MOST_DOUBLINGS = 20;
    private static final double SPREAD = 0.1;
    private static final double SPREAD_OF_RETRIES = 0.25;

    private final Settings.Mirrors settings;

    MirrorTimes(Settings settings) {
        this.settings = settings.mirrors();
    }

    Duration interval(Mirror mirror) {
        return mirror.intervalSeconds() == null ? settings.interval() : Duration.ofSeconds(mirror.intervalSeconds());
    }

    /** When a mirror runs by itself after a run that did not fail; null when it does not. */
    @Nullable
    Long afterSuccess(Mirror mirror, long now) {
        return mirror.scheduled() ? now + spread(interval(mirror).toMillis(), SPREAD) : null;
    }

    /**
     * When it tries again after a failure: soon at first, then twice as late each time up to its interval; so a remote
     * that comes back is found again without anybody's help.
     *
     * @param failures in a row, this one included
     */
    @Nullable
    Long afterFailure(Mirror mirror, long failures, long now) {
        if (!mirror.scheduled()) {
            return null;
        }
        var first = settings.retryAfter().toMillis();
        var wait = Math.min(interval(mirror).toMillis(), first << Math.min(MOST_DOUBLINGS, failures - 1));
        return now + spread(Math.max(first, wait), SPREAD_OF_RETRIES);
    }

    /** Keeps mirrors that were set up together from running together for ever. */
    private static long spread(long millis, double share) {
        return Math.round(millis * (1 + ThreadLocalRandom.current().nextDouble(-share, share)));
    }

    /** Whether what is here has been another state than there for longer than two intervals, as far as anybody knows. */
    boolean isLate(Mirror mirror, long now) {
        var patience = 2 * interval(mirror).toMillis();
        var since = mirror.differingSince();
        return mirror.scheduled() && (now - lastGood(mirror) > patience || since != null && now - since > patience);
    }

    /** Milliseconds for which the two sides have differed or may have; 0 when the last run left them alike. */
    long lag(Mirror mirror, long now) {
        if (mirror.differingSince() != null) {
            return now - mirror.differingSince();
        }
        return mirror.failures() > 0 || isLate(mirror, now) ? now - lastGood(mirror) : 0;
    }

    /** {@code failing} after a failure, {@code late} when it has been behind for long, else {@code healthy}. */
    String state(Mirror mirror, long now) {
        if (mirror.failures() > 0) {
            return FAILING;
        }
        return isLate(mirror, now) ? LATE : HEALTHY;
    }

    private static long lastGood(Mirror mirror) {
        return mirror.lastSuccessAt() == null ? mirror.createdAt() : mirror.lastSuccessAt();
    }
}
