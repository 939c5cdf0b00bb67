package dev.granary.statistics;

import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.storage.RecordMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what was counted by author, day and language. */
@Component
class AuthorStore {
    private static final RecordMapper<AuthorTotal> TOTAL = RecordMapper.of(AuthorTotal.class);
    private static final RecordMapper<DayLines> DAY = RecordMapper.of(DayLines.class);
    private static final RecordMapper<LanguageTotal> LANGUAGE = RecordMapper.of(LanguageTotal.class);

    private final JdbcClient jdbc;

    AuthorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All that an author did. Times are epoch milliseconds. */
    record AuthorTotal(
            long id,
            String name,
            String email,
            long commits,
            long additions,
            long deletions,
            long firstAt,
            long lastAt) {}

    /** The lines of a day since 1970-01-01. */
    record DayLines(long day, long additions, long deletions) {}

    /** The files of a language; the empty name stands for those of none. */
    record LanguageTotal(String name, long bytes, long lines) {}

    /** By what authors are sorted. */
    enum Order {
        NAME("a.name"),
        EMAIL("a.email"),
        COMMITS("commits");

        private final String column;

        Order(String column) {
            this.column = column;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Which authors are asked for.
     *
     * @param withoutMerges whether merges do not count
     * @param search a part of the name or the address, in lower case; empty for any
     */
    record Filter(boolean withoutMerges, String search, Order order, boolean descending) {
        private static final int LONGEST_SEARCH = 255;

        /** As clients say it; unless they say otherwise, those of the most commits come first. */
        static Filter of(
                boolean withoutMerges, @Nullable String search, @Nullable String order, @Nullable String sort) {
            var by = order == null || order.isEmpty()
                    ? Order.COMMITS
                    : Arrays.stream(Order.values())
                            .filter(known -> known.key().equals(order))
                            .findFirst()
                            .orElseThrow(() -> Problem.invalid("order_by", "one-of", "name, email, commits"));
            var descending = switch (sort == null ? "" : sort) {
                case "" -> by == Order.COMMITS;
                case "asc" -> false;
                case "desc" -> true;
                default -> throw Problem.invalid("sort", "one-of", "asc, desc");
            };
            return new Filter(
                    withoutMerges,
                    Texts.line("author", search, 0, LONGEST_SEARCH).toLowerCase(Locale.ROOT),
                    by,
                    descending);
        }
    }

    /** Authors of a ref, with what they did. */
    Page<AuthorTotal> list(long statisticsId, Filter filter, Slice slice) {
        var commits = filter.withoutMerges() ? "sum(d.commits) - sum(d.merges)" : "sum(d.commits)";
        var direction = filter.descending() ? " DESC" : "";
        var grouped = """
            SELECT a.id, a.name, a.email, %s AS commits, sum(d.additions) AS additions, sum(d.deletions) AS deletions,
              min(d.first_at) AS first_at, max(d.last_at) AS last_at
            FROM ref_author a JOIN ref_author_day d ON d.author_id = a.id
            WHERE a.statistics_id = :statistics AND a.search_key LIKE :search ESCAPE '!'
            GROUP BY a.id, a.name, a.email HAVING %s > 0
            """.formatted(commits, commits);
        var search = "%" + filter.search().replaceAll("([!%_])", "!$1") + "%";
        var total = jdbc.sql("SELECT count(*) FROM (" + grouped + ") counted")
                .param("statistics", statisticsId)
                .param("search", search)
                .query(Long.class)
                .single();
        var items = jdbc.sql(grouped + " ORDER BY " + filter.order().column + direction + ", a.id LIMIT :limit OFFSET "
                        + ":offset")
                .param("statistics", statisticsId)
                .param("search", search)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(TOTAL)
                .list();
        return new Page<>(items, total);
    }

    /** The lines of the days between two, both included; days without commits are missing. */
    List<DayLines> days(long statisticsId, long first, long last) {
        return jdbc.sql("""
            SELECT d.day, sum(d.additions) AS additions, sum(d.deletions) AS deletions
            FROM ref_author a JOIN ref_author_day d ON d.author_id = a.id
            WHERE a.statistics_id = :statistics AND d.day BETWEEN :first AND :last
            GROUP BY d.day ORDER BY d.day
            """)
                .param("statistics", statisticsId)
                .param("first", first)
                .param("last", last)
                .query(DAY)
                .list();
    }

    /** The commits of a ref. */
    long commits(long statisticsId) {
        return jdbc.sql("""
            SELECT coalesce(sum(d.commits), 0) FROM ref_author a JOIN ref_author_day d ON d.author_id = a.id
            WHERE a.statistics_id = :statistics
            """).param("statistics", statisticsId).query(Long.class).single();
    }

    /** The languages of a ref, those of the most bytes first. */
    List<LanguageTotal> languages(long statisticsId) {
        return jdbc.sql("""
            SELECT name, bytes, lines FROM ref_language WHERE statistics_id = :statistics AND bytes > 0
            ORDER BY bytes DESC, name
            """).param("statistics", statisticsId).query(LANGUAGE).list();
    }
}
