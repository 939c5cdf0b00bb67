package dev.granary.content;

import java.util.ArrayList;
import java.util.Collection;
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
        private boolean isFromWhere(Region other) {
            return commit.equals(other.commit) && path.equals(other.path);
        }
    }

    /** Stretches in the order of the file, of which those of one commit that stand together become one. */
    static Blame joined(Collection<Region> regions) {
        var joined = new ArrayList<Region>();
        for (var region : regions) {
            var before = joined.isEmpty() ? null : joined.getLast();
            if (before != null && before.isFromWhere(region)) {
                joined.removeLast();
                joined.add(new Region(region.commit(), region.path(), before.count() + region.count()));
            } else {
                joined.add(region);
            }
        }
        return new Blame(List.copyOf(joined));
    }

    /** About how many bytes it takes in memory. */
    int weight() {
        return 100 + regions.size() * 80;
    }
}
