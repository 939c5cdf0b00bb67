package dev.granary.identity;

import dev.granary.kernel.Caller;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person with an account. Times are epoch milliseconds.
 *
 * @param uuid the id on the wire, 32 hex digits (IAM's user id)
 * @param name the log-in name; unique whatever its case
 * @param email where to reach the person; may be empty
 * @param commitEmail the address of commits made on the server in the user's name; empty: {@code email}
 * @param enabled whether the user may sign in
 * @param httpsPassword whether the account password is good for Git over HTTP, besides access tokens
 */
public record UserAccount(
        long id,
        String uuid,
        String name,
        String email,
        String commitEmail,
        String description,
        boolean enabled,
        boolean administrator,
        boolean httpsPassword,
        long passwordChangedAt,
        long createdAt,
        long updatedAt,
        @Nullable Long lastActivityAt) {

    /** The user as a caller who used a credential with these grants. */
    public Caller.User toCaller(Set<Caller.Grant> grants) {
        return new Caller.User(id, uuid, name, addressForCommits(), administrator, grants);
    }

    /** The address that commits made on the server carry. */
    public String addressForCommits() {
        return commitEmail.isEmpty() ? email : commitEmail;
    }
}
