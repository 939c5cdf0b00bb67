package dev.granary.content;

import org.jspecify.annotations.Nullable;

/**
 * One change of a commit made by API, as clients send it.
 *
 * @param action one of {@link Kind}
 * @param filePath the file to make or change
 * @param previousPath move: where the file is
 * @param content create and update: the file's new content; move: absent keeps it
 * @param encoding how {@code content} is written: {@code text} (absent too) or {@code base64}
 * @param lastCommitId update, move, delete: the last commit known to touch the file. v4 declares a boolean here, which
 *     names no commit and so checks nothing
 * @param executeFilemode chmod: whether the file is to be executable
 */
record FileAction(
        @Nullable String action,
        @Nullable String filePath,
        @Nullable String previousPath,
        @Nullable String content,
        @Nullable String encoding,
        @Nullable Object lastCommitId,
        @Nullable Boolean executeFilemode) {

    /** What can be done to a file. */
    enum Kind {
        CREATE,
        CREATE_DIR,
        UPDATE,
        MOVE,
        DELETE,
        CHMOD;

        String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
