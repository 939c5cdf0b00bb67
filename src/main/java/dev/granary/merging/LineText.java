package dev.granary.merging;

import org.eclipse.jgit.diff.RawText;

/** A file's content, by lines. */
final class LineText extends RawText {
    LineText(byte[] content) {
        super(content);
    }

    /** Where a line begins, counted from 0; for the number of lines, where the last ends. */
    int offset(int line) {
        return lines.get(line + 1);
    }

    /** Whether the first line ends as on Windows. */
    boolean hasCarriageReturns() {
        return size() > 0 && offset(1) > 1 && content[offset(1) - 2] == '\r' && content[offset(1) - 1] == '\n';
    }
}
