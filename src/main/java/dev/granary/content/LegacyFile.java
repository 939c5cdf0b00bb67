package dev.granary.content;

import java.util.Objects;

/**
 * A file of a branch with its content, in v1's form.
 *
 * @param size in bytes, as a text
 * @param encoding of the content: always {@code base64}
 * @param fileType as in {@link RepositoryFile}
 */
record LegacyFile(
        String fileName,
        String filePath,
        String size,
        String encoding,
        String ref,
        String blobId,
        String fileType,
        String content) {
    static LegacyFile of(LoadedBlob blob, String branch) {
        return new LegacyFile(
                blob.entry().name(),
                blob.entry().path(),
                Long.toString(blob.size()),
                LoadedBlob.ENCODING,
                branch,
                blob.id(),
                blob.kind().fileType(),
                Objects.requireNonNull(blob.base64()));
    }
}
