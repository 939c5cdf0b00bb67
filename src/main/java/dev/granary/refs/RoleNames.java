package dev.granary.refs;

import dev.granary.access.Role;
import dev.granary.kernel.Problem;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How rules name roles: by ProjectMan's number as text; the role's key is understood, too. */
final class RoleNames {
    private RoleNames() {}

    static String id(Role role) {
        return Integer.toString(role.number());
    }

    static Role parse(String field, @Nullable String text) {
        return Arrays.stream(Role.values())
                .filter(role -> id(role).equals(text) || role.key().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        field,
                        "one-of",
                        Arrays.stream(Role.values()).map(RoleNames::id).collect(Collectors.joining(", "))));
    }
}
