package dev.granary.ui.review;

import dev.granary.kernel.Page;
import dev.granary.reviews.ListedRequest;
import dev.granary.reviews.RequestFilter;
import dev.granary.ui.RepositoryPage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A page of a repository's merge requests.
 *
 * @param states how many there are in each state
 * @param number of this page, from 1
 * @param rows on a page
 */
public record RequestListPage(
        RepositoryPage repository,
        RequestFilter filter,
        Page<ListedRequest> requests,
        Map<String, Long> states,
        int number,
        int rows) {
    public RequestListPage {
        states = Map.copyOf(states);
    }

    /** How many there are in a state. */
    public long count(String state) {
        return state.equals("all")
                ? states.values().stream().mapToLong(Long::longValue).sum()
                : states.getOrDefault(state, 0L);
    }

    /** The address of the same list in a state, for a page number to be put behind. */
    public String address(String state) {
        var query = new StringBuilder(repository.page("merge_requests"))
                .append("?state=")
                .append(encode(state));
        add(query, "author", filter.author());
        add(query, "assignee", filter.assignee());
        add(query, "reviewer", filter.reviewer());
        add(query, "label", filter.label());
        add(query, "search", filter.search());
        add(query, "order", filter.order());
        return query.toString();
    }

    /** Whether anything but the state is asked for. */
    public boolean filtered() {
        return !(filter.author() + filter.assignee() + filter.reviewer() + filter.label() + filter.search()).isEmpty();
    }

    private static void add(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append('&').append(name).append('=').append(encode(value));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
