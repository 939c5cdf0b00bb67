package dev.granary.merging;

import dev.granary.merging.Conflict.Side;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.jspecify.annotations.Nullable;

/** Reads the contents of a conflict. */
final class ConflictTexts {
    /** Larger files are not shown. */
    private static final int LARGEST_FILE = 2 << 20;

    private final Workspace workspace;
    private boolean binary;
    private boolean tooLarge;

    private ConflictTexts(Workspace workspace) {
        this.workspace = workspace;
    }

    static ConflictText read(Workspace workspace, Conflict conflict, LineMerge lines) throws IOException {
        return new ConflictTexts(workspace).read(conflict, lines);
    }

    private ConflictText read(Conflict conflict, LineMerge lines) throws IOException {
        var base = content(conflict.base());
        var ours = content(conflict.ours());
        var theirs = content(conflict.theirs());
        var merged = merged(conflict, lines, ours, theirs);
        return new ConflictText(
                conflict,
                base,
                ours,
                theirs,
                merged == null ? null : merged.content(),
                merged == null ? List.of() : merged.stretches(),
                binary,
                tooLarge);
    }

    private LineMerge.@Nullable Text merged(
            Conflict conflict, LineMerge lines, byte @Nullable [] ours, byte @Nullable [] theirs) throws IOException {
        var left = conflict.ours();
        var right = conflict.theirs();
        var base = conflict.base();
        if (ours == null || theirs == null || left == null || right == null || binary || tooLarge) {
            return null;
        }
        var before = base != null && file(base) ? base.id() : null;
        return file(left)
                        && file(right)
                        && lines.merge(workspace, before, left.id(), right.id()) instanceof LineMerge.Text text
                ? text
                : null;
    }

    private byte @Nullable [] content(@Nullable Side side) throws IOException {
        if (side == null || FileMode.TREE.equals(side.mode()) || FileMode.GITLINK.equals(side.mode())) {
            return null;
        }
        var loader = workspace.open(side.id(), Constants.OBJ_BLOB);
        if (loader.getSize() > LARGEST_FILE) {
            tooLarge = true;
            return null;
        }
        var bytes = loader.getCachedBytes(LARGEST_FILE);
        if (LineMerge.binary(bytes)) {
            binary = true;
            return null;
        }
        return bytes;
    }

    private static boolean file(Side side) {
        return FileMode.REGULAR_FILE.equals(side.mode()) || FileMode.EXECUTABLE_FILE.equals(side.mode());
    }
}
