package dev.granary.projects;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which groups a list shows.
 *
 * @param needle what the name must contain, whatever the case; empty: anything
 * @param everything whether groups are shown in which the caller has no role
 * @param starred only starred ones, of which there are none
 * @param owned only those the caller owns
 * @param order what stands after ORDER BY: built from known words
 */
record GroupQuery(String needle, boolean everything, boolean starred, boolean owned, String order) {
    private static final int LONGEST_SEARCH = 256;
    private static final Map<String, String> COLUMNS = Map.of(
            "name", "lower(g.name)",
            "path", "lower(g.path)",
            "id", "g.id",
            "created_at", "g.created_at",
            "updated_at", "g.updated_at");

    /** Reads the parameters of the list; without an order, the names from A to Z. */
    static GroupQuery of(
            @Nullable String search,
            @Nullable String orderBy,
            @Nullable String sort,
            @Nullable Boolean allAvailable,
            @Nullable Boolean starred,
            @Nullable Boolean owned) {
        var column = COLUMNS.get(word(orderBy, "name"));
        if (column == null) {
            throw Problem.invalid("order_by", "one-of", "name, path, id, created_at, updated_at");
        }
        var direction = word(sort, "asc");
        if (!direction.equals("asc") && !direction.equals("desc")) {
            throw Problem.invalid("sort", "one-of", "asc, desc");
        }
        return new GroupQuery(
                Texts.line("search", search, 0, LONGEST_SEARCH),
                Boolean.TRUE.equals(allAvailable),
                Boolean.TRUE.equals(starred),
                Boolean.TRUE.equals(owned),
                column + " " + direction + ", g.id " + direction);
    }

    private static String word(@Nullable String text, String absent) {
        return text == null || text.isEmpty() ? absent : text.toLowerCase(Locale.ROOT);
    }
}
