package dev.granary.content;

import dev.granary.commits.LineStats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/** Compares the two sides of one file, within bounds of time and memory. Not for several threads. */
final class FileDiffer {
    /** Larger files are not compared line by line. */
    private static final long MAXIMUM_FILE = 5L << 20;

    /** Once so much was read for one answer, the files that are left count as too large. */
    private static final long MAXIMUM_TOTAL = 200L << 20;

    private static final int MAXIMUM_LINES = 100_000;

    private final ObjectReader reader;
    private final RawTextComparator comparator;
    private final DiffAlgorithm algorithm = algorithm();
    private long bytesLeft = MAXIMUM_TOTAL;

    FileDiffer(ObjectReader reader, boolean ignoreWhitespaceChange) {
        this.reader = reader;
        this.comparator = ignoreWhitespaceChange ? RawTextComparator.WS_IGNORE_CHANGE : FileText.LINES;
    }

    /** Without a fallback, hopeless stretches count as replaced: the cost stays near linear whatever the input. */
    private static DiffAlgorithm algorithm() {
        var histogram = new HistogramDiff();
        histogram.setFallbackAlgorithm(null);
        return histogram;
    }

    /**
     * How the sides of a file differ.
     *
     * @param binary whether a side is not text
     * @param tooLarge whether a side is too large to compare
     * @param edits the differing stretches; empty if binary or too large
     */
    record Comparison(boolean binary, boolean tooLarge, RawText before, RawText after, EditList edits) {
        private static final RawText NOTHING = new RawText(new byte[0]);

        static Comparison skipped(boolean binary) {
            return new Comparison(binary, !binary, NOTHING, NOTHING, new EditList(0));
        }

        LineStats lines() {
            var added = 0;
            var removed = 0;
            for (var edit : edits) {
                added += edit.getLengthB();
                removed += edit.getLengthA();
            }
            return LineStats.of(added, removed);
        }

        /** The hunks as unified text with three lines of context; null when they take more than so many bytes. */
        @Nullable
        String hunks(int maximumBytes) throws IOException {
            var out = new BoundedOutput(maximumBytes);
            try (var formatter = new DiffFormatter(out)) {
                formatter.format(edits, before, after);
                formatter.flush();
            } catch (BoundedOutput.Full _) {
                return null;
            }
            return RawParseUtils.decode(out.bytes.toByteArray());
        }
    }

    /** Compares both sides of an entry. */
    Comparison compare(DiffEntry entry) throws IOException {
        var before = side(entry.getOldMode(), entry.getOldId());
        var after = side(entry.getNewMode(), entry.getNewId());
        if (before == null || after == null) {
            return Comparison.skipped(false);
        }
        if (RawText.isBinary(before, before.length, true) || RawText.isBinary(after, after.length, true)) {
            return Comparison.skipped(true);
        }
        var oldText = FileText.of(before, null);
        var newText = FileText.of(after, oldText);
        if (oldText.size() > MAXIMUM_LINES || newText.size() > MAXIMUM_LINES) {
            return Comparison.skipped(false);
        }
        return new Comparison(false, false, oldText, newText, algorithm.diff(comparator, oldText, newText));
    }

    /** The bytes of a side; null when there are too many. */
    private byte @Nullable [] side(FileMode mode, AbbreviatedObjectId id) throws IOException {
        if (mode.equals(FileMode.MISSING)) {
            return new byte[0];
        }
        if (mode.equals(FileMode.GITLINK)) {
            return ("Subproject commit " + id.name() + "\n").getBytes(StandardCharsets.US_ASCII);
        }
        var loader = reader.open(id.toObjectId(), Constants.OBJ_BLOB);
        if (loader.getSize() > Math.min(MAXIMUM_FILE, bytesLeft)) {
            return null;
        }
        bytesLeft -= loader.getSize();
        return loader.getCachedBytes((int) MAXIMUM_FILE);
    }

    private static final class BoundedOutput extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int maximum;

        private BoundedOutput(int maximum) {
            this.maximum = maximum;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            if (bytes.size() + length > maximum) {
                throw new Full();
            }
            bytes.write(data, offset, length);
        }

        private static final class Full extends IOException {
            private static final long serialVersionUID = 1L;
        }
    }
}
