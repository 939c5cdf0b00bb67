package dev.granary.content;

import dev.granary.kernel.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;

/**
 * The path of a file in a repository, safe to check out on any system.
 *
 * @param text the path as the client wrote it
 * @param names its folders and its name, each as the bytes that stand in Git's trees, one byte a character (ISO-8859-1)
 */
public record FilePath(String text, List<String> names) {
    private static final int MAXIMUM_BYTES = 4095;
    private static final int MAXIMUM_NAME_BYTES = 255;
    private static final Set<String> UNNAMEABLE = Set.of("", ".", "..", Constants.DOT_GIT);
    private static final String KEEP_FILE = ".gitkeep";

    /**
     * Reads a path.
     *
     * @param field its name on the wire, for the failure's text
     * @throws Problem if it is empty, absolute, too long, holds control characters or anything that a checkout on
     *     Linux, macOS or Windows would take for {@code .git}, {@code .} or {@code ..}
     */
    static FilePath parse(String field, String text) {
        if (text.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        var bytes = encode(field, text);
        if (bytes.length > MAXIMUM_BYTES) {
            throw Problem.invalid(field, "length", 1, MAXIMUM_BYTES);
        }
        try {
            new ObjectChecker().setSafeForMacOS(true).checkPath(bytes, 0, bytes.length);
        } catch (CorruptObjectException e) {
            throw Problem.invalid(field, "path");
        }
        var names = Arrays.asList(new String(bytes, StandardCharsets.ISO_8859_1).split("/", -1));
        for (var name : names) {
            if (name.length() > MAXIMUM_NAME_BYTES
                    || name.chars().anyMatch(FilePath::control)
                    || dotGitOnWindows(name)) {
                throw Problem.invalid(field, "path");
            }
        }
        return new FilePath(text, names);
    }

    /**
     * Reads the path of something that a repository has already, however it is called: names that clients could not make
     * here may have come by a push.
     *
     * @throws Problem if it is empty, absolute, too long or nothing that can stand in a tree
     */
    public static FilePath stored(String field, String text) {
        if (text.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        var bytes = encode(field, text);
        if (bytes.length > MAXIMUM_BYTES) {
            throw Problem.invalid(field, "length", 1, MAXIMUM_BYTES);
        }
        var names = Arrays.asList(new String(bytes, StandardCharsets.ISO_8859_1).split("/", -1));
        for (var name : names) {
            if (UNNAMEABLE.contains(name.toLowerCase(Locale.ROOT)) || name.indexOf('\0') >= 0) {
                throw Problem.invalid(field, "path");
            }
        }
        return new FilePath(text, names);
    }

    private static byte[] encode(String field, String text) {
        try {
            var bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw Problem.invalid(field, "path");
        }
    }

    private static boolean control(int character) {
        return character < 0x20 || character == 0x7f;
    }

    /** NTFS drops trailing dots and blanks, reads {@code :} as a stream's name and {@code \} as a separator. */
    private static boolean dotGitOnWindows(String name) {
        if (!name.toLowerCase(Locale.ROOT).contains("git")) {
            return false;
        }
        return Arrays.stream(name.split("\\\\", -1))
                .map(part ->
                        part.replaceFirst(":.*", "").replaceFirst("[. ]+$", "").toLowerCase(Locale.ROOT))
                .anyMatch(part -> part.equals(".git") || part.equals("git~1"));
    }

    /** The file that keeps an otherwise empty folder alive in Git. */
    FilePath keepFile() {
        var all = new java.util.ArrayList<>(names);
        all.add(KEEP_FILE);
        return new FilePath(text + "/" + KEEP_FILE, List.copyOf(all));
    }

    /** The first {@code count} names as text. */
    String upTo(int count) {
        var bytes = String.join("/", names.subList(0, count)).getBytes(StandardCharsets.ISO_8859_1);
        return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)).toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
