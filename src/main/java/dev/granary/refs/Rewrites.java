package dev.granary.refs;

import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Whether a branch loses commits. */
final class Rewrites {
    private Rewrites() {}

    /** Whether the commit that a branch is at is not among those that the change brings. */
    static boolean happen(RepositoryService repositories, HostedRepository repository, RefChange change) {
        try (var git = repositories.open(repository);
                var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            return !(walk.parseAny(change.oldId()) instanceof RevCommit old
                    && walk.parseAny(change.newId()) instanceof RevCommit now
                    && walk.isMergedInto(old, now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
