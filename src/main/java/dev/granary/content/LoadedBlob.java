package dev.granary.content;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * A file with its content in memory.
 *
 * @param size in bytes
 * @param bytes null when there are more than may be in an answer
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LoadedBlob(TreeEntry entry, long size, byte @Nullable [] bytes, ContentKind kind) {
    /** How contents are written in answers. */
    static final String ENCODING = "base64";

    /** Reads a file, without its content if that is larger than so many bytes. */
    static LoadedBlob read(ObjectReader reader, TreeEntry entry, long maximumBytes) throws IOException {
        var loader = reader.open(entry.id(), Constants.OBJ_BLOB);
        var size = loader.getSize();
        if (size > maximumBytes) {
            try (var stream = loader.openStream()) {
                var head = stream.readNBytes(ContentKind.LOOKED_AT);
                return new LoadedBlob(entry, size, null, ContentKind.of(entry.mode(), head, size));
            }
        }
        var bytes = loader.getCachedBytes((int) Math.min(maximumBytes, Integer.MAX_VALUE));
        return new LoadedBlob(entry, size, bytes, ContentKind.of(entry.mode(), bytes, size));
    }

    /** This, if its content is there; otherwise {@link ErrorCode#FILE_TOO_LARGE}. */
    LoadedBlob require(long maximumBytes) {
        if (bytes == null) {
            throw new Problem(ErrorCode.FILE_TOO_LARGE, entry.path(), Long.toString(maximumBytes));
        }
        return this;
    }

    String id() {
        return entry.id().name();
    }

    /** The content; null when it is too large. */
    @Nullable
    String base64() {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    /** The SHA-256 of the content as hex digits; null when it is too large. */
    @Nullable
    String sha256() {
        try {
            return bytes == null
                    ? null
                    : HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
