package dev.granary.statistics;

import java.util.HashMap;
import java.util.Map;

/** Commits and lines by author and day, to be added to what is recorded or taken from it. Not for several threads. */
final class Tally {
    private final Map<Author, Map<Long, Day>> authors = new HashMap<>();

    /** Whoever signs commits by a name and an address. */
    record Author(String name, String email) {}

    /** What an author did on a day. Times are epoch milliseconds. */
    record Day(long commits, long merges, long additions, long deletions, long firstAt, long lastAt) {
        private Day plus(Day other) {
            return new Day(
                    commits + other.commits,
                    merges + other.merges,
                    additions + other.additions,
                    deletions + other.deletions,
                    Math.min(firstAt, other.firstAt),
                    Math.max(lastAt, other.lastAt));
        }
    }

    /** Counts something. */
    void add(Author author, long day, Day done) {
        authors.computeIfAbsent(author, _ -> new HashMap<>()).merge(day, done, Day::plus);
    }

    /** What was counted: authors with the days on which they did something, as days since 1970-01-01. */
    Map<Author, Map<Long, Day>> authors() {
        return authors;
    }
}
