package dev.granary.activity;

import dev.granary.repositories.HostedRepository;

/**
 * A push of a branch, as a page shows it.
 *
 * @param branch the short name
 * @param removed whether the branch was deleted
 * @param commits those it brought, at most {@link PushSummaries#MOST_COMMITS}
 * @param title of the last of them; empty where there is none
 * @param at epoch milliseconds
 */
public record RecentPush(
        HostedRepository repository, String branch, boolean removed, long commits, String title, long at) {}
