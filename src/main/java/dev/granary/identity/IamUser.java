package dev.granary.identity;

import org.jspecify.annotations.Nullable;

/**
 * A user as IAM describes one.
 *
 * @param email an extension of Keystone's form, from IAM's own
 * @param administrator an extension: whether the user administers the installation
 * @param isDomainOwner IAM's name for the same
 * @param pwdStatus always true: users choose when to change their passwords
 * @param passwordExpiresAt always null: passwords do not expire
 * @param lastProjectId always null: there are no regions to leave
 * @param accessMode {@code default}: the page and the API
 */
public record IamUser(
        String id,
        String name,
        String domainId,
        String description,
        String email,
        boolean enabled,
        boolean administrator,
        boolean isDomainOwner,
        boolean pwdStatus,
        @Nullable String passwordExpiresAt,
        @Nullable String lastProjectId,
        String accessMode,
        String createTime,
        Links links) {

    static IamUser of(UserAccount user, Account account) {
        return new IamUser(
                user.uuid(),
                user.name(),
                account.uuid(),
                user.description(),
                user.email(),
                user.enabled(),
                user.administrator(),
                user.administrator(),
                true,
                null,
                null,
                "default",
                IamTimes.of(user.createdAt()),
                Links.to("/v3/users/" + user.uuid()));
    }
}
