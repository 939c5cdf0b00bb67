package dev.granary.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** A folder, looked up in one tree after the other that mostly differ little. */
final class FolderPath {
    private final ObjectReader reader;
    private final byte[] bytes;
    private final List<Level> levels = new ArrayList<>();
    private final CanonicalTreeParser parser = new CanonicalTreeParser();

    /** A name on the way, and what it was in the tree looked at last. */
    private static final class Level {
        private final byte[] name;
        private @Nullable ObjectId tree;
        private @Nullable ObjectId child;

        private Level(byte[] name) {
            this.name = name;
        }
    }

    /** A path without slashes at its ends; empty for the root. */
    FolderPath(ObjectReader reader, String path) {
        this.reader = reader;
        this.bytes = path.getBytes(StandardCharsets.UTF_8);
        if (!path.isEmpty()) {
            for (var name : path.split("/")) {
                levels.add(new Level(name.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    boolean isRoot() {
        return levels.isEmpty();
    }

    /** The path as Git has it. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** The path of an entry as Git has it. */
    byte[] child(byte[] name) {
        if (isRoot()) {
            return name.clone();
        }
        var path = new byte[bytes.length + 1 + name.length];
        System.arraycopy(bytes, 0, path, 0, bytes.length);
        path[bytes.length] = '/';
        System.arraycopy(name, 0, path, bytes.length + 1, name.length);
        return path;
    }

    /** The folder's id in a root tree; null where there is no such folder. */
    @Nullable
    ObjectId in(ObjectId root) throws IOException {
        ObjectId tree = root;
        for (var level : levels) {
            if (!tree.equals(level.tree)) {
                level.child = entry(tree, level.name, FileMode.TREE, FileMode.TREE);
                level.tree = tree.copy();
            }
            if (level.child == null) {
                return null;
            }
            tree = level.child;
        }
        return tree;
    }

    /** The content's id of a file in a folder; null where there is no such file. */
    @Nullable
    ObjectId file(ObjectId folder, byte[] name) throws IOException {
        return entry(folder, name, FileMode.REGULAR_FILE, FileMode.EXECUTABLE_FILE);
    }

    /** The id of something of one of two modes in a tree; null where there is none. */
    private @Nullable ObjectId entry(ObjectId tree, byte[] name, FileMode mode, FileMode otherMode) throws IOException {
        for (parser.reset(reader, tree); !parser.eof(); parser.next(1)) {
            if ((mode.equals(parser.getEntryRawMode()) || otherMode.equals(parser.getEntryRawMode()))
                    && parser.getNameLength() == name.length
                    && Arrays.equals(
                            parser.getEntryPathBuffer(),
                            parser.getNameOffset(),
                            parser.getNameOffset() + name.length,
                            name,
                            0,
                            name.length)) {
                return parser.getEntryObjectId();
            }
        }
        return null;
    }
}
