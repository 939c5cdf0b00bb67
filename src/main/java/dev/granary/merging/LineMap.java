package dev.granary.merging;

import org.eclipse.jgit.diff.EditList;

/** Which lines of two texts are the same line. Lines count from 1. */
record LineMap(EditList edits, int oldLines, int newLines) {

    static LineMap of(Comparer.Comparison comparison) {
        return new LineMap(
                comparison.edits(),
                comparison.before().size(),
                comparison.after().size());
    }

    /** The line after; 0 if it was removed or never was. */
    int toNew(int line) {
        if (line < 1 || line > oldLines) {
            return 0;
        }
        var shift = 0;
        for (var edit : edits) {
            if (line - 1 < edit.getBeginA()) {
                break;
            }
            if (line - 1 < edit.getEndA()) {
                return 0;
            }
            shift = edit.getEndB() - edit.getEndA();
        }
        return line + shift;
    }

    /** The line before; 0 if it was added or is none. */
    int toOld(int line) {
        if (line < 1 || line > newLines) {
            return 0;
        }
        var shift = 0;
        for (var edit : edits) {
            if (line - 1 < edit.getBeginB()) {
                break;
            }
            if (line - 1 < edit.getEndB()) {
                return 0;
            }
            shift = edit.getEndA() - edit.getEndB();
        }
        return line + shift;
    }
}
