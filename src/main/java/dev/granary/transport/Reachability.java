package dev.granary.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;

/**
 * Whether history reaches objects. Without bitmaps, JGit's own check of trees and files looks at the newest commits
 * only; here the whole history is walked, as far as needed.
 */
final class Reachability {
    private Reachability() {}

    /**
     * The first of the objects that no tip reaches; empty when all are reached.
     *
     * @throws MissingObjectException one of the objects does not exist at all
     */
    static Optional<ObjectId> unreachable(
            ObjectReader reader, Collection<? extends ObjectId> objects, Collection<ObjectId> tips) throws IOException {
        try (var walk = new ObjectWalk(reader)) {
            walk.setRetainBody(false);
            var wanted = new ArrayList<RevObject>();
            for (var object : objects) {
                wanted.add(walk.parseAny(object));
            }
            var starts = parse(walk, tips);
            if (wanted.stream().allMatch(RevCommit.class::isInstance)) {
                return reader.createReachabilityChecker(walk)
                        .areAllReachable(
                                wanted.stream().map(RevCommit.class::cast).toList(), commits(walk, starts).stream())
                        .map(RevObject::getId);
            }
            if (reader.getBitmapIndex() != null) {
                return reader.createObjectReachabilityChecker(walk)
                        .areAllReachable(wanted, starts.stream())
                        .map(RevObject::getId);
            }
            return search(walk, wanted, starts);
        }
    }

    private static List<RevObject> parse(ObjectWalk walk, Collection<ObjectId> tips) throws IOException {
        var starts = new ArrayList<RevObject>();
        for (var tip : tips) {
            try {
                starts.add(walk.parseAny(tip));
            } catch (MissingObjectException e) {
                // A ref that names nothing reaches nothing.
            }
        }
        return starts;
    }

    private static List<RevCommit> commits(ObjectWalk walk, List<RevObject> starts) throws IOException {
        var commits = new ArrayList<RevCommit>();
        for (var start : starts) {
            if (walk.peel(start) instanceof RevCommit commit) {
                commits.add(commit);
            }
        }
        return commits;
    }

    private static Optional<ObjectId> search(ObjectWalk walk, List<RevObject> wanted, List<RevObject> starts)
            throws IOException {
        var left = new HashSet<ObjectId>(wanted);
        for (var start : starts) {
            walk.markStart(start);
        }
        for (var commit = walk.next(); commit != null && !left.isEmpty(); commit = walk.next()) {
            left.remove(commit);
        }
        for (var object = walk.nextObject(); object != null && !left.isEmpty(); object = walk.nextObject()) {
            left.remove(object);
        }
        return left.stream().findFirst().map(ObjectId::copy);
    }
}
