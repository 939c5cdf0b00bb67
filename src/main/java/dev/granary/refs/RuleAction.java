package dev.granary.refs;

import dev.granary.kernel.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an {@link AccessRule} restricts. */
public enum RuleAction {
    PUSH,
    MERGE,
    /** Create a tag. */
    CREATE,
    /** Create, move and delete a tag. */
    CREATE_DELETE,
    READ;

    /** The action's name on the wire and in the database, for example {@code create-delete}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The action of a {@link #key()} among those that are possible.
     *
     * @param field what it is called on the wire
     */
    static RuleAction ofKey(String field, @Nullable String key, Collection<RuleAction> possible) {
        return possible.stream()
                .filter(action -> action.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        field,
                        "one-of",
                        possible.stream().sorted().map(RuleAction::key).collect(Collectors.joining(", "))));
    }

    static RuleAction ofKey(String key) {
        return ofKey("action", key, Arrays.asList(values()));
    }
}
