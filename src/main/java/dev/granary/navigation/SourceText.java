package dev.granary.navigation;

import dev.granary.content.ContentKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** The text of a source file in UTF-8, and its lines. */
final class SourceText {
    /** Larger files are not looked into; what is this large was made by a program. */
    static final int MOST_BYTES = 1 << 20;
    /** So many characters of a line are shown. */
    static final int MOST_LINE = 500;

    private static final int LONG_LINE = 4096;
    private static final int MOST_BYTES_A_CHARACTER = 4;
    private static final int TOP_BITS = 0xc0;
    private static final int CONTINUATION = 0x80;

    private final byte[] bytes;
    private final int[] starts;

    private SourceText(byte[] bytes) {
        this.bytes = bytes;
        this.starts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, bytes.length)
                                .filter(index -> bytes[index] == '\n')
                                .map(index -> index + 1))
                .toArray();
    }

    /** A file's text in UTF-8; empty for one that is too large, or not text. */
    static Optional<byte[]> read(ObjectReader reader, ObjectId blob) throws IOException {
        var loader = reader.open(blob, Constants.OBJ_BLOB);
        if (loader.getSize() > MOST_BYTES) {
            return Optional.empty();
        }
        var stored = loader.getCachedBytes(MOST_BYTES);
        if (RawText.isBinary(stored, stored.length, true)) {
            return Optional.empty();
        }
        var charset = ContentKind.charset(stored);
        return Optional.of(
                charset.equals(StandardCharsets.UTF_8)
                        ? stored
                        : new String(stored, charset).getBytes(StandardCharsets.UTF_8));
    }

    /** The lines of a text in UTF-8. */
    static SourceText of(byte[] bytes) {
        return new SourceText(bytes);
    }

    /** The number of the line that a byte is on, from 1. */
    int line(int offset) {
        var found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** A line by its number without its end, cut when it is long. */
    String image(int line) {
        var from = starts[line - 1];
        var to = line < starts.length ? starts[line] : bytes.length;
        var text = text(from, Math.min(to, from + MOST_BYTES_A_CHARACTER * MOST_LINE))
                .stripTrailing();
        return text.codePointCount(0, text.length()) <= MOST_LINE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_LINE));
    }

    /** What stands between two bytes. */
    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /**
     * A stretch as {@code 3:5-7:2}: the line and the column where it begins, and those of its last character, from 1. On
     * very long lines columns count bytes.
     */
    String range(int start, int end) {
        return position(start) + "-" + position(Math.max(start, lastCharacter(end)));
    }

    private int lastCharacter(int end) {
        var last = end - 1;
        while (last > 0 && (bytes[last] & TOP_BITS) == CONTINUATION) {
            last--;
        }
        return last;
    }

    private String position(int offset) {
        var line = line(offset);
        var start = starts[line - 1];
        if (offset - start > LONG_LINE) {
            return line + ":" + (offset - start + 1);
        }
        var before = 0;
        for (var index = start; index < offset; index++) {
            if ((bytes[index] & TOP_BITS) != CONTINUATION) {
                before++;
            }
        }
        return line + ":" + (before + 1);
    }
}
