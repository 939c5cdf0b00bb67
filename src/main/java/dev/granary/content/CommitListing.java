package dev.granary.content;

import dev.granary.commits.CommitView;
import java.util.List;

/** One page of commits in v4's form and the days they were made on. */
record CommitListing(List<CommitView> commits, List<Day> dateTitle) {

    /** How many commits of a page were made on a day of the server's time zone, for example {@code 2024-01-31}. */
    record Day(String day, int commitsCount) {}
}
