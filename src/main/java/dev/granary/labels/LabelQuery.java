package dev.granary.labels;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which labels of a repository are asked for, and in which order.
 *
 * @param search what the name contains, whatever the case; empty: anything
 * @param notBefore the day, as ISO date, before which none may have expired; null: those are asked for, too
 */
record LabelQuery(String search, Sort sort, @Nullable String notBefore, Slice slice) {
    private static final int LONGEST_SEARCH = 255;
    private static final List<String> VIEWS = List.of("simple", "basic", "detail");

    /** The order of labels, named as on the wire. */
    enum Sort {
        NAME_ASC("name"),
        NAME_DESC("name DESC"),
        CREATED_ASC("created_at"),
        CREATED_DESC("created_at DESC"),
        UPDATED_ASC("updated_at"),
        UPDATED_DESC("updated_at DESC");

        private final String order;

        Sort(String order) {
            this.order = order;
        }

        /** For {@code ORDER BY}. */
        String order() {
            return order;
        }

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Sort ofKey(@Nullable String key) {
            if (key == null || key.isEmpty()) {
                return NAME_ASC;
            }
            return Arrays.stream(values())
                    .filter(sort -> sort.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> Problem.invalid(
                            "sort",
                            "one-of",
                            Arrays.stream(values()).map(Sort::key).collect(Collectors.joining(", "))));
        }
    }

    /**
     * Reads the parameters of a request.
     *
     * @param view how much is to be shown; all of it is in any case
     */
    static LabelQuery of(
            @Nullable String search,
            @Nullable String sort,
            @Nullable String view,
            @Nullable String notBefore,
            Slice slice) {
        if (view != null && !view.isEmpty() && !VIEWS.contains(view)) {
            throw Problem.invalid("view", "one-of", String.join(", ", VIEWS));
        }
        return new LabelQuery(Texts.line("search", search, 0, LONGEST_SEARCH), Sort.ofKey(sort), notBefore, slice);
    }
}
