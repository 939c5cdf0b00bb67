package dev.granary.statistics;

import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.statistics.AuthorStore.Filter;
import dev.granary.statistics.AuthorStore.LanguageTotal;
import dev.granary.statistics.AuthorStore.Order;
import dev.granary.statistics.StatisticsOverview.Author;
import dev.granary.statistics.StatisticsOverview.Share;
import dev.granary.statistics.StatisticsOverview.Week;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;

/** Puts what is recorded of default branches together for the page. */
@Service
public class StatisticsOverviewService {
    private static final int WEEKS = 26;
    private static final int DAYS = 7;
    private static final double PERCENT = 100;
    private static final String UNKNOWN_COLOR = "#8b949e";
    private static final Filter MOST_ACTIVE = new Filter(false, "", Order.COMMITS, true);
    private static final Slice AUTHORS = new Slice(0, 50);

    private final StatisticsService statistics;
    private final AuthorStore authors;
    private final Languages languages;
    private final Clock clock;

    StatisticsOverviewService(StatisticsService statistics, AuthorStore authors, Languages languages, Clock clock) {
        this.statistics = statistics;
        this.authors = authors;
        this.languages = languages;
        this.clock = clock;
    }

    /**
     * A repository's default branch; empty while there is none.
     *
     * @throws Problem {@link ErrorCode#BUSY} while it is counted for the first time
     */
    public Optional<StatisticsOverview> find(Caller caller, long repositoryId) {
        var files = statistics.files(caller, repositoryId);
        var event = files.event();
        if (event == null) {
            return Optional.empty();
        }
        var active = authors.list(event.id(), MOST_ACTIVE, AUTHORS);
        return Optional.of(new StatisticsOverview(
                active.items().stream()
                        .map(author -> new Author(
                                author.name(),
                                author.commits(),
                                author.additions(),
                                author.deletions(),
                                author.lastAt()))
                        .toList(),
                active.total(),
                authors.commits(event.id()),
                shares(files.languages()),
                weeks(event.id())));
    }

    private List<Share> shares(List<LanguageTotal> totals) {
        var known = totals.stream().filter(total -> !total.name().isEmpty()).toList();
        var all = known.stream().mapToLong(LanguageTotal::bytes).sum();
        return known.stream()
                .filter(total -> total.bytes() > 0)
                .map(total -> new Share(
                        total.name(),
                        languages.named(total.name()).map(Language::color).orElse(UNKNOWN_COLOR),
                        PERCENT * total.bytes() / all))
                .toList();
    }

    private List<Week> weeks(long statisticsId) {
        var last = Days.day(clock.millis());
        var first = last - (long) WEEKS * DAYS + 1;
        var added = new long[WEEKS];
        var deleted = new long[WEEKS];
        for (var day : authors.days(statisticsId, first, last)) {
            var week = (int) (day.day() - first) / DAYS;
            added[week] += day.additions();
            deleted[week] += day.deletions();
        }
        return IntStream.range(0, WEEKS)
                .mapToObj(week -> new Week(first + (long) week * DAYS, added[week], deleted[week]))
                .toList();
    }
}
