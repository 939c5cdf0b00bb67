package dev.granary.members;

import dev.granary.access.Role;
import dev.granary.kernel.Problem;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A user to become a member.
 *
 * @param idField what the user's id is called on the wire
 * @param id the user's 32-digit id
 * @param name the name it was given with, for answers about users who are not found
 * @param accountId the account the user is of; absent: this one
 * @param role makes out the role, or throws a {@link Problem}
 */
record NewMember(
        String idField,
        @Nullable String id,
        @Nullable String name,
        @Nullable String accountId,
        Supplier<Role> role) {
    /**
     * What became of one.
     *
     * @param id what was asked for
     * @param name the user's name if it was found, otherwise what was asked for
     * @param failure why it is no member; null when it became one
     */
    record Outcome(
            @Nullable String id,
            @Nullable String name,
            @Nullable Problem failure) {}
}
