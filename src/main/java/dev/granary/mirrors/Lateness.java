package dev.granary.mirrors;

import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.MirrorFacts;
import dev.granary.events.NewEvent;
import dev.granary.kernel.RemoteAddress;
import dev.granary.kernel.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices mirrors that become late, says so, and measures by how much. */
@Component
class Lateness {
    private static final Logger LOG = LoggerFactory.getLogger(Lateness.class);
    private static final long MILLIS = 1000;

    private final MirrorStore store;
    private final MirrorTimes times;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final Clock clock;
    private final AtomicLong longest = new AtomicLong();
    private final Map<String, AtomicLong> states = new HashMap<>();

    Lateness(
            MirrorStore store,
            MirrorTimes times,
            TransactionTemplate transaction,
            EventLog events,
            Clock clock,
            MeterRegistry meters) {
        this.store = store;
        this.times = times;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
        meters.gauge("granary.mirror.lag.seconds", longest);
        for (var state : List.of(MirrorTimes.HEALTHY, MirrorTimes.LATE, MirrorTimes.FAILING)) {
            var count = new AtomicLong();
            states.put(state, count);
            meters.gauge("granary.mirrors", Tags.of("state", state), count);
        }
    }

    /** Looks at all scheduled mirrors. */
    @Scheduled(fixedDelay = 15_000)
    void look() {
        var mirrors = store.scheduled();
        mirrors.forEach(this::look);
        var now = clock.millis();
        var counts = new HashMap<String, Long>();
        mirrors.forEach(mirror -> counts.merge(times.state(mirror, now), 1L, Long::sum));
        states.forEach((state, gauge) -> gauge.set(counts.getOrDefault(state, 0L)));
        longest.set(mirrors.stream()
                        .mapToLong(mirror -> times.lag(mirror, now))
                        .max()
                        .orElse(0)
                / MILLIS);
    }

    /** Looks at one; each change is told once, by the node that notices it first. */
    void look(Mirror known) {
        if (times.isLate(known, clock.millis()) == (known.lateSince() != null)) {
            return;
        }
        transaction
                .execute(_ -> store.byId(known.id()).filter(this::changes))
                .ifPresent(mirror -> tell(mirror, mirror.lateSince() == null));
    }

    /** As it is now, for it may have caught up since it was read. */
    private boolean changes(Mirror mirror) {
        var now = clock.millis();
        var late = times.isLate(mirror, now);
        if (late == (mirror.lateSince() != null) || !store.setLate(mirror.id(), late, now)) {
            return false;
        }
        events.record(new NewEvent(
                late ? EventKind.MIRROR_LATE : EventKind.MIRROR_RECOVERED,
                new Scope.Repository(mirror.repositoryId()),
                null,
                new MirrorFacts(
                        mirror.direction(),
                        RemoteAddress.shown(mirror.url()),
                        mirror.lastSuccessAt(),
                        mirror.failures(),
                        mirror.differingRefs())));
        return true;
    }

    private void tell(Mirror mirror, boolean late) {
        if (!late) {
            LOG.info("The mirror of repository {} ({}) has caught up", mirror.repositoryId(), mirror.direction());
            return;
        }
        var success = mirror.lastSuccessAt();
        LOG.warn(
                "The mirror of repository {} ({} {}) is late: last in step {}, {} failures since, {} refs differ",
                mirror.repositoryId(),
                mirror.direction(),
                RemoteAddress.shown(mirror.url()),
                success == null ? "never" : (clock.millis() - success) / MILLIS + " seconds ago",
                mirror.failures(),
                mirror.differingRefs());
    }
}
