package dev.granary.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which commit changed a file last. Answers are remembered by commit and path, and hold for ever, in every repository
 * that has the commit: what comes before a commit is part of its id.
 */
@Component
class LastCommits {
    private static final int MOST_REMEMBERED = 20_000;
    /** So many commits are looked at one by one for one that an answer is known for. */
    private static final int STEPS = 100;

    private final Cache<Place, ObjectId> known =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    private record Place(ObjectId commit, String path) {}

    /** What stands at a path: null for nothing. */
    private record Entry(int mode, ObjectId id) {}

    /**
     * The last commit up to one, itself included, that changed a file.
     *
     * @param path of a file that the commit has
     */
    ObjectId find(ObjectReader reader, RevCommit commit, String path) throws IOException {
        var place = new Place(commit.copy(), path);
        var last = known.getIfPresent(place);
        if (last == null) {
            last = search(reader, commit, path);
            known.put(place, last);
        }
        return last;
    }

    /** Where commits have one parent each, it is the first that differs from its own; from a merge on, Git's walk knows. */
    private ObjectId search(ObjectReader reader, RevCommit commit, String path) throws IOException {
        try (var walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            var at = walk.parseCommit(commit);
            var entry = entry(reader, at, path);
            for (var step = 0; step < STEPS && at.getParentCount() == 1; step++) {
                var parent = walk.parseCommit(at.getParent(0));
                if (entry == null || !entry.equals(entry(reader, parent, path))) {
                    return at.copy();
                }
                var remembered = known.getIfPresent(new Place(parent.copy(), path));
                if (remembered != null) {
                    return remembered;
                }
                at = parent;
            }
            return walk(reader, at, path);
        }
    }

    private static @Nullable Entry entry(ObjectReader reader, RevCommit commit, String path) throws IOException {
        try (var tree = TreeWalk.forPath(reader, path, commit.getTree())) {
            return tree == null ? null : new Entry(tree.getRawMode(0), tree.getObjectId(0));
        }
    }

    private static ObjectId walk(ObjectReader reader, RevCommit from, String path) throws IOException {
        try (var walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            walk.setRewriteParents(false);
            walk.setTreeFilter(PathChanges.filter(path));
            walk.markStart(walk.parseCommit(from));
            var last = walk.next();
            return (last == null ? from : last).copy();
        }
    }
}
