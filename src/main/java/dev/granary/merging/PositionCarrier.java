package dev.granary.merging;

import dev.granary.merging.ChangedFile.Status;
import dev.granary.merging.Positions.Carried;
import dev.granary.merging.Positions.Version;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Carries places from one version of a difference to another. */
final class PositionCarrier {
    private final Repository git;
    private final RevWalk walk;
    private final Changes changes;
    private final Version from;
    private final Version to;
    private final PositionFinder finder;

    PositionCarrier(Repository git, RevWalk walk, Changes changes, Version from, Version to) {
        this.git = git;
        this.walk = walk;
        this.changes = changes;
        this.from = from;
        this.to = to;
        this.finder = new PositionFinder(walk.getObjectReader());
    }

    Optional<Carried> carry(Position position) throws IOException {
        var removed = position.removed() || (position.wholeFile() && deleted(position));
        var before = removed ? from.base() : from.head();
        var after = removed ? to.base() : to.head();
        if (before == null || after == null) {
            return Optional.empty();
        }
        var file = followed(before, after, removed ? position.oldPath() : position.newPath());
        if (file == null) {
            return Optional.empty();
        }
        if (position.wholeFile()) {
            return Optional.of(placed(file.newPath(), 0, removed, 1));
        }
        var line = mapped(file, removed ? position.oldLine() : position.newLine(), position.lines());
        return line == 0 ? Optional.empty() : Optional.of(placed(file.newPath(), line, removed, position.lines()));
    }

    /** Whether the file that is meant is on the old side only. */
    private boolean deleted(Position position) throws IOException {
        return entry(from.head(), position.newPath()) == null;
    }

    /** The file before and after, perhaps renamed; null if it is gone. */
    private @Nullable ChangedFile followed(ObjectId before, ObjectId after, String path) throws IOException {
        var old = entry(before, path);
        if (old == null) {
            return null;
        }
        var now = entry(after, path);
        if (now != null) {
            return new ChangedFile(Status.MODIFIED, path, path, old.mode(), now.mode(), old.id(), now.id());
        }
        return changes.list(git, walk, before, after)
                .findOld(path)
                .filter(file -> file.status() == Status.RENAMED)
                .orElse(null);
    }

    /** The file or link at a path; null for anything else. */
    private @Nullable Entry entry(ObjectId commit, String path) throws IOException {
        try (var tree = TreeWalk.forPath(
                walk.getObjectReader(), path, walk.parseCommit(commit).getTree())) {
            if (tree == null || FileMode.TREE.equals(tree.getFileMode(0))) {
                return null;
            }
            return new Entry(tree.getFileMode(0), tree.getObjectId(0));
        }
    }

    /** Where the last of several lines is, if all of them are there one below the other; otherwise 0. */
    private int mapped(ChangedFile file, int last, int lines) throws IOException {
        if (lines < 1 || lines > last) {
            return 0;
        }
        var comparison = finder.compare(file);
        var map = LineMap.of(comparison);
        var mapped = map.toNew(last);
        for (var above = 1; above < lines && mapped > 0; above++) {
            if (map.toNew(last - above) != mapped - above) {
                return 0;
            }
        }
        return mapped;
    }

    private Carried placed(String path, int line, boolean removed, int lines) throws IOException {
        var list = changes.list(git, walk, to.base(), to.head());
        var file = (removed ? list.findOld(path) : list.find(path)).orElse(null);
        if (file == null) {
            return new Carried(new Position(path, path, line, line, lines), false);
        }
        if (line == 0) {
            return new Carried(new Position(file.oldPath(), file.newPath(), 0, 0, lines), true);
        }
        var map = LineMap.of(finder.compare(file));
        var position = removed
                ? new Position(file.oldPath(), file.newPath(), line, map.toNew(line), lines)
                : new Position(file.oldPath(), file.newPath(), map.toOld(line), line, lines);
        return new Carried(position, finder.shown(file, position));
    }
}
