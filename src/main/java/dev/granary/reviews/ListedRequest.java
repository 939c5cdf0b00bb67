package dev.granary.reviews;

import dev.granary.repositories.HostedRepository;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge request in a list that people look at.
 *
 * @param repository where it is to be merged into
 * @param author who made it; empty when that account is gone
 * @param discussions how many there are
 * @param unresolved how many of them are yet to be resolved
 * @param pipeline what builders said last of its head; null when nothing
 */
public record ListedRequest(
        MergeRequest request,
        HostedRepository repository,
        String author,
        List<Label> labels,
        long discussions,
        long unresolved,
        @Nullable String pipeline) {
    public ListedRequest {
        labels = List.copyOf(labels);
    }

    /**
     * A label.
     *
     * @param color {@code #RRGGBB} or {@code #RGB}
     */
    public record Label(String name, String color) {}
}
