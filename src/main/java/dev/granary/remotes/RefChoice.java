package dev.granary.remotes;

import dev.granary.kernel.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Which branches and tags an order is about. Nothing else ever is, whatever the patterns say. */
public final class RefChoice {
    private static final int LONGEST = 255;
    private static final int MOST = 100;
    private static final List<String> ALL = List.of(Constants.R_HEADS + "*", Constants.R_TAGS + "*");

    private final List<Pattern> wanted = new ArrayList<>();
    private final List<Pattern> unwanted = new ArrayList<>();

    private RefChoice(Collection<String> specs) {
        for (var spec : specs) {
            var pattern = Pattern.of(spec);
            if (pattern != null) {
                (pattern.without() ? unwanted : wanted).add(pattern);
            }
        }
        if (wanted.isEmpty()) {
            ALL.forEach(spec -> wanted.add(Pattern.required(spec)));
        }
    }

    /**
     * What is before the star, and what after it.
     *
     * @param rest null where there is no star
     */
    private record Pattern(
            boolean without, String beginning, @Nullable String rest) {
        /** Null if it is none for branches or tags, or would give them other names. */
        static @Nullable Pattern of(String spec) {
            var without = spec.startsWith("^");
            var bare = without || spec.startsWith("+") ? spec.substring(1) : spec;
            var colon = bare.indexOf(':');
            if (colon >= 0) {
                if (without || !bare.substring(0, colon).equals(bare.substring(colon + 1))) {
                    return null;
                }
                bare = bare.substring(0, colon);
            }
            var valid = bare.length() <= LONGEST
                    && (bare.startsWith(Constants.R_HEADS) || bare.startsWith(Constants.R_TAGS))
                    && Repository.isValidRefName(bare.replaceFirst("\\*", "x"));
            var star = bare.indexOf('*');
            if (!valid) {
                return null;
            }
            return star < 0
                    ? new Pattern(without, bare, null)
                    : new Pattern(without, bare.substring(0, star), bare.substring(star + 1));
        }

        static Pattern required(String spec) {
            var pattern = of(spec);
            if (pattern == null) {
                throw new IllegalArgumentException(spec);
            }
            return pattern;
        }

        boolean matches(String name) {
            return rest == null
                    ? name.equals(beginning)
                    : name.length() >= beginning.length() + rest.length()
                            && name.startsWith(beginning)
                            && name.endsWith(rest);
        }
    }

    /**
     * Checks patterns that somebody gives: {@code refs/heads/release/*}, {@code refs/tags/v1}, {@code ^refs/heads/wip/*},
     * also in the form {@code +refs/heads/*:refs/heads/*}; the names on both sides are the same.
     *
     * @param field the field's name on the wire
     */
    public static void check(String field, List<String> specs) {
        if (specs.size() > MOST) {
            throw Problem.invalid(field, "maximum-count", MOST);
        }
        if (specs.stream().anyMatch(spec -> Pattern.of(spec) == null)) {
            throw Problem.invalid(field, "ref-spec");
        }
    }

    static RefChoice of(Collection<String> specs) {
        return new RefChoice(specs);
    }

    /** What the names begin with that a remote is asked to list; it may list more. */
    List<String> beginnings() {
        return wanted.stream().map(Pattern::beginning).toList();
    }

    boolean includes(String name) {
        return (name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS))
                && wanted.stream().anyMatch(pattern -> pattern.matches(name))
                && unwanted.stream().noneMatch(pattern -> pattern.matches(name));
    }
}
