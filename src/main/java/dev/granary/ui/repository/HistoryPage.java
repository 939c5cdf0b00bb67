package dev.granary.ui.repository;

import dev.granary.commits.Commit;
import dev.granary.content.BrowseService.Place;
import dev.granary.ui.RepositoryPage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A part of the history of a file or folder.
 *
 * @param search what the messages contain; empty for all
 * @param offset how many newer commits there are
 * @param older how many commits are left out on the page with older ones; 0 where there are none
 */
public record HistoryPage(
        RepositoryPage repository, Place place, String search, List<Commit> commits, long offset, long older) {
    public HistoryPage {
        commits = List.copyOf(commits);
    }

    /** The page that begins after so many commits. */
    public String address(long from) {
        return "?" + (search.isEmpty() ? "" : "search=" + URLEncoder.encode(search, StandardCharsets.UTF_8) + "&")
                + "offset=" + from;
    }
}
