package dev.granary.repositories;

import dev.granary.api.Failures;
import dev.granary.jobs.JobOverview;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Tells administrators which repositories this node tidies up. */
@Component
class HousekeepingJobs implements JobOverview {
    private final HousekeepingService housekeeping;
    private final Failures texts;

    HousekeepingJobs(HousekeepingService housekeeping, Failures texts) {
        this.housekeeping = housekeeping;
        this.texts = texts;
    }

    @Override
    public String kind() {
        return "housekeeping";
    }

    @Override
    public Work now(Locale locale, int most) {
        return Work.of(
                housekeeping.busy(),
                housekeeping.failed(),
                housekeeping.waiting(),
                texts.text("job.tried-again", locale),
                most);
    }
}
