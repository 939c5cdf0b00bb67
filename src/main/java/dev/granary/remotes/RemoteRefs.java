package dev.granary.remotes;

import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a remote shows.
 *
 * @param refs its branches and tags by full name
 * @param defaultBranch the branch that its {@code HEAD} names, without {@code refs/heads/}
 * @param hostKey the SSH host key that it showed
 */
public record RemoteRefs(Map<String, ObjectId> refs, Optional<String> defaultBranch, Optional<String> hostKey) {}
