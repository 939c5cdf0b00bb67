package dev.granary.reviews;

import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.springframework.stereotype.Component;

/**
 * The refs that keep what is under review: no client sees them ({@link dev.granary.refs.VisibleRefs}), and housekeeping
 * keeps what any ref reaches. They are written before the rows that speak of them.
 */
@Component
class ReviewRefs {
    private static final String PREFIX = "refs/merge-requests/";

    private final RepositoryService repositories;

    ReviewRefs(RepositoryService repositories) {
        this.repositories = repositories;
    }

    /** The ref of a request's newest version. */
    static String head(long iid) {
        return PREFIX + iid + "/head";
    }

    /** The ref of one of a request's versions. */
    static String version(long iid, long number) {
        return PREFIX + iid + "/versions/" + number;
    }

    /** The ref of what merging a request would make. */
    static String merge(long iid) {
        return PREFIX + iid + "/merge";
    }

    /** Deletes a ref, if it is there. */
    void remove(Repository git, String name) throws IOException {
        if (git.exactRef(name) != null) {
            var update = git.updateRef(name);
            update.setForceUpdate(true);
            update.delete();
        }
    }

    /** Makes a version durable: its own ref first, then the newest's. What the refs were before does not matter. */
    void keep(Repository git, long iid, long number, ObjectId head) throws IOException {
        var refs = new LinkedHashMap<String, ObjectId>();
        refs.put(version(iid, number), head);
        refs.put(head(iid), head);
        write(git, refs);
    }

    /** Writes the refs that are missing or elsewhere. */
    void write(Repository git, Map<String, ObjectId> refs) throws IOException {
        var moved = new ArrayList<String>();
        for (var entry : refs.entrySet()) {
            var ref = git.exactRef(entry.getKey());
            if (ref == null || !entry.getValue().equals(ref.getObjectId())) {
                write(git, entry.getKey(), entry.getValue());
                moved.add(entry.getKey());
            }
        }
        if (!moved.isEmpty()) {
            repositories.syncRefs(git, moved, false);
        }
    }

    private static void write(Repository git, String name, ObjectId target) throws IOException {
        var update = git.updateRef(name);
        update.setNewObjectId(target);
        update.disableRefLog();
        var result = update.forceUpdate();
        if (!List.of(
                        RefUpdate.Result.NEW,
                        RefUpdate.Result.FORCED,
                        RefUpdate.Result.FAST_FORWARD,
                        RefUpdate.Result.NO_CHANGE)
                .contains(result)) {
            throw new IOException("A ref of a merge request was not written: " + name + " " + result);
        }
    }
}
