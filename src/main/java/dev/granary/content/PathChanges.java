package dev.granary.content;

import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.ChangedPathTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Keeps of a walk the commits that changed a path. */
final class PathChanges {
    private PathChanges() {}

    /** A filter that asks what the commit graph knows before it reads trees. */
    static TreeFilter filter(String path) {
        // The quick one refuses a name of blanks, which a file may have.
        return path.isBlank()
                ? AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF)
                : ChangedPathTreeFilter.create(path);
    }
}
