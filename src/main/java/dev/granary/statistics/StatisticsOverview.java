package dev.granary.statistics;

import java.util.List;

/**
 * A repository's default branch in numbers, as the page shows them.
 *
 * @param authors those of the most commits
 * @param authorCount how many there are
 * @param languages those of the most bytes first
 * @param weeks the last half year, the oldest first
 */
public record StatisticsOverview(
        List<Author> authors, long authorCount, long commits, List<Share> languages, List<Week> weeks) {
    public StatisticsOverview {
        authors = List.copyOf(authors);
        languages = List.copyOf(languages);
        weeks = List.copyOf(weeks);
    }

    /** Somebody who made commits, the last of them at a time in epoch milliseconds. */
    public record Author(String name, long commits, long additions, long deletions, long lastAt) {}

    /**
     * A language.
     *
     * @param color as charts show it, for example {@code #b07219}
     * @param percent of the bytes of all languages
     */
    public record Share(String name, String color, double percent) {}

    /** Lines that changed in seven days, of which the first is given in days since 1970-01-01. */
    public record Week(long day, long additions, long deletions) {}
}
