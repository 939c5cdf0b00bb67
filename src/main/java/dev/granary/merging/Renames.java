package dev.granary.merging;

import dev.granary.merging.Conflict.Kind;
import dev.granary.merging.TreeMerge.Located;
import dev.granary.merging.TreeMerge.Stages;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What has to be merged with what because a side renamed it. Renamed folders are not followed: a file that one side adds to
 * a folder which the other renamed stays where it was added.
 */
final class Renames {
    static final Renames NONE = new Renames(0, (_, ours, _) -> new Merged(ours, false));

    private final int depth;
    private final Map<String, Stages> stages = new HashMap<>();
    /** Every folder with such a file below, and the names in it that lead there. */
    private final Map<String, Set<String>> folders = new HashMap<>();

    private final ContentMerge contents;

    /** Merges a file's content. */
    @FunctionalInterface
    interface ContentMerge {
        Merged merge(@Nullable Entry base, Entry ours, Entry theirs) throws IOException;
    }

    /** A merged file, which is only one where it is clean. */
    record Merged(Entry entry, boolean clean) {}

    private Renames(int depth, ContentMerge contents) {
        this.depth = depth;
        this.contents = contents;
    }

    /** Looks at both sides. */
    static Renames find(
            Workspace workspace,
            @Nullable ObjectId base,
            ObjectId ours,
            ObjectId theirs,
            int depth,
            ContentMerge contents)
            throws IOException {
        var left = TreeChanges.between(workspace, base, ours);
        var right = TreeChanges.between(workspace, base, theirs);
        var leftNames = new RenameFinder(workspace, left, right).find();
        var rightNames = new RenameFinder(workspace, right, left).find();
        var renames = new Renames(depth, contents);
        var sources = new TreeSet<>(leftNames.keySet());
        sources.addAll(rightNames.keySet());
        for (var source : sources) {
            var toLeft = leftNames.get(source);
            var toRight = rightNames.get(source);
            if (toLeft != null && toRight != null) {
                renames.both(source, toLeft, toRight, left, right);
            } else if (toLeft != null) {
                renames.one(source, toLeft, left, right, true);
            } else if (toRight != null) {
                renames.one(source, toRight, right, left, false);
            }
        }
        return renames;
    }

    boolean isEmpty() {
        return stages.isEmpty();
    }

    @Nullable
    Stages at(String path) {
        return stages.get(path);
    }

    /** Whether anything below a folder is concerned; folders end with a slash, the topmost is empty. */
    boolean touchesFolder(String folder) {
        return folders.containsKey(folder);
    }

    Set<String> namesIn(String folder) {
        return folders.getOrDefault(folder, Set.of());
    }

    private void both(String source, String toLeft, String toRight, TreeChanges left, TreeChanges right)
            throws IOException {
        var base = Located.of(source, left.before().get(source));
        var ours = Located.of(toLeft, left.after().get(toLeft));
        var theirs = Located.of(toRight, right.after().get(toRight));
        if (toLeft.equals(toRight)) {
            put(source, Stages.REMOVED);
            put(toLeft, new Stages(base, ours, theirs, null));
        } else if (depth == 0) {
            put(source, Stages.REMOVED);
            put(toLeft, new Stages(base, ours, theirs, Kind.RENAME));
            put(toRight, Stages.REMOVED);
        } else if (ours != null && theirs != null) {
            var merged = new Located(
                    source,
                    contents.merge(left.before().get(source), ours.entry(), theirs.entry())
                            .entry());
            put(toLeft, new Stages(null, merged, null, null));
            put(toRight, new Stages(null, null, merged, null));
        }
    }

    private void one(String source, String target, TreeChanges side, TreeChanges other, boolean sideIsOurs)
            throws IOException {
        var base = side.before().get(source);
        var renamed = side.after().get(target);
        if (base == null || renamed == null) {
            throw new IllegalArgumentException("No rename: " + source);
        }
        var changed = other.after().get(source);
        var inTheWay = other.after().get(target);
        var before = new Located(source, base);
        var after = new Located(target, renamed);
        if (changed != null && changed.file() != base.file()) {
            put(source, stages(null, null, Located.of(source, changed), sideIsOurs, null));
            var sameNew = renamed.equals(inTheWay);
            put(
                    target,
                    stages(
                            sameNew ? null : before,
                            after,
                            Located.of(target, inTheWay),
                            sideIsOurs,
                            sameNew ? null : Kind.RENAME));
            return;
        }
        put(source, Stages.REMOVED);
        if (changed == null) {
            put(target, stages(before, after, Located.of(target, inTheWay), sideIsOurs, Kind.RENAME));
        } else if (inTheWay == null) {
            var forced = changed.sameType(renamed) ? null : Kind.MODE;
            put(target, stages(before, after, Located.of(source, changed), sideIsOurs, forced));
        } else {
            var merged = sideIsOurs ? contents.merge(base, renamed, changed) : contents.merge(base, changed, renamed);
            var result = merged.clean() || depth > 0 ? new Located(target, merged.entry()) : after;
            // Where both have the same new file, Git takes the merged one for it if it was we who renamed.
            var there =
                    sideIsOurs && merged.clean() && inTheWay.equals(renamed) ? result : new Located(target, inTheWay);
            var forced = depth == 0 && !merged.clean() ? Kind.RENAME : null;
            put(target, stages(null, result, there, sideIsOurs, forced));
        }
    }

    private static Stages stages(
            @Nullable Located base,
            @Nullable Located side,
            @Nullable Located other,
            boolean sideIsOurs,
            @Nullable Kind forced) {
        return sideIsOurs ? new Stages(base, side, other, forced) : new Stages(base, other, side, forced);
    }

    private void put(String path, Stages what) {
        stages.put(path, what);
        var end = path.length();
        while (end > 0) {
            var start = path.lastIndexOf('/', end - 1) + 1;
            folders.computeIfAbsent(path.substring(0, start), _ -> new HashSet<>())
                    .add(path.substring(start, end));
            end = start - 1;
        }
    }
}
