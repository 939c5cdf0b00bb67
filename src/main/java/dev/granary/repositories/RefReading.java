package dev.granary.repositories;

import dev.granary.repositories.RefStore.Target;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Git says of refs that were reported.
 *
 * @param now where each ref is; those that are gone are missing
 * @param commits of every object that one was or is at, what it leads to
 */
record RefReading(Map<String, String> now, Map<String, Peeled> commits) {
    private static final Logger log = LoggerFactory.getLogger(RefReading.class);
    private static final long MILLIS = 1000;
    private static final Peeled NOTHING = new Peeled(null, 0);

    /**
     * What an object leads to.
     *
     * @param commitId null for a tag of anything but a commit, and where it is missing
     * @param committedAt epoch milliseconds; 0 without a commit
     */
    private record Peeled(@Nullable String commitId, long committedAt) {}

    /** Reads where the refs are, and the objects that they were reported to have moved to. */
    static RefReading of(Repository git, RefReports reports) throws IOException {
        var now = new HashMap<String, String>();
        var commits = new HashMap<String, Peeled>();
        try (var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            for (var report : reports.refs().entrySet()) {
                var ref = git.exactRef(report.getKey());
                if (ref != null && ref.getObjectId() != null) {
                    now.put(report.getKey(), ref.getObjectId().name());
                    peel(git, walk, ref.getObjectId().name(), commits);
                }
                for (var step : report.getValue().steps()) {
                    peel(git, walk, step.before(), commits);
                    peel(git, walk, step.after(), commits);
                }
            }
        }
        return new RefReading(now, commits);
    }

    private static void peel(Repository git, RevWalk walk, @Nullable String object, Map<String, Peeled> commits)
            throws IOException {
        if (object == null || commits.containsKey(object)) {
            return;
        }
        var peeled = NOTHING;
        try {
            if (walk.peel(walk.parseAny(ObjectId.fromString(object))) instanceof RevCommit commit) {
                peeled = new Peeled(commit.name(), commit.getCommitTime() * MILLIS);
            }
        } catch (MissingObjectException e) {
            log.warn("A ref of {} points to an object that is missing, or did: {}", git.getDirectory(), object);
        }
        commits.put(object, peeled);
    }

    /** The row of a ref at an object. */
    Target target(String name, String object, @Nullable Long moverId) {
        var peeled = commits.getOrDefault(object, NOTHING);
        return new Target(name, object, peeled.commitId(), peeled.committedAt(), moverId);
    }
}
