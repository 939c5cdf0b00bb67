package dev.granary.remotes;

import java.util.List;

/**
 * What to push.
 *
 * @param refSpecs which branches and tags; empty: all of them
 * @param prune whether to delete at the remote what is no longer here, among those branches and tags
 * @param force whether to overwrite refs at the remote that are elsewhere than before what is here
 */
public record PushOrder(List<String> refSpecs, boolean prune, boolean force, RemoteLimits limits) {
    /** Keeps its own copy of the list. */
    public PushOrder {
        refSpecs = List.copyOf(refSpecs);
    }
}
