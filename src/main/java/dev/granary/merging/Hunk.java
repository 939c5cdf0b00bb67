package dev.granary.merging;

import java.util.List;

/**
 * A stretch of changed lines with some lines around.
 *
 * @param oldStart the first line's number before, from 1; 0 if there is none
 * @param newStart the first line's number after, from 1; 0 if there is none
 */
public record Hunk(int oldStart, int oldLines, int newStart, int newLines, List<Line> lines) {
    public Hunk {
        lines = List.copyOf(lines);
    }

    /** Which side a line is on. */
    public enum Side {
        CONTEXT(" "),
        REMOVED("-"),
        ADDED("+");

        private final String sign;

        Side(String sign) {
            this.sign = sign;
        }
    }

    /**
     * A line of a hunk.
     *
     * @param oldLine its number before, from 1; 0 for an added line
     * @param newLine its number after, from 1; 0 for a removed line
     * @param text without its end
     * @param unended whether it is a file's last line and has no end
     */
    public record Line(Side side, int oldLine, int newLine, String text, boolean unended) {
        /** As it is in unified text. */
        public String unified() {
            return side.sign + text + "\n" + (unended ? "\\ No newline at end of file\n" : "");
        }
    }

    /**
     * A hunk of some lines.
     *
     * @param oldBefore the number of the last line before them on the old side; 0 if they begin there
     * @param newBefore the same on the new side
     */
    static Hunk of(int oldBefore, int newBefore, List<Line> lines) {
        var old = (int) lines.stream().filter(line -> line.oldLine() > 0).count();
        var now = (int) lines.stream().filter(line -> line.newLine() > 0).count();
        return new Hunk(oldBefore + (old > 0 ? 1 : 0), old, newBefore + (now > 0 ? 1 : 0), now, lines);
    }

    /** The part of it that ends shortly behind a line, of so many lines at most. */
    Hunk around(Line line, int most) {
        if (lines.size() <= most) {
            return this;
        }
        var end = Math.min(lines.size(), lines.indexOf(line) + 1 + most / 4);
        var begin = Math.max(0, end - most);
        var old = oldStart - (oldLines > 0 ? 1 : 0);
        var now = newStart - (newLines > 0 ? 1 : 0);
        for (var skipped : lines.subList(0, begin)) {
            old = Math.max(old, skipped.oldLine());
            now = Math.max(now, skipped.newLine());
        }
        return of(old, now, lines.subList(begin, end));
    }

    /** For example {@code @@ -1,3 +1,4 @@}. */
    public String header() {
        return "@@ -" + range(oldStart, oldLines) + " +" + range(newStart, newLines) + " @@";
    }

    private static String range(int start, int lines) {
        return lines == 1 ? Integer.toString(start) : start + "," + lines;
    }

    /** As unified text. */
    public String text() {
        var text = new StringBuilder(header()).append('\n');
        lines.forEach(line -> text.append(line.unified()));
        return text.toString();
    }
}
