package dev.granary.commits;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/** Reads the first lines of commits' messages. */
public final class CommitTitles {
    private CommitTitles() {}

    /** The titles of commits by their ids; empty for a commit that is gone. */
    public static Map<String, String> of(Repository git, Collection<String> commits) throws IOException {
        var titles = new HashMap<String, String>();
        try (var walk = new RevWalk(git)) {
            for (var id : commits) {
                titles.put(id, title(walk, id));
            }
        }
        return titles;
    }

    private static String title(RevWalk walk, String id) throws IOException {
        try {
            return Commit.of(walk.parseCommit(ObjectId.fromString(id))).title();
        } catch (MissingObjectException e) {
            return "";
        }
    }
}
