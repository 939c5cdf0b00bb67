package dev.granary.statistics;

import dev.granary.jobs.JobOverview;
import dev.granary.kernel.Scope;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells administrators which branches and tags are to be counted. A failure is only logged, and then waits. */
@Component
class StatisticsJobs implements JobOverview {
    private static final String ACTIVE = "active";
    private static final String WAITING = "waiting";

    private final RefStatisticsStore store;

    StatisticsJobs(RefStatisticsStore store) {
        this.store = store;
    }

    @Override
    public String kind() {
        return "statistics";
    }

    @Override
    public Work now(Locale locale, int most) {
        return new Work(
                store.count(ACTIVE),
                0,
                store.count(WAITING),
                Stream.concat(items(State.RUNNING, ACTIVE, most), items(State.WAITING, WAITING, most))
                        .toList());
    }

    private Stream<Item> items(State state, String status, int most) {
        return store.unfinished(status, most).stream()
                .map(row -> new Item(
                        state, new Scope.Repository(row.repositoryId()), row.fullName(), row.updatedAt(), null));
    }
}
