package dev.granary.members;

import dev.granary.access.Permission;
import dev.granary.access.Resource;
import dev.granary.kernel.Problem;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a list of members is asked to say about each: whether it may do one of these. */
record AskedAction(Set<Permission> permissions) {
    /**
     * @param resource {@link Resource#key()}
     * @param action one of its actions, for example {@code push}; {@code code:push} is the same. None: any of them
     * @return empty when neither was given
     */
    static Optional<AskedAction> of(@Nullable String resource, @Nullable String action) {
        var name = action == null ? "" : action.substring(Math.max(action.indexOf(':'), action.indexOf('：')) + 1);
        if (resource == null || resource.isEmpty()) {
            if (name.isEmpty()) {
                return Optional.empty();
            }
            throw Problem.invalid("permission", "required");
        }
        var possible = Resource.ofKey("permission", resource).permissions();
        var asked = possible.stream()
                .filter(permission -> name.isEmpty() || permission.action().equals(name))
                .toList();
        if (asked.isEmpty()) {
            throw Problem.invalid(
                    "action",
                    "one-of",
                    possible.stream().map(Permission::action).collect(Collectors.joining(", ")));
        }
        return Optional.of(new AskedAction(EnumSet.copyOf(asked)));
    }
}
