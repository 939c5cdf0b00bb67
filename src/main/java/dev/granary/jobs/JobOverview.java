package dev.granary.jobs;

import dev.granary.kernel.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells administrators of one kind of work in the background: what is done, what waits, what went wrong. */
public interface JobOverview {
    /** The name of the kind: {@code mirrors}, for example. */
    String kind();

    /**
     * How the work goes now.
     *
     * @param most how much to list of what is in each state; there may be more
     */
    Work now(Locale locale, int most);

    /** What a piece of work is in. */
    enum State {
        RUNNING,
        FAILED,
        WAITING
    }

    /**
     * A piece of work.
     *
     * @param scope what it is about
     * @param detail what it is, in a technical word or two: {@code fetch} or the name of a ref; may be empty
     * @param since when it came to that state, epoch milliseconds; null where nobody knows
     * @param why what went wrong, as a text; null for nothing
     */
    record Item(
            State state,
            Scope scope,
            String detail,
            @Nullable Long since,
            @Nullable String why) {}

    /**
     * All work of a kind.
     *
     * @param items some of it: what runs first, then what failed, then what waits
     */
    record Work(long running, long failed, long waiting, List<Item> items) {
        public Work {
            items = List.copyOf(items);
        }

        /**
         * Work of which only the repositories are known.
         *
         * @param running their ids; so {@code failed} and {@code waiting}
         * @param why what is said of those that failed
         */
        public static Work of(
                Collection<Long> running, Collection<Long> failed, Collection<Long> waiting, String why, int most) {
            return new Work(
                    running.size(),
                    failed.size(),
                    waiting.size(),
                    Stream.of(
                                    items(State.RUNNING, running, null, most),
                                    items(State.FAILED, failed, why, most),
                                    items(State.WAITING, waiting, null, most))
                            .flatMap(items -> items)
                            .toList());
        }

        private static Stream<Item> items(State state, Collection<Long> ids, @Nullable String why, int most) {
            return ids.stream().limit(most).map(id -> new Item(state, new Scope.Repository(id), "", null, why));
        }
    }
}
