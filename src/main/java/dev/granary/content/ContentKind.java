package dev.granary.content;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.FileMode;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * What a file's content is, told by its beginning alone: names say what they like.
 *
 * @param fileType {@code text}, {@code binary}, {@code symlink} or {@code lfs}, a pointer to content that Git does not
 *     hold
 * @param mediaType what browsers may take it for; never anything that they would run
 * @param charset how its text is written; null for binary content
 */
public record ContentKind(
        String fileType, String mediaType, @Nullable Charset charset) {
    /** So many bytes tell: Git, too, looks for a zero byte in the first eight thousand. */
    static final int LOOKED_AT = 8000;

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int LARGEST_POINTER = 1024;
    private static final byte[] POINTER = ascii("version https://git-lfs.github.com/spec/");
    private static final String BINARY = "application/octet-stream";

    private record Magic(String mediaType, int offset, byte[] bytes) {
        boolean matches(byte[] head, int length) {
            return length >= offset + bytes.length
                    && Arrays.equals(head, offset, offset + bytes.length, bytes, 0, bytes.length);
        }
    }

    private static final List<Magic> IMAGES = List.of(
            new Magic("image/png", 0, latin("\u0089PNG\r\n\u001a\n")),
            new Magic("image/jpeg", 0, latin("\u00ff\u00d8\u00ff")),
            new Magic("image/gif", 0, ascii("GIF87a")),
            new Magic("image/gif", 0, ascii("GIF89a")),
            new Magic("image/webp", 8, ascii("WEBP")),
            new Magic("image/x-icon", 0, latin("\0\0\1\0")));

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Tells a file's kind.
     *
     * @param head the first {@value #LOOKED_AT} bytes at least, or all there are
     * @param size how many bytes the whole has
     */
    public static ContentKind of(FileMode mode, byte[] head, long size) {
        var length = Math.min(head.length, LOOKED_AT);
        if (RawText.isBinary(head, length, length == size)) {
            return new ContentKind("binary", image(head, length), null);
        }
        var charset = charset(head, head.length == size);
        var type = FileMode.SYMLINK.equals(mode) ? "symlink" : isPointer(head, size) ? "lfs" : "text";
        var image = image(head, length);
        return image.equals(BINARY)
                ? new ContentKind(type, "text/plain;charset=" + charset.name(), charset)
                : new ContentKind("binary", image, null);
    }

    private static String image(byte[] head, int length) {
        if (length > 18 && head[0] == 'B' && head[1] == 'M' && head[6] == 0 && head[7] == 0 && head[15] == 0) {
            return "image/bmp";
        }
        for (var magic : IMAGES) {
            if (magic.matches(head, length)) {
                return magic.mediaType();
            }
        }
        return BINARY;
    }

    private static boolean isPointer(byte[] head, long size) {
        return size <= LARGEST_POINTER
                && head.length >= POINTER.length
                && Arrays.equals(head, 0, POINTER.length, POINTER, 0, POINTER.length);
    }

    /** How the text of a whole file is written, by what it looks most like; ISO-8859-1 where nothing can be said. */
    public static Charset charset(byte[] bytes) {
        return charset(bytes, true);
    }

    private static Charset charset(byte[] bytes, boolean complete) {
        if (isUtf8(bytes, complete)) {
            return StandardCharsets.UTF_8;
        }
        var detector = new UniversalDetector();
        detector.handleData(bytes, 0, Math.min(bytes.length, LOOKED_AT));
        detector.dataEnd();
        var name = detector.getDetectedCharset();
        try {
            return name == null ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    /** A beginning may end within a character. */
    private static boolean isUtf8(byte[] bytes, boolean complete) {
        if (isAscii(bytes)) {
            return true;
        }
        var cut = complete ? 0 : Math.min(bytes.length, 3);
        for (var less = 0; less <= cut; less++) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, bytes.length - less));
                return true;
            } catch (CharacterCodingException e) {
                continue;
            }
        }
        return false;
    }

    /** Eight bytes at a time: most text is. */
    private static boolean isAscii(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        var at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            if ((buffer.getLong(at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < bytes.length; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    boolean isImage() {
        return mediaType.startsWith("image/");
    }
}
