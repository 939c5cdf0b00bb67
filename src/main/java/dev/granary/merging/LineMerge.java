package dev.granary.merging;

import dev.granary.merging.ConflictText.Stretch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.MyersDiff;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk.ConflictState;
import org.jspecify.annotations.Nullable;

/**
 * Merges the content of files line by line, as Git does.
 *
 * @param oursLabel behind the marker where our lines begin
 * @param theirsLabel behind the marker where their lines end
 * @param markerLength how often a marker's character is repeated
 */
record LineMerge(String oursLabel, String theirsLabel, int markerLength) {
    /** Git looks at so much of a file to know whether it is text. */
    private static final int LOOKED_AT = 8000;

    private static final int MARKER_LENGTH = 7;

    /** A stretch where histograms fail is compared thoroughly only up to so many pairs of lines. */
    private static final long MOST_PAIRS = 16_000_000;

    /** With the labels that Git would choose for branches of these names. */
    static LineMerge named(String ours, String theirs) {
        return new LineMerge(ours, theirs, MARKER_LENGTH);
    }

    /** For a merge of merge bases, so deep below the one asked for. */
    static LineMerge temporary(int depth) {
        return new LineMerge("Temporary merge branch 1", "Temporary merge branch 2", MARKER_LENGTH + 2 * depth);
    }

    sealed interface Result {}

    /** A side is not text, or too large. */
    record NotText() implements Result {}

    /**
     * The merged text.
     *
     * @param conflicts how many stretches are in conflict; they stand between markers
     * @param stretches the same without markers; empty where one side is as it was
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Text(byte[] content, int conflicts, List<Stretch> stretches) implements Result {}

    /**
     * Merges three files.
     *
     * @param base null if both sides added the file
     */
    Result merge(Workspace workspace, @Nullable ObjectId base, ObjectId ours, ObjectId theirs) throws IOException {
        var before = base == null ? new byte[0] : content(workspace, base);
        var left = content(workspace, ours);
        var right = content(workspace, theirs);
        if (before == null || left == null || right == null) {
            return new NotText();
        }
        workspace.requireTime();
        if (Arrays.equals(before, right)) {
            return new Text(left, 0, List.of());
        }
        if (Arrays.equals(before, left)) {
            return new Text(right, 0, List.of());
        }
        return merge(new LineText(before), new LineText(left), new LineText(right));
    }

    private static byte @Nullable [] content(Workspace workspace, ObjectId id) throws IOException {
        var loader = workspace.open(id, Constants.OBJ_BLOB);
        if (loader.getSize() > Workspace.LARGEST_FILE) {
            return null;
        }
        var bytes = loader.getCachedBytes((int) Workspace.LARGEST_FILE);
        return binary(bytes) ? null : bytes;
    }

    /** Whether Git takes it for binary: a NUL within the first {@value #LOOKED_AT} bytes. */
    static boolean binary(byte[] content) {
        for (var index = 0; index < Math.min(LOOKED_AT, content.length); index++) {
            if (content[index] == 0) {
                return true;
            }
        }
        return false;
    }

    private Text merge(LineText base, LineText ours, LineText theirs) {
        var result = new MergeAlgorithm(algorithm()).merge(RawTextComparator.DEFAULT, base, ours, theirs);
        var texts = new LineText[] {base, ours, theirs};
        var stretches = new Stretches();
        var out = new Output(ours.hasCarriageReturns() ? "\r\n" : "\n");
        var conflicts = 0;
        var last = ConflictState.NO_CONFLICT;
        for (var chunk : result) {
            var state = chunk.getConflictState();
            conflicts += mark(out, last, state);
            last = state;
            if (state != ConflictState.BASE_CONFLICTING_RANGE) {
                var text = texts[chunk.getSequenceIndex()];
                var from = text.offset(chunk.getBegin());
                var length = text.offset(chunk.getEnd()) - from;
                out.write(text.getRawContent(), from, length);
                stretches.add(state, Arrays.copyOfRange(text.getRawContent(), from, from + length));
            }
        }
        mark(out, last, ConflictState.NO_CONFLICT);
        return new Text(out.toByteArray(), conflicts, stretches.end());
    }

    /** Writes what stands between two stretches; returns 1 if a conflict begins. */
    private int mark(Output out, ConflictState last, ConflictState next) {
        if (last == ConflictState.NEXT_CONFLICTING_RANGE) {
            out.marker(">", markerLength, theirsLabel);
        }
        if (next == ConflictState.FIRST_CONFLICTING_RANGE) {
            out.marker("<", markerLength, oursLabel);
        }
        if (next == ConflictState.NEXT_CONFLICTING_RANGE) {
            out.marker("=", markerLength, "");
        }
        return next == ConflictState.FIRST_CONFLICTING_RANGE ? 1 : 0;
    }

    /** Puts together what belongs together: both sides of a conflict, and lines without any. */
    private static final class Stretches {
        private final List<Stretch> found = new ArrayList<>();
        private final ByteArrayOutputStream agreed = new ByteArrayOutputStream();
        private byte[] ours = new byte[0];

        void add(ConflictState state, byte[] lines) {
            switch (state) {
                case NO_CONFLICT -> agreed.writeBytes(lines);
                case FIRST_CONFLICTING_RANGE -> {
                    flush();
                    ours = lines;
                }
                case NEXT_CONFLICTING_RANGE -> found.add(new Stretch(true, ours, lines));
                case BASE_CONFLICTING_RANGE -> {}
            }
        }

        private void flush() {
            if (agreed.size() > 0) {
                found.add(new Stretch(false, agreed.toByteArray(), agreed.toByteArray()));
                agreed.reset();
            }
        }

        List<Stretch> end() {
            flush();
            return found;
        }
    }

    private static final class Output extends ByteArrayOutputStream {
        private final String lineEnd;

        private Output(String lineEnd) {
            this.lineEnd = lineEnd;
        }

        /** A marker stands on a line of its own, even behind a last line that has no end. */
        void marker(String sign, int length, String label) {
            var before = count == 0 || buf[count - 1] == '\n' ? "" : lineEnd;
            var line = before + sign.repeat(length) + (label.isEmpty() ? "" : " " + label) + lineEnd;
            writeBytes(line.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Histograms as Git's, and thorough comparison of what they cannot tell, where that is affordable. */
    static DiffAlgorithm algorithm() {
        var histogram = new HistogramDiff();
        histogram.setFallbackAlgorithm(new DiffAlgorithm() {
            @Override
            public <S extends Sequence> EditList diffNonCommon(SequenceComparator<? super S> comparator, S a, S b) {
                if ((long) a.size() * b.size() > MOST_PAIRS) {
                    return EditList.singleton(new Edit(0, a.size(), 0, b.size()));
                }
                return MyersDiff.INSTANCE.diffNonCommon(comparator, a, b);
            }
        });
        return histogram;
    }
}
