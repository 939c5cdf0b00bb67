package dev.granary.content;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of a difference as it is shown.
 *
 * @param oldNumber its number before, from 1; 0 for a line that was not there
 * @param newNumber its number after, from 1; 0 for a line that is not there any more
 * @param kind {@code same}, {@code added}, {@code removed}, {@code hunk} for what stands above a stretch of them, or
 *     {@code note} for a remark about the line before
 * @param text without the sign that begins it and without its end
 */
public record DiffLine(int oldNumber, int newNumber, String kind, String text) {
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d{1,9})(?:,\\d+)? \\+(\\d{1,9})(?:,\\d+)? @@.*");

    /** The lines of unified text. Only line feeds end lines: a file may have other characters that end lines elsewhere. */
    public static List<DiffLine> of(String unified) {
        var lines = new ArrayList<DiffLine>();
        var before = 0;
        var after = 0;
        for (var start = 0; start < unified.length(); ) {
            var end = unified.indexOf('\n', start);
            var line = unified.substring(start, end < 0 ? unified.length() : end);
            start = end < 0 ? unified.length() : end + 1;
            var text = line.isEmpty() ? "" : line.substring(1);
            switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                case '@' -> {
                    var hunk = HUNK.matcher(line);
                    if (hunk.matches()) {
                        before = Integer.parseInt(hunk.group(1));
                        after = Integer.parseInt(hunk.group(2));
                    }
                    lines.add(new DiffLine(0, 0, "hunk", line));
                }
                case '+' -> lines.add(new DiffLine(0, after++, "added", text));
                case '-' -> lines.add(new DiffLine(before++, 0, "removed", text));
                case '\\' -> lines.add(new DiffLine(0, 0, "note", text.strip()));
                default -> lines.add(new DiffLine(before++, after++, "same", text));
            }
        }
        return lines;
    }
}
