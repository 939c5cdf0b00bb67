package dev.granary.ui.settings;

import dev.granary.activity.EventListService.Entry;
import dev.granary.kernel.Page;
import dev.granary.ui.RepositoryPage;

/**
 * What happened in a repository.
 *
 * @param kind what is asked for: {@code pushes}, {@code requests}, {@code members}, {@code others}, or empty for all
 * @param number of this page, from 1
 * @param rows on a page
 */
public record EventsPage(RepositoryPage repository, String kind, Page<Entry> events, int number, int rows) {
    /** Where the page is. */
    public String address() {
        return repository.page("settings/events");
    }
}
