package dev.granary.mirrors;

import dev.granary.jobs.JobRunner.Due;
import dev.granary.jobs.JobRunner.Lane;
import dev.granary.kernel.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Where runs wait. Those that may take long (imports, the first of a mirror, those of one that took long last time) have
 * half of the workers, so that they never hold up the many that take a moment.
 */
@Component
class MirrorLanes {
    static final String QUICK = "mirror";
    static final String LONG = "mirror-long";
    private static final long LONG_MILLIS = 30_000;

    /** What somebody asked for is done before all that the schedule wants. */
    private static final Duration URGENT = Duration.ofDays(1);

    private final List<Lane> lanes;

    MirrorLanes(Settings settings) {
        var workers = settings.mirrors().workers();
        var slow = Math.max(1, workers / 2);
        lanes = List.of(new Lane(QUICK, Math.max(1, workers - slow)), new Lane(LONG, slow));
    }

    List<Lane> all() {
        return lanes;
    }

    /** Due by the schedule. */
    Due due(Mirror mirror, long at) {
        return new Due(lane(mirror), Instant.ofEpochMilli(at));
    }

    /** Due because somebody waits for it. */
    Due urgent(Mirror mirror, long now) {
        return new Due(lane(mirror), Instant.ofEpochMilli(now).minus(URGENT));
    }

    /** Due because somebody waits for an import. */
    Due importing(long now) {
        return new Due(LONG, Instant.ofEpochMilli(now));
    }

    private static String lane(Mirror mirror) {
        return mirror.lastMillis() == null || mirror.lastMillis() > LONG_MILLIS ? LONG : QUICK;
    }
}
