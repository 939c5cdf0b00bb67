package dev.granary.content;

import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Where the lines of a file come from.
 *
 * @param regions stretches of lines of one commit, in the order of the file
 */
record Blame(List<Region> regions) {
    /**
     * Lines that stand together and come from one commit.
     *
     * @param path what the file was called there
     * @param count how many they are
     */
    record Region(ObjectId commit, String path, int count) {
        boolean isFromWhere(Region other) {
            return commit.equals(other.commit) && path.equals(other.path);
        }
    }

    /** About how many bytes it takes in memory. */
    int weight() {
        return 100 + regions.size() * 80;
    }
}
