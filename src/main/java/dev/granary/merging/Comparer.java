package dev.granary.merging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/** Compares files line by line, within bounds of time and memory. Not for several threads. */
final class Comparer {
    /** Larger files are not compared line by line. */
    static final int LARGEST_FILE = 5 << 20;

    static final int MOST_LINES = 100_000;

    private final ObjectReader reader;
    private final DiffAlgorithm algorithm = algorithm();

    Comparer(ObjectReader reader) {
        this.reader = reader;
    }

    /** Without a fallback, hopeless stretches count as replaced: the cost stays near linear whatever the input. */
    private static DiffAlgorithm algorithm() {
        var histogram = new HistogramDiff();
        histogram.setFallbackAlgorithm(null);
        return histogram;
    }

    /** Both sides of a file. */
    record Comparison(LineText before, LineText after, EditList edits, LineCount count) {
        private static final LineText NOTHING = new LineText(new byte[0]);

        static Comparison skipped(boolean binary) {
            return new Comparison(NOTHING, NOTHING, new EditList(0), new LineCount(0, 0, binary, !binary));
        }

        static Comparison of(LineText before, LineText after, EditList edits) {
            var added = 0;
            var removed = 0;
            for (var edit : edits) {
                added += edit.getLengthB();
                removed += edit.getLengthA();
            }
            return new Comparison(before, after, edits, new LineCount(added, removed, false, false));
        }

        boolean comparable() {
            return !count.binary() && !count.tooLarge();
        }
    }

    Comparison compare(ChangedFile file, Whitespace whitespace) throws IOException {
        return compare(file.oldMode(), file.oldId(), file.newMode(), file.newId(), whitespace);
    }

    Comparison compare(FileMode oldMode, ObjectId oldId, FileMode newMode, ObjectId newId, Whitespace whitespace)
            throws IOException {
        var before = content(oldMode, oldId);
        var after = content(newMode, newId);
        if (before == null || after == null) {
            return Comparison.skipped(false);
        }
        if (LineMerge.binary(before) || LineMerge.binary(after)) {
            return Comparison.skipped(true);
        }
        var oldText = new LineText(before);
        var newText = new LineText(after);
        if (oldText.size() > MOST_LINES || newText.size() > MOST_LINES) {
            return Comparison.skipped(false);
        }
        return Comparison.of(oldText, newText, algorithm.diff(whitespace.comparator(), oldText, newText));
    }

    /** The bytes of a side; null when there are too many. */
    private byte @Nullable [] content(FileMode mode, ObjectId id) throws IOException {
        if (mode.equals(FileMode.MISSING)) {
            return new byte[0];
        }
        if (mode.equals(FileMode.GITLINK)) {
            return ("Subproject commit " + id.name() + "\n").getBytes(StandardCharsets.US_ASCII);
        }
        var loader = reader.open(id, Constants.OBJ_BLOB);
        return loader.getSize() > LARGEST_FILE ? null : loader.getCachedBytes(LARGEST_FILE);
    }

    /** The hunks with so many lines around, as long as they take no more than so many bytes. */
    static FilePatch patch(Comparison comparison, int context, int maximumBytes) {
        var hunks = new ArrayList<Hunk>();
        var complete = eachHunk(comparison, context, maximumBytes, hunks::add);
        return new FilePatch(
                comparison.count(),
                hunks,
                !complete,
                comparison.before().size(),
                comparison.after().size());
    }

    /** Writes the same. */
    static void write(Comparison comparison, int context, int maximumBytes, OutputStream out) throws IOException {
        eachHunk(
                comparison, context, maximumBytes, hunk -> out.write(hunk.text().getBytes(StandardCharsets.UTF_8)));
    }

    @FunctionalInterface
    private interface HunkSink<X extends Exception> {
        void accept(Hunk hunk) throws X;
    }

