package dev.granary.repositories;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the caller's imports a list shows.
 *
 * @param createdAfter ISO date, or time with its offset; so the other three
 * @param search what the name of the source or the target must contain, whatever the case
 * @param orderBy {@code created_at} (also when absent), {@code source_repo_name} or {@code size}
 */
record ImportQuery(
        @Nullable String state,
        @Nullable String sourceType,
        @Nullable String createdAfter,
        @Nullable String createdBefore,
        @Nullable String finishedAfter,
        @Nullable String finishedBefore,
        @Nullable String search,
        @Nullable String orderBy,
        @Nullable String sort,
        Slice slice) {
    private static final int SEARCH_MAXIMUM = 512;
    private static final List<String> STATES = List.of("finished", "fail", "importing");
    private static final List<String> TYPES = List.of(
            "gitee",
            "self_managed_gitlab",
            "gitlab",
            "github",
            "git",
            "svn",
            "coding",
            "bitbucket",
            "gerrit",
            "codeup");
    private static final Map<String, String> COLUMNS =
            Map.of("created_at", "i.created_at", "source_repo_name", "i.source_name", "size", "r.size_bytes");

    /** What narrows the list in SQL, with its parameters put into the map. */
    String conditions(Map<String, Object> parameters) {
        var text = new StringBuilder();
        choice("state", state, STATES, parameters, text);
        choice("source_type", sourceType, TYPES, parameters, text);
        time("created_after", createdAfter, "i.created_at >", parameters, text);
        time("created_before", createdBefore, "i.created_at <", parameters, text);
        time("finished_after", finishedAfter, "i.finished_at >", parameters, text);
        time("finished_before", finishedBefore, "i.finished_at <", parameters, text);
        if (search != null && !search.isBlank()) {
            if (search.length() > SEARCH_MAXIMUM || search.chars().anyMatch(Character::isISOControl)) {
                throw Problem.invalid("search", "plain-text");
            }
            parameters.put(
                    "needle", "%" + search.strip().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%");
            text.append(" AND (lower(i.source_name) LIKE :needle ESCAPE '!' OR r.name_key LIKE :needle ESCAPE '!')");
        }
        return text.toString();
    }

    private static void choice(
            String field,
            @Nullable String value,
            List<String> allowed,
            Map<String, Object> parameters,
            StringBuilder text) {
        if (value == null || value.isEmpty()) {
            return;
        }
        if (!allowed.contains(value)) {
            throw Problem.invalid(field, "one-of", String.join(", ", allowed));
        }
        parameters.put(field, value);
        text.append(" AND i.").append(field).append(" = :").append(field);
    }

    private static void time(
            String field,
            @Nullable String value,
            String comparison,
            Map<String, Object> parameters,
            StringBuilder text) {
        if (value == null || value.isBlank()) {
            return;
        }
        parameters.put(field, millis(field, value.strip()));
        text.append(" AND ").append(comparison).append(" :").append(field);
    }

    private static long millis(String field, String value) {
        try {
            return value.length() <= "2000-01-01".length()
                    ? LocalDate.parse(value)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant()
                            .toEpochMilli()
                    // A plus sign arrives as a space where a client forgot to encode it.
                    : OffsetDateTime.parse(value.replace(' ', '+')).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw Problem.invalid(field, "date");
        }
    }

    /** The order in SQL, the latest first unless told otherwise. */
    String order() {
        var column = COLUMNS.get(orderBy == null || orderBy.isEmpty() ? "created_at" : orderBy);
        if (column == null) {
            throw Problem.invalid("order_by", "one-of", "created_at, source_repo_name, size");
        }
        var direction = sort == null || sort.isEmpty() ? "desc" : sort;
        if (!direction.equals("asc") && !direction.equals("desc")) {
            throw Problem.invalid("sort", "one-of", "asc, desc");
        }
        return " ORDER BY " + column + " " + direction + ", i.id " + direction;
    }
}
