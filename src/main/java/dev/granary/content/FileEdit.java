package dev.granary.content;

import org.jspecify.annotations.Nullable;

/**
 * A change of one file in a commit of its own, as clients send it.
 *
 * @param name the user's name by the contract, which the server knows better: nothing depends on it
 * @param authorName absent: the caller's, as the address
 * @param encoding how {@code content} is written: {@code text} (absent too) or {@code base64}
 * @param lastCommitId the last commit known to touch the file; absent checks nothing
 */
record FileEdit(
        @Nullable String name,
        @Nullable String filePath,
        @Nullable String branch,
        @Nullable String commitMessage,
        @Nullable String authorEmail,
        @Nullable String authorName,
        @Nullable String content,
        @Nullable String encoding,
        @Nullable String lastCommitId) {

    /** One that is about a file named beside it. */
    static FileEdit with(
            String branch, String commitMessage, @Nullable String authorName, @Nullable String authorEmail) {
        return new FileEdit(null, null, branch, commitMessage, authorEmail, authorName, null, null, null);
    }

    /**
     * A file that gets another name.
     *
     * @param startBranch where to begin a new {@code branchName}; absent: on {@code branchName} itself
     * @param previousPath where the file is
     * @param inferContent whether the content stays; otherwise {@code content} is the new one
     */
    record Rename(
            @Nullable String filePath,
            @Nullable String branchName,
            @Nullable String commitMessage,
            @Nullable String startBranch,
            @Nullable String authorEmail,
            @Nullable String authorName,
            @Nullable String previousPath,
            @Nullable Boolean inferContent,
            @Nullable String content,
            @Nullable String encoding,
            @Nullable String lastCommitId) {}

    /** A new folder, which Git keeps by a file in it. */
    record Folder(
            @Nullable String filePath,
            @Nullable String branchName,
            @Nullable String commitMessage) {}

    /** What was changed. */
    record Done(String filePath, String branch) {}
}
