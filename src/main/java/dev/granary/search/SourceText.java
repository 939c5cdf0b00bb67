package dev.granary.search;

import dev.granary.content.ContentKind;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The text of a file, as far as it is searched: not of binary files, pointers to content elsewhere (LFS), files of more than
 * {@link #LARGEST} bytes, and files with a line of more than {@link #LONGEST_LINE} characters, which people do not write.
 */
final class SourceText {
    static final int LARGEST = 1 << 20;
    static final int LONGEST_LINE = 10_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SourceText() {}

    /**
     * A file's text; empty where it is not searched.
     *
     * @throws org.eclipse.jgit.errors.MissingObjectException when it is gone
     */
    static Optional<String> read(ObjectReader reader, ObjectId blob) throws IOException {
        var loader = reader.open(blob, Constants.OBJ_BLOB);
        if (loader.getSize() > LARGEST) {
            return Optional.empty();
        }
        try {
            return of(loader.getCachedBytes(LARGEST));
        } catch (LargeObjectException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> of(byte[] bytes) {
        var kind = ContentKind.of(FileMode.REGULAR_FILE, bytes, bytes.length);
        if (!kind.fileType().equals("text")) {
            return Optional.empty();
        }
        var text = new String(bytes, Objects.requireNonNull(kind.charset()));
        return hasLongLine(text)
                ? Optional.empty()
                : Optional.of(!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text);
    }

    private static boolean hasLongLine(String text) {
        for (var begin = 0; begin < text.length(); ) {
            var end = text.indexOf('\n', begin);
            if ((end < 0 ? text.length() : end) - begin > LONGEST_LINE) {
                return true;
            }
            if (end < 0) {
                return false;
            }
            begin = end + 1;
        }
        return false;
    }
}
