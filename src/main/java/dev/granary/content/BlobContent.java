package dev.granary.content;

import java.util.Objects;

/**
 * The content of a file known by its id alone.
 *
 * @param size in bytes
 * @param encoding of the content: always {@code base64}
 */
record BlobContent(long size, String encoding, String content, String blobId) {
    static BlobContent of(LoadedBlob blob) {
        return new BlobContent(blob.size(), LoadedBlob.ENCODING, Objects.requireNonNull(blob.base64()), blob.id());
    }

    /**
     * A repository's read-me file.
     *
     * @param fileType as in {@link RepositoryFile}
     */
    record Readme(
            String blobId,
            String content,
            String encoding,
            String fileName,
            String filePath,
            String fileType,
            long size) {
        static Readme of(LoadedBlob blob) {
            return new Readme(
                    blob.id(),
                    Objects.requireNonNull(blob.base64()),
                    LoadedBlob.ENCODING,
                    blob.entry().name(),
                    blob.entry().path(),
                    blob.kind().fileType(),
                    blob.size());
        }
    }
}
