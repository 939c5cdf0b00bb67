package dev.granary.webhooks;

import dev.granary.jobs.JobOverview;
import java.time.Clock;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells administrators which webhooks are being told something or fail, and how many deliveries wait. */
@Component
class WebhookJobs implements JobOverview {
    private final WebhookOverviewStore store;
    private final Clock clock;

    WebhookJobs(WebhookOverviewStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "webhooks";
    }

    @Override
    public Work now(Locale locale, int most) {
        var now = clock.millis();
        return new Work(
                store.count(State.RUNNING, now),
                store.count(State.FAILED, now),
                store.waiting(),
                Stream.of(State.values())
                        .flatMap(state -> store.list(state, now, most).stream())
                        .toList());
    }
}
