package dev.granary.identity;

import org.jspecify.annotations.Nullable;

/**
 * What a user is to be; of an existing one, what is absent stays.
 *
 * @param email an extension of Keystone's form, from IAM's own
 * @param administrator an extension: whether the user administers the installation
 * @param originalPassword the password so far, when users change their own
 */
public record UserChange(
        @Nullable String name,
        @Nullable String password,
        @Nullable String email,
        @Nullable String description,
        @Nullable Boolean enabled,
        @Nullable Boolean administrator,
        @Nullable String domainId,
        @Nullable String originalPassword) {

    @Override
    public String toString() {
        return "UserChange[name=" + name + "]";
    }
}
