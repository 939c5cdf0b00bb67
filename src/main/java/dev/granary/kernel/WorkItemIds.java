package dev.granary.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ids of work items that clients send: what a tracker calls its tickets, of any form. */
public final class WorkItemIds {
    /** The most characters of one. */
    public static final int LONGEST = 100;

    /** The most of one request. */
    public static final int MOST = 100;

    private WorkItemIds() {}

    /**
     * Ids as they may be stored, each once; absent is none.
     *
     * @param field what they are called on the wire
     */
    public static List<String> checked(String field, @Nullable List<@Nullable String> ids) {
        if (ids == null) {
            return List.of();
        }
        if (ids.size() > MOST) {
            throw Problem.invalid(field, "maximum-count", MOST);
        }
        return ids.stream().map(id -> checked(field, id)).distinct().toList();
    }

    /** One id as it may be stored. */
    public static String checked(String field, @Nullable String id) {
        return Texts.line(field, id, 1, LONGEST);
    }
}
