package dev.granary.remotes;

import java.util.List;
import java.util.Optional;

/**
 * What a fetch or a push did.
 *
 * @param moves the refs that are or were elsewhere than at the other side; empty when there was nothing to do
 * @param remoteRefs how many branches and tags the remote has, of those that were asked for
 * @param bytes how many came or went
 * @param remoteDefaultBranch the branch that the remote's {@code HEAD} names, without {@code refs/heads/}
 * @param hostKey the SSH host key that the remote showed
 */
public record SyncResult(
        List<RefMove> moves,
        int remoteRefs,
        long bytes,
        Optional<String> remoteDefaultBranch,
        Optional<String> hostKey) {}
