package dev.granary.identity;

import org.jspecify.annotations.Nullable;

/**
 * A user group as IAM describes one.
 *
 * @param createTime epoch milliseconds
 */
record IamGroup(String id, String name, String domainId, String description, long createTime, Links links) {
    /** What a user group is to be; of an existing one, what is absent stays. */
    record Change(
            @Nullable String name,
            @Nullable String description,
            @Nullable String domainId) {}

    static IamGroup of(UserGroup group, Account account) {
        return new IamGroup(
                group.uuid(),
                group.name(),
                account.uuid(),
                group.description(),
                group.createdAt(),
                Links.to("/v3/groups/" + group.uuid()));
    }
}
