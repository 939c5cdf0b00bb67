package dev.granary.repositories;

import dev.granary.kernel.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a repository may be called. Names stand in addresses, so the rule is narrower than the file system's. */
final class RepositoryNames {
    private static final int MAXIMUM = 256;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final List<String> RESERVED_ENDINGS = List.of(".git", ".atom", ".lock", ".");

    private RepositoryNames() {}

    /**
     * Returns the name or throws.
     *
     * @param field what the name is called on the wire
     */
    static String require(String field, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        problem(field, name).ifPresent(problem -> {
            throw problem;
        });
        return name;
    }

    /** Why a name is not allowed; empty when it is. */
    static Optional<Problem> problem(String field, String name) {
        if (name.isEmpty() || name.length() > MAXIMUM) {
            return Optional.of(Problem.invalid(field, "length", 1, MAXIMUM));
        }
        var lowerCase = name.toLowerCase(Locale.ROOT);
        return FORM.matcher(name).matches()
                        && !name.contains("..")
                        && RESERVED_ENDINGS.stream().noneMatch(lowerCase::endsWith)
                ? Optional.empty()
                : Optional.of(Problem.invalid(field, "repository-name"));
    }
}
