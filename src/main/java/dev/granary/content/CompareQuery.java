package dev.granary.content;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * What is to be compared, and what of it is to be shown.
 *
 * @param direct whether the two revisions themselves are compared; otherwise the second with where it left the first
 * @param paths only files that have or had one of these paths; empty for all
 */
record CompareQuery(
        String from,
        String to,
        boolean direct,
        boolean ignoreWhitespaceChange,
        View view,
        boolean countsLines,
        List<String> paths,
        Slice slice) {
    /** What is shown beside the counts. */
    enum View {
        COUNT("count"),
        COMMITS("commits"),
        DIFFS("diffs"),
        FILES("files"),
        COMMITS_AND_DIFFS("commits,diffs");

        private final String wireName;

        View(String wireName) {
            this.wireName = wireName;
        }

        boolean commits() {
            return this == COMMITS || this == COMMITS_AND_DIFFS;
        }

        boolean diffs() {
            return this == DIFFS || this == COMMITS_AND_DIFFS;
        }
    }

    /** Compares two revisions, and shows commits and differences. */
    static CompareQuery of(String from, String to, @Nullable String type, boolean direct, Slice slice) {
        return new CompareQuery(
                revision("from", from, type),
                revision("to", to, type),
                direct,
                false,
                View.COMMITS_AND_DIFFS,
                false,
                List.of(),
                slice);
    }

    private static String revision(String field, String name, @Nullable String type) {
        if (name.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        return switch (Objects.requireNonNullElse(type, "")) {
            case "branch" -> Constants.R_HEADS + name;
            case "tag" -> Constants.R_TAGS + name;
            case "", "commit" -> name;
            default -> throw Problem.invalid("compare_type", "one-of", "branch, commit, tag");
        };
    }

    /** Whether a path is one of those asked for. */
    boolean isAbout(String path) {
        return paths.isEmpty() || paths.contains(path);
    }

    CompareQuery showing(@Nullable String name, boolean onlyCount, boolean whitespace) {
        var shown = onlyCount ? View.COUNT : name == null || name.isEmpty() ? view : view(name);
        return new CompareQuery(from, to, direct, whitespace, shown, countsLines, paths, slice);
    }

    private static View view(String name) {
        return Arrays.stream(View.values())
                .filter(candidate -> candidate.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "view",
                        "one-of",
                        Arrays.stream(View.values()).map(each -> each.wireName).collect(Collectors.joining("; "))));
    }

    CompareQuery counting(@Nullable String additional) {
        var counted = "change_lines".equals(additional);
        if (!counted && additional != null && !additional.isEmpty()) {
            throw Problem.invalid("additional_fields", "one-of", "change_lines");
        }
        return new CompareQuery(from, to, direct, ignoreWhitespaceChange, view, counted, paths, slice);
    }

    /** Only a file, or one that was renamed: its old and its new path, separated by a comma. */
    CompareQuery touching(@Nullable String path) {
        if (path == null || path.isEmpty()) {
            return this;
        }
        var whole = FilePath.stored("file_path", path).text();
        var comma = whole.indexOf(',');
        var all = comma < 0 ? List.of(whole) : List.of(whole, whole.substring(0, comma), whole.substring(comma + 1));
        return new CompareQuery(from, to, direct, ignoreWhitespaceChange, view, countsLines, all, slice);
    }
}
