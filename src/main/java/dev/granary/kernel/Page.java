package dev.granary.kernel;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list that was paged in the database.
 *
 * @param items the rows of this page, in order
 * @param total how many rows there are on all pages together
 */
public record Page<T>(List<T> items, long total) {
    public Page {
        items = List.copyOf(items);
    }

    /** The same page with each row turned into its form for the wire. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        return new Page<>(items.stream().<R>map(mapper).toList(), total);
    }
}
