package dev.granary.content;

import dev.granary.content.SubmoduleLinks.Link;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a folder, in v4's form.
 *
 * @param id of the file's content, of the folder, or of the commit of a submodule
 * @param type {@code blob}, {@code tree} or {@code commit}
 * @param mode six octal digits
 * @param submoduleLink where to clone a submodule from; null for others, as {@code submoduleBranch}
 * @param md5 the MD5 of the path, by which pages can refer to the entry
 */
record TreeObject(
        String id,
        String name,
        String type,
        String path,
        String mode,
        @Nullable String submoduleLink,
        @Nullable String submoduleBranch,
        String md5) {
    static TreeObject of(TreeEntry entry, @Nullable Link link) {
        return new TreeObject(
                entry.id().name(),
                entry.name(),
                entry.type(),
                entry.path(),
                entry.octalMode(),
                link == null ? null : link.address(),
                link == null ? null : link.branch(),
                md5(entry.path()));
    }

    /** A name for a path that is as long for every path. */
    static String md5(String path) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(path.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
