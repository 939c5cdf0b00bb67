package dev.granary.storage;

import java.util.List;
import java.util.function.Consumer;

/** Hands rows out for statements that write several of them. */
public final class Batches {
    private Batches() {}

    /**
     * Hands out so many at a time, and what is left one by one: few different statements, so that prepared ones are used
     * again.
     */
    public static <T> void of(List<T> rows, int together, Consumer<List<T>> write) {
        var next = 0;
        for (; next + together <= rows.size(); next += together) {
            write.accept(rows.subList(next, next + together));
        }
        for (; next < rows.size(); next++) {
            write.accept(rows.subList(next, next + 1));
        }
    }
}
