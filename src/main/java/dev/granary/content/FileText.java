package dev.granary.content;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.util.IntList;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/**
 * A version of a file, of which many are read one after the other that differ little: where lines begin is taken over from
 * a version near to it, and what two have in common at both ends is found without looking at lines.
 */
final class FileText extends RawText {
    /** Compares lines as they are. */
    static final RawTextComparator LINES = new Lines();

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private FileText(byte[] content, IntList lines) {
        super(content, lines);
    }

    /**
     * A text; its bytes belong to it from now on.
     *
     * @param near another one that may be much the same; null for none
     */
    static FileText of(byte[] content, @Nullable FileText near) {
        return new FileText(
                content,
                near == null ? RawParseUtils.lineMap(content, 0, content.length) : new Beside(content, near).lines());
    }

    /** About how many bytes it takes in memory. */
    int weight() {
        return content.length + Integer.BYTES * lines.size();
    }

    /** Where a line begins, counted from 0; behind the last one, where the text ends. */
    private int begin(int line) {
        return lines.get(line + 1);
    }

    /** A text beside another: how many bytes are the same at the beginning, and how many of the others at the end. */
    private static final class Beside {
        private final byte[] content;
        private final FileText near;
        private final int prefix;
        private final int suffix;

        Beside(byte[] content, FileText near) {
            this.content = content;
            this.near = near;
            var mismatch = Arrays.mismatch(content, near.content);
            prefix = mismatch < 0 ? content.length : mismatch;
            suffix = suffix(content, near.content, Math.min(content.length, near.content.length) - prefix);
        }

        private static int suffix(byte[] one, byte[] other, int most) {
            var length = 0;
            while (length + Long.BYTES <= most
                    && (long) LONGS.get(one, one.length - length - Long.BYTES)
                            == (long) LONGS.get(other, other.length - length - Long.BYTES)) {
                length += Long.BYTES;
            }
            while (length < most && one[one.length - length - 1] == other[other.length - length - 1]) {
                length++;
            }
            return length;
        }

        /** How many lines are whole in what is the same at the beginning, but for the last one that begins there. */
        int linesBefore() {
            var count = 0;
            while (count + 1 < near.size() && near.begin(count + 1) <= prefix) {
                count++;
            }
            return count;
        }

        /** How many lines begin behind a break that is in what is the same at the end. */
        int linesAfter() {
            var first = near.size();
            while (first > 0 && near.begin(first - 1) > near.content.length - suffix) {
                first--;
            }
            return near.size() - first;
        }

        /** Where lines begin, as JGit has it. */
        IntList lines() {
            var lines = new IntList(near.lines.size() + 1);
            lines.add(Integer.MIN_VALUE);
            var before = near.size() == 0 ? 0 : linesBefore();
            for (var line = 0; line < before; line++) {
                lines.add(near.begin(line));
            }
            var end = content.length - suffix;
            var begin = before == 0 ? 0 : near.begin(before);
            for (; begin <= end && begin < content.length; begin = RawParseUtils.nextLF(content, begin)) {
                lines.add(begin);
            }
            var shift = content.length - near.content.length;
            for (var line = near.size() - linesAfter(); line < near.size(); line++) {
                lines.add(near.begin(line) + shift);
            }
            lines.add(content.length);
            return lines;
        }
    }

    private static final class Lines extends RawTextComparator {
        @Override
        public boolean equals(RawText one, int oneLine, RawText other, int otherLine) {
            var left = (FileText) one;
            var right = (FileText) other;
            return Arrays.equals(
                    left.content,
                    left.begin(oneLine),
                    left.begin(oneLine + 1),
                    right.content,
                    right.begin(otherLine),
                    right.begin(otherLine + 1));
        }

        @Override
        protected int hashRegion(byte[] raw, int begin, int end) {
            var hash = 1;
            for (var at = begin; at < end; at++) {
                hash = 31 * hash + raw[at];
            }
            return hash;
        }

        /** Of two whole texts, which they are at first. */
        @Override
        public Edit reduceCommonStartEnd(RawText one, RawText other, Edit all) {
            if (all.getLengthA() == 0 || all.getLengthB() == 0) {
                return all;
            }
            var beside = new Beside(((FileText) other).content, (FileText) one);
            var before = Math.min(beside.linesBefore(), other.size() - 1);
            var after = beside.linesAfter();
            return super.reduceCommonStartEnd(
                    one, other, new Edit(before, one.size() - after, before, other.size() - after));
        }
    }
}
