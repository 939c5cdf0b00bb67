package dev.granary.mirrors;

import dev.granary.api.Failures;
import dev.granary.jobs.JobOverview;
import dev.granary.jobs.JobOverview.Item;
import dev.granary.jobs.JobOverview.State;
import dev.granary.jobs.JobOverview.Work;
import dev.granary.kernel.Scope;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells administrators how mirrors and imports go. */
@Configuration(proxyBeanMethods = false)
class RunOverviews {
    private final RunOverviewStore store;
    private final Failures failures;

    RunOverviews(RunOverviewStore store, Failures failures) {
        this.store = store;
        this.failures = failures;
    }

    @Bean
    JobOverview mirrorOverview() {
        return new Runs("mirrors", false);
    }

    @Bean
    JobOverview importOverview() {
        return new Runs("imports", true);
    }

    private final class Runs implements JobOverview {
        private final String kind;
        private final boolean imports;

        Runs(String kind, boolean imports) {
            this.kind = kind;
            this.imports = imports;
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public Work now(Locale locale, int most) {
            return new Work(
                    store.count(imports, State.RUNNING),
                    store.count(imports, State.FAILED),
                    store.count(imports, State.WAITING),
                    Stream.of(State.values())
                            .flatMap(state -> store.list(imports, state, most).stream()
                                    .map(row -> new Item(
                                            state,
                                            new Scope.Repository(row.repositoryId()),
                                            row.direction(),
                                            row.since(),
                                            failures.text(row.errorKey(), row.errorArguments(), locale))))
                            .toList());
        }
    }
}
