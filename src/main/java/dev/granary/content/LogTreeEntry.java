package dev.granary.content;

import dev.granary.commits.CommitSummary;
import dev.granary.commits.CommitView;
import dev.granary.content.SubmoduleLinks.Link;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a folder and the last commit that changed it, in v4's form.
 *
 * @param type {@code blob}, {@code tree} or {@code commit}
 * @param blobId of the file's content, of the folder, or of the commit of a submodule
 * @param submoduleUrl where to clone a submodule from; null for others, as {@code submoduleLink}
 * @param isLimited whether the file is too large for an answer with its content
 * @param md5 the MD5 of the path
 * @param nickName the user behind the commit's author; null if nobody is, as the two after it
 */
record LogTreeEntry(
        String name,
        String path,
        String type,
        CommitSummary commit,
        String blobId,
        @Nullable String submoduleUrl,
        boolean isLimited,
        @Nullable String submoduleLink,
        String md5,
        @Nullable String nickName,
        @Nullable String tenantName,
        @Nullable String userName) {
    static LogTreeEntry of(TreeEntry entry, CommitView last, @Nullable Link link, boolean limited) {
        var address = link == null ? null : link.address();
        return new LogTreeEntry(
                entry.name(),
                entry.path(),
                entry.type(),
                CommitSummary.of(last),
                entry.id().name(),
                address,
                limited,
                address,
                TreeObject.md5(entry.path()),
                last.nickName(),
                last.tenantName(),
                last.userName());
    }
}
