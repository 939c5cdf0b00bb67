package dev.granary.content;

/**
 * A file of a commit, with its content.
 *
 * @param size in bytes
 * @param encoding always {@code base64}
 * @param contentSha256 the SHA-256 of the content, as hex digits
 * @param ref the branch, tag or commit id that was asked for
 * @param commitId the commit it was read from
 * @param lastCommitId the last commit up to there that changed the file
 */
record FileContent(
        String fileName,
        String filePath,
        long size,
        String encoding,
        String contentSha256,
        String ref,
        String blobId,
        String commitId,
        String lastCommitId,
        String content) {}
