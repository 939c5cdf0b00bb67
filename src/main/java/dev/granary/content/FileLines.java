package dev.granary.content;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.ObjectReader;

/** The lines of a text file, as Git counts them. */
final class FileLines {
    /** Larger files are not taken apart. */
    private static final long MAXIMUM = 5L << 20;

    private final RawText text;
    private final Charset charset;

    private FileLines(RawText text, Charset charset) {
        this.text = text;
        this.charset = charset;
    }

    /**
     * Reads a file.
     *
     * @throws Problem {@link ErrorCode#FILE_TOO_LARGE}, {@link ErrorCode#NOT_TEXT}
     */
    static FileLines read(ObjectReader reader, TreeEntry file) throws IOException {
        var blob = LoadedBlob.read(reader, file, MAXIMUM).require(MAXIMUM);
        var bytes = Objects.requireNonNull(blob.bytes());
        if (blob.kind().charset() == null) {
            throw new Problem(ErrorCode.NOT_TEXT, file.path());
        }
        return new FileLines(new RawText(bytes), ContentKind.charset(bytes));
    }

    int size() {
        return text.size();
    }

    /** A line without its end; the first is 0. */
    String line(int index) {
        return charset.decode(text.getRawString(index)).toString();
    }

    /** Lines with the breaks between them. */
    String text(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::line).collect(Collectors.joining("\n"));
    }
}
