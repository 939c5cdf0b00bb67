package dev.granary.repositories;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which templates are asked for.
 *
 * @param projectId null: of any project
 * @param system null: both those of administrators and others
 * @param pipeline null: whether a pipeline builds them or not
 * @param search what the title contains, whatever the case; empty: anything
 * @param platform empty: any; so the language and the kind
 * @param order for {@code ORDER BY}
 */
record TemplateQuery(
        @Nullable Long projectId,
        @Nullable Boolean system,
        @Nullable Boolean pipeline,
        String search,
        String platform,
        String language,
        String kind,
        String order,
        Slice slice) {
    private static final int LONGEST = 50;
    private static final List<String> DIRECTIONS = List.of("up", "down");

    /** Everything of a project. */
    static TemplateQuery ofProject(long projectId, Slice slice) {
        return new TemplateQuery(projectId, null, null, "", "", "", "", "t.shared_at", slice);
    }

    /**
     * The parameters of a request, as they come.
     *
     * @param kind {@code enter_type} on the wire
     * @param type SYSTEM, USER or both with a comma; absent: both
     * @param dateOrder up or down; absent: down
     * @param usedOrder up or down, before the date; absent: the date alone counts
     */
    record Parameters(
            @Nullable String platform,
            @Nullable String language,
            @Nullable String pipeline,
            @Nullable String kind,
            @Nullable String search,
            @Nullable String dateOrder,
            @Nullable String usedOrder,
            @Nullable String type) {}

    static TemplateQuery of(Parameters asked, @Nullable Long projectId, Slice slice) {
        return new TemplateQuery(
                projectId,
                system(asked.type()),
                pipeline(asked.pipeline()),
                text("search", asked.search()),
                text("platform", asked.platform()),
                text("language", asked.language()),
                text("enter_type", asked.kind()),
                order(asked),
                slice);
    }

    private static String text(String field, @Nullable String text) {
        return Texts.line(field, text, 0, LONGEST);
    }

    private static @Nullable Boolean system(@Nullable String type) {
        if (type == null || type.isEmpty()) {
            return null;
        }
        var types = Arrays.asList(type.split(",", -1));
        if (!List.of("SYSTEM", "USER").containsAll(types)) {
            throw Problem.invalid("type", "one-of", "SYSTEM,USER; SYSTEM; USER");
        }
        return types.contains("SYSTEM") && types.contains("USER") ? null : Boolean.valueOf(types.contains("SYSTEM"));
    }

    private static @Nullable Boolean pipeline(@Nullable String pipeline) {
        if (pipeline == null || pipeline.isEmpty()) {
            return null;
        }
        return switch (pipeline) {
            case "SupportPipeline" -> true;
            case "UnsupportedPipeline" -> false;
            default -> throw Problem.invalid("pipeline", "one-of", "SupportPipeline, UnsupportedPipeline");
        };
    }

    private static String order(Parameters asked) {
        var date = "t.shared_at" + direction("date_order", asked.dateOrder());
        return asked.usedOrder() == null || asked.usedOrder().isEmpty()
                ? date
                : "t.used_times" + direction("used_time_order", asked.usedOrder()) + ", " + date;
    }

    private static String direction(String field, @Nullable String direction) {
        if (direction == null || direction.isEmpty()) {
            return " DESC";
        }
        if (!DIRECTIONS.contains(direction)) {
            throw Problem.invalid(field, "one-of", String.join(", ", DIRECTIONS));
        }
        return direction.equals("up") ? "" : " DESC";
    }
}
