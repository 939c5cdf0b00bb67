package dev.granary.projects;

import dev.granary.kernel.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What repositories and groups may be called. Names stand in addresses, so the rule is narrower than the file system's. */
public final class PlaceNames {
    private static final int MAXIMUM = 256;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final List<String> RESERVED_ENDINGS = List.of(".git", ".atom", ".lock", ".");

    /** What Git clients and pages put behind an address; a group of such a name would hide it. */
    private static final Set<String> RESERVED_GROUPS = Set.of(
            "git-receive-pack",
            "git-upload-archive",
            "git-upload-pack",
            "groups",
            "info",
            "members",
            "new",
            "objects",
            "repositories",
            "settings");

    private PlaceNames() {}

    /**
     * Returns the name or throws.
     *
     * @param field what the name is called on the wire
     */
    public static String require(String field, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        problem(field, name).ifPresent(problem -> {
            throw problem;
        });
        return name;
    }

    /** The same for a group, of which some more names are not allowed. */
    static String requireForGroup(String field, @Nullable String name) {
        var good = require(field, name);
        if (RESERVED_GROUPS.contains(good.toLowerCase(Locale.ROOT))) {
            throw Problem.invalid(field, "reserved");
        }
        return good;
    }

    /** Why a name is not allowed; empty when it is. */
    public static Optional<Problem> problem(String field, String name) {
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

    /**
     * A place as people read it, for example {@code My project / tools / build}.
     *
     * @param path the whole path, beginning with the project's
     */
    public static String readable(String projectName, String path) {
        var slash = path.indexOf('/');
        return slash < 0
                ? projectName
                : projectName + " / " + path.substring(slash + 1).replace("/", " / ");
    }

    /** The last segment of a path. */
    public static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
