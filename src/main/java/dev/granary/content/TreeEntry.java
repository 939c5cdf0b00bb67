package dev.granary.content;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.io.IOException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * What stands at a path of a commit.
 *
 * @param path from the root, without a slash at either end
 * @param id of the file's content, of the folder, or of the commit of a submodule
 */
public record TreeEntry(String path, String name, FileMode mode, ObjectId id) {
    /** Where a walk is now. */
    static TreeEntry at(TreeWalk walk) {
        return new TreeEntry(walk.getPathString(), walk.getNameString(), walk.getFileMode(0), walk.getObjectId(0));
    }

    /** What stands at a path; null for nothing. */
    static @Nullable TreeEntry find(ObjectReader reader, RevTree tree, FilePath path) throws IOException {
        try (var walk = TreeWalk.forPath(reader, path.text(), tree)) {
            return walk == null ? null : at(walk);
        }
    }

    /**
     * The file or symbolic link at a path.
     *
     * @throws Problem {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#NOT_A_FILE} for a folder or submodule
     */
    public static TreeEntry requireFile(ObjectReader reader, RevTree tree, FilePath path) throws IOException {
        var entry = require(reader, tree, path);
        if (!entry.isFile()) {
            throw new Problem(ErrorCode.NOT_A_FILE, path.text());
        }
        return entry;
    }

    /**
     * The folder at a path, for an empty text the root.
     *
     * @param field the path's name on the wire
     * @throws Problem {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#NOT_A_FOLDER}
     */
    static TreeEntry requireFolder(ObjectReader reader, RevTree tree, String field, @Nullable String text)
            throws IOException {
        var trimmed = text == null || !text.endsWith("/") ? text : text.substring(0, text.length() - 1);
        if (trimmed == null || trimmed.isEmpty()) {
            return new TreeEntry("", "", FileMode.TREE, tree);
        }
        var path = FilePath.stored(field, trimmed);
        var entry = require(reader, tree, path);
        if (!entry.isFolder()) {
            throw new Problem(ErrorCode.NOT_A_FOLDER, path.text());
        }
        return entry;
    }

    private static TreeEntry require(ObjectReader reader, RevTree tree, FilePath path) throws IOException {
        var entry = find(reader, tree, path);
        if (entry == null) {
            throw new Problem(ErrorCode.FILE_NOT_FOUND, path.text());
        }
        return entry;
    }

    boolean isFile() {
        return !isFolder() && !isSubmodule();
    }

    boolean isFolder() {
        return FileMode.TREE.equals(mode);
    }

    boolean isSubmodule() {
        return FileMode.GITLINK.equals(mode);
    }

    /** Its kind as Git names it: {@code blob}, {@code tree} or {@code commit}. */
    String type() {
        return isFolder() ? "tree" : isSubmodule() ? "commit" : "blob";
    }

    /** Its mode as {@code git ls-tree} prints it: six octal digits. */
    String octalMode() {
        return String.format(java.util.Locale.ROOT, "%06o", mode.getBits());
    }

    /** The path of something in this folder. */
    String child(String childName) {
        return path.isEmpty() ? childName : path + "/" + childName;
    }
}
