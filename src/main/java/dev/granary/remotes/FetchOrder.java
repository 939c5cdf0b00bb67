package dev.granary.remotes;

import java.util.List;

/**
 * What to fetch.
 *
 * @param refSpecs which branches and tags, for example {@code refs/heads/release/*} or {@code ^refs/heads/wip/*}; empty:
 *     all of them. What another forge keeps beside them, {@code refs/pull/*} for example, is never taken
 * @param onlyDefaultBranch whether to take nothing but the branch that the remote's {@code HEAD} names
 * @param prune whether to delete what is no longer at the remote; never the default branch
 * @param force whether to move refs whose history the remote rewrote
 */
public record FetchOrder(
        List<String> refSpecs, boolean onlyDefaultBranch, boolean prune, boolean force, RemoteLimits limits) {
    /** Keeps its own copy of the list. */
    public FetchOrder {
        refSpecs = List.copyOf(refSpecs);
    }
}
