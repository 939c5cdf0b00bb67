package dev.granary.content;

import dev.granary.commits.CommitSummary;
import dev.granary.commits.CommitView;
import org.jspecify.annotations.Nullable;

/**
 * A file of a commit with its content, in v4's form.
 *
 * @param size in bytes
 * @param encoding of the content: always {@code base64}
 * @param ref the branch, tag or commit id that was asked for
 * @param fileType {@code text}, {@code binary}, {@code symlink}, or {@code lfs} for a pointer to content elsewhere
 * @param commit the last commit up to there that changed the file
 * @param content null when it is too large for an answer: it can be downloaded
 * @param isLimited whether it is so large
 * @param contentSha256 the SHA-256 of the content, as hex digits; null where the content is
 * @param nickName the user behind the commit's author; null if nobody is, as the two after it
 */
record RepositoryFile(
        String name,
        String path,
        long size,
        String encoding,
        String ref,
        String blobId,
        String fileType,
        CommitSummary commit,
        @Nullable String content,
        boolean isLimited,
        @Nullable String contentSha256,
        String lastCommitId,
        @Nullable String nickName,
        @Nullable String tenantName,
        @Nullable String userName) {
    static RepositoryFile of(LoadedBlob blob, String ref, CommitView last) {
        return new RepositoryFile(
                blob.entry().name(),
                blob.entry().path(),
                blob.size(),
                LoadedBlob.ENCODING,
                ref,
                blob.id(),
                blob.kind().fileType(),
                CommitSummary.of(last),
                blob.base64(),
                blob.bytes() == null,
                blob.sha256(),
                last.id(),
                last.nickName(),
                last.tenantName(),
                last.userName());
    }
}