    /** Whether all hunks, and each as a whole, had room. */
    private static <X extends Exception> boolean eachHunk(
            Comparison comparison, int context, int maximumBytes, HunkSink<X> sink) throws X {
        var room = maximumBytes;
        for (var group : groups(comparison.edits(), context)) {
            var hunk = hunk(comparison, group, context, room);
            if (!hunk.lines().isEmpty()) {
                sink.accept(hunk);
            }
            room -= bytes(comparison, group, context);
            if (room < 0) {
                return false;
            }
        }
        return true;
    }

    /** Edits so near to each other that one hunk has them. */
    static List<List<Edit>> groups(EditList edits, int context) {
        var groups = new ArrayList<List<Edit>>();
        Edit last = null;
        for (var edit : edits) {
            if (last == null || edit.getBeginA() - last.getEndA() > 2 * context) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(edit);
            last = edit;
        }
        return groups;
    }

    private static int bytes(Comparison comparison, List<Edit> group, int context) {
        var before = comparison.before();
        var after = comparison.after();
        var first = Math.max(0, group.getFirst().getBeginA() - context);
        var last = Math.min(before.size(), group.getLast().getEndA() + context);
        var total = before.offset(last) - before.offset(first);
        for (var edit : group) {
            total += after.offset(edit.getEndB()) - after.offset(edit.getBeginB());
        }
        return total;
    }

    /** The hunk with a line, if one has it. */
    static Optional<Hunk> hunkOf(Comparison comparison, int context, int oldLine, int newLine) {
        for (var group : groups(comparison.edits(), context)) {
            var first = group.getFirst();
            var last = group.getLast();
            var inside = newLine > 0
                    ? newLine > first.getBeginB() - context && newLine <= last.getEndB() + context
                    : oldLine > first.getBeginA() - context && oldLine <= last.getEndA() + context;
            if (inside) {
                return Optional.of(hunk(comparison, group, context, Integer.MAX_VALUE));
            }
        }
        return Optional.empty();
    }

    /** The hunk, or as much of it as there is room for. */
    private static Hunk hunk(Comparison comparison, List<Edit> group, int context, int room) {
        var before = comparison.before();
        var from = Math.max(0, group.getFirst().getBeginA() - context);
        var fromNew = group.getFirst().getBeginB() - (group.getFirst().getBeginA() - from);
        var to = Math.min(before.size(), group.getLast().getEndA() + context);
        var lines = new Lines(comparison, room, from, fromNew);
        for (var edit : group) {
            lines.context(edit.getBeginA());
            lines.removed(edit.getEndA());
            lines.added(edit.getEndB());
        }
        lines.context(to);
        return Hunk.of(from, fromNew, lines.list);
    }

    /** The lines of a hunk being made. */
    private static final class Lines {
        private final List<Hunk.Line> list = new ArrayList<>();
        private final LineText before;
        private final LineText after;
        private long room;
        private int old;
        private int now;

        private Lines(Comparison comparison, int room, int old, int now) {
            this.before = comparison.before();
            this.after = comparison.after();
            this.room = room;
            this.old = old;
            this.now = now;
        }

        void context(int end) {
            while (old < end) {
                add(Hunk.Side.CONTEXT, ++old, ++now, after, now);
            }
        }

        void removed(int end) {
            while (old < end) {
                add(Hunk.Side.REMOVED, ++old, 0, before, old);
            }
        }

        void added(int end) {
            while (now < end) {
                add(Hunk.Side.ADDED, 0, ++now, after, now);
            }
        }

        private void add(Hunk.Side side, int oldLine, int newLine, LineText text, int number) {
            room -= text.offset(number) - text.offset(number - 1);
            if (room >= 0) {
                list.add(line(side, oldLine, newLine, text, number));
            }
        }
    }

    private static Hunk.Line line(Hunk.Side side, int oldLine, int newLine, LineText text, int number) {
        var from = text.offset(number - 1);
        var to = text.offset(number);
        var content = text.getRawContent();
        var ended = to > from && content[to - 1] == '\n';
        return new Hunk.Line(side, oldLine, newLine, RawParseUtils.decode(content, from, ended ? to - 1 : to), !ended);
    }
}
