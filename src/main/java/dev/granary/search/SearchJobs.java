package dev.granary.search;

import dev.granary.api.Failures;
import dev.granary.jobs.JobOverview;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Tells administrators which repositories are behind in this node's index. */
@Component
class SearchJobs implements JobOverview {
    private final SearchIndexUpdater updater;
    private final Failures texts;

    SearchJobs(SearchIndexUpdater updater, Failures texts) {
        this.updater = updater;
        this.texts = texts;
    }

    @Override
    public String kind() {
        return "search";
    }

    @Override
    public Work now(Locale locale, int most) {
        return Work.of(
                updater.current().stream().toList(),
                updater.failed(),
                updater.waiting(),
                texts.text("job.not-indexed", locale),
                most);
    }
}
