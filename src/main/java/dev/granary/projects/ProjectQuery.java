package dev.granary.projects;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * The parameters of ProjectMan's list of projects, as they came. Empty ones count as absent.
 *
 * @param search part of a name or description, whatever its case
 * @param sort {@code name} or {@code created_on}, then {@code asc} or {@code desc}; absent: the newest first
 * @param archive {@code true} or {@code false}: no project is archived
 * @param queryType absent: the caller's own; {@code domain_projects}: all the caller may see; {@code absent}: those of
 *     them that the caller is no member of
 */
record ProjectQuery(
        @Nullable Integer offset,
        @Nullable Integer limit,
        @Nullable String search,
        @BindParam("project_type") @Nullable String projectType,
        @Nullable String sort,
        @Nullable String archive,
        @BindParam("query_type") @Nullable String queryType) {
    /** All the caller may see, as {@code query_type}. */
    static final String ALL = "domain_projects";

    private static final int DEFAULT_ROWS = 20;
    private static final int MOST_ROWS = 1000;
    private static final int MOST_SKIPPED = 1_000_000_000;
    private static final int LONGEST_SEARCH = 256;
    private static final Pattern SORT = Pattern.compile("(name|created_on)[ _,]?(asc|desc)");

    ProjectQuery {
        search = present(search);
        projectType = present(projectType);
        sort = present(sort);
        archive = present(archive);
        queryType = present(queryType);
    }

    /** Which projects a caller asks for. */
    enum Membership {
        MEMBER,
        NOT_MEMBER,
        ANY
    }

    /** Throws when a parameter is out of its bounds. */
    void check() {
        rows();
        skipped();
        needle();
        type();
        order();
        archived();
        membership();
    }

    int rows() {
        return bounded("limit", limit, DEFAULT_ROWS, 1, MOST_ROWS);
    }

    int skipped() {
        return bounded("offset", offset, 0, 0, MOST_SKIPPED);
    }

    Optional<String> needle() {
        return Optional.of(Texts.line("search", search, 0, LONGEST_SEARCH)).filter(text -> !text.isEmpty());
    }

    Optional<String> type() {
        if (projectType == null) {
            return Optional.empty();
        }
        if (!Project.TYPES.contains(projectType)) {
            throw oneOf("project_type", String.join(", ", Project.TYPES));
        }
        return Optional.of(projectType);
    }

    /** What stands after ORDER BY: built from known words, never from the parameter. */
    String order() {
        if (sort == null) {
            return "p.created_at DESC, p.id DESC";
        }
        var matcher = SORT.matcher(sort);
        if (!matcher.matches()) {
            throw oneOf("sort", "name asc, name desc, created_on asc, created_on desc");
        }
        var column = "name".equals(matcher.group(1)) ? "p.name_key" : "p.created_at";
        return "asc".equals(matcher.group(2)) ? column + ", p.id" : column + " DESC, p.id DESC";
    }

    boolean archived() {
        if (archive == null || archive.equals("false")) {
            return false;
        }
        if (archive.equals("true")) {
            return true;
        }
        throw oneOf("archive", "true, false");
    }

    Membership membership() {
        if (queryType == null) {
            return Membership.MEMBER;
        }
        return switch (queryType) {
            case ALL -> Membership.ANY;
            case "absent" -> Membership.NOT_MEMBER;
            default -> throw oneOf("query_type", "domain_projects, absent");
        };
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static int bounded(String field, @Nullable Integer value, int absent, int minimum, int maximum) {
        if (value == null) {
            return absent;
        }
        if (value < minimum || value > maximum) {
            throw Problem.invalid(field, "range", minimum, maximum);
        }
        return value;
    }

    private static Problem oneOf(String field, String values) {
        return Problem.invalid(field, "one-of", values);
    }
}
