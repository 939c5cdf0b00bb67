package dev.granary.reviews;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What clients say about merge requests, checked before it is stored. */
final class RequestInputs {
    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_DESCRIPTION = 20_000;
    private static final int LONGEST_MESSAGE = 10_000;
    private static final int LONGEST_BRANCH = 200;
    private static final int LONGEST_LABEL = 255;
    private static final int MOST_ENTRIES = 100;
    private static final Pattern UNFINISHED =
            Pattern.compile("(?i)^\\s*(\\[(wip|draft)]|\\((wip|draft)\\)|(wip|draft)\\s*:)");

    private RequestInputs() {}

    static String title(@Nullable String title) {
        return Texts.line("title", title, 1, LONGEST_TITLE);
    }

    /** Whether a title says that the work goes on: it begins with {@code WIP:}, {@code [WIP]} or the same with draft. */
    static boolean isUnfinished(String title) {
        return UNFINISHED.matcher(title).find();
    }

    static String description(@Nullable String description) {
        return Texts.lines("description", description, LONGEST_DESCRIPTION);
    }

    static String squashMessage(@Nullable String message) {
        return Texts.lines("squash_commit_message", message, LONGEST_MESSAGE);
    }

    /** The name of a branch, without {@code refs/heads/}. */
    static String branch(String field, @Nullable String name) {
        var branch = Texts.line(field, name, 1, LONGEST_BRANCH);
        return branch.startsWith("refs/heads/") ? branch.substring("refs/heads/".length()) : branch;
    }

    static void milestone(@Nullable Long id) {
        if (id != null && id != 0) {
            throw Problem.invalid("milestone_id", "no-milestones");
        }
    }

    /** The entries of a list in one text, separated by commas. */
    static List<String> list(String field, @Nullable String text) {
        if (text == null) {
            return List.of();
        }
        var entries = Arrays.stream(text.split(",", 2 * MOST_ENTRIES + 2))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .distinct()
                .toList();
        if (entries.size() > MOST_ENTRIES) {
            throw Problem.invalid(field, "maximum-count", MOST_ENTRIES);
        }
        return entries;
    }

    /** Names of labels, as a list or as one text. */
    static List<String> labels(@Nullable Object labels) {
        var names = new ArrayList<String>();
        switch (labels) {
            case null -> {}
            case String text -> names.addAll(list("labels", text));
            case List<?> entries -> {
                for (var entry : entries) {
                    if (!(entry instanceof String name)) {
                        throw Problem.invalid("labels", "type");
                    }
                    names.add(name);
                }
            }
            default -> throw Problem.invalid("labels", "type");
        }
        if (names.size() > MOST_ENTRIES) {
            throw Problem.invalid("labels", "maximum-count", MOST_ENTRIES);
        }
        return names.stream()
                .map(name -> Texts.line("labels", name, 1, LONGEST_LABEL))
                .distinct()
                .toList();
    }
}
