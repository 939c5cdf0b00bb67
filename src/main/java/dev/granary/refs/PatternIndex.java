package dev.granary.refs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule that decides on a name: the one of just that name; otherwise the wildcard with the most characters that
 * stand for themselves, of equal ones the oldest.
 */
final class PatternIndex {
    private final Map<String, AccessRule> exact = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();

    PatternIndex(Collection<AccessRule> rules) {
        for (var rule : rules) {
            if (Glob.isWildcard(rule.pattern())) {
                wildcards.add(new Wildcard(new Glob(rule.pattern()), rule));
            } else {
                exact.put(rule.pattern(), rule);
            }
        }
        wildcards.sort(Comparator.comparing((Wildcard wildcard) -> -wildcard.glob.literal())
                .thenComparing(wildcard -> wildcard.rule.id()));
    }

    private record Wildcard(Glob glob, AccessRule rule) {}

    @Nullable
    AccessRule find(String name) {
        var rule = exact.get(name);
        if (rule != null) {
            return rule;
        }
        for (var wildcard : wildcards) {
            if (wildcard.glob.matches(name)) {
                return wildcard.rule;
            }
        }
        return null;
    }

    /** All rules, in no order. */
    Stream<AccessRule> rules() {
        return Stream.concat(exact.values().stream(), wildcards.stream().map(Wildcard::rule));
    }

    int size() {
        return exact.size() + wildcards.size();
    }
}
