package dev.granary.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * A tree being changed in memory. Only the folders on the paths asked for are read, and only those that changed are
 * written, so the cost does not depend on how large the whole tree is.
 */
final class TreeEdit {
    private final ObjectReader reader;
    private final Folder root;

    /** Begins with an existing tree, or with an empty one. */
    TreeEdit(ObjectReader reader, @Nullable ObjectId tree) {
        this.reader = reader;
        this.root = new Folder(tree);
    }

    /** What stands at a path in a tree: a file, a link, a submodule or a folder. */
    static final class Entry {
        private final FileMode mode;
        private final ObjectId id;
        private final @Nullable Folder folder;

        private Entry(FileMode mode, ObjectId id, @Nullable Folder folder) {
            this.mode = mode;
            this.id = id;
            this.folder = folder;
        }

        FileMode mode() {
            return mode;
        }

        ObjectId id() {
            return id;
        }

        boolean isFolder() {
            return folder != null;
        }
    }

    private static final class Folder {
        private final @Nullable ObjectId original;
        private @Nullable Map<String, Entry> entries;
        private boolean changed;

        private Folder(@Nullable ObjectId original) {
            this.original = original;
        }
    }

    /** The entry at a path; null when there is none. */
    @Nullable
    Entry find(FilePath path) throws IOException {
        var folder = root;
        Entry entry = null;
        for (var name : path.names()) {
            if (folder == null) {
                return null;
            }
            entry = entries(folder).get(name);
            folder = entry == null ? null : entry.folder;
        }
        return entry;
    }

    /** The part of a path that is a file where a folder is needed; null when nothing is in the way. */
    @Nullable
    String blocker(FilePath path) throws IOException {
        var folder = root;
        for (var depth = 1; depth < path.names().size(); depth++) {
            var entry = entries(folder).get(path.names().get(depth - 1));
            if (entry == null) {
                return null;
            }
            if (entry.folder == null) {
                return path.upTo(depth);
            }
            folder = entry.folder;
        }
        return null;
    }

    /** Sets the entry at a path, making its folders as needed; nothing may block the path. */
    void put(FilePath path, FileMode mode, ObjectId id) throws IOException {
        var folder = root;
        var names = path.names();
        for (var name : names.subList(0, names.size() - 1)) {
            folder.changed = true;
            var entry = entries(folder)
                    .computeIfAbsent(name, _ -> new Entry(FileMode.TREE, ObjectId.zeroId(), new Folder(null)));
            if (entry.folder == null) {
                throw new IllegalStateException("A file blocks the path");
            }
            folder = entry.folder;
        }
        folder.changed = true;
        entries(folder).put(names.getLast(), new Entry(mode, id, null));
    }

    /** Removes the entry at a path, and the folders that become empty by it. */
    void remove(FilePath path) throws IOException {
        remove(root, path, 0);
    }

    private void remove(Folder folder, FilePath path, int depth) throws IOException {
        var name = path.names().get(depth);
        var entry = entries(folder).get(name);
        if (entry == null) {
            return;
        }
        folder.changed = true;
        if (depth == path.names().size() - 1) {
            entries(folder).remove(name);
        } else if (entry.folder != null) {
            remove(entry.folder, path, depth + 1);
            if (entries(entry.folder).isEmpty()) {
                entries(folder).remove(name);
            }
        }
    }

    /** Inserts the changed folders and returns the root's id. */
    ObjectId write(ObjectInserter inserter) throws IOException {
        return write(root, inserter);
    }

    private ObjectId write(Folder folder, ObjectInserter inserter) throws IOException {
        if (!folder.changed && folder.original != null) {
            return folder.original;
        }
        var sorted = entries(folder).entrySet().stream()
                .sorted(Comparator.comparing(TreeEdit::sortKey))
                .toList();
        var formatter = new TreeFormatter();
        for (var item : sorted) {
            var entry = item.getValue();
            var id = entry.folder == null ? entry.id : write(entry.folder, inserter);
            formatter.append(item.getKey().getBytes(StandardCharsets.ISO_8859_1), entry.mode, id);
        }
        return inserter.insert(formatter);
    }

    /** Git sorts by bytes, folders as if their names ended with a slash. */
    private static String sortKey(Map.Entry<String, Entry> item) {
        return item.getValue().isFolder() ? item.getKey() + "/" : item.getKey();
    }

    private Map<String, Entry> entries(Folder folder) throws IOException {
        if (folder.entries == null) {
            folder.entries = new HashMap<>();
            if (folder.original != null) {
                read(folder.original, folder.entries);
            }
        }
        return folder.entries;
    }

    private void read(ObjectId tree, Map<String, Entry> into) throws IOException {
        var bytes = reader.open(tree, Constants.OBJ_TREE).getCachedBytes(Integer.MAX_VALUE);
        var parser = new CanonicalTreeParser();
        for (parser.reset(bytes); !parser.eof(); parser.next()) {
            var name = new byte[parser.getNameLength()];
            parser.getName(name, 0);
            var mode = parser.getEntryFileMode();
            var id = parser.getEntryObjectId();
            var folder = mode.equals(FileMode.TREE) ? new Folder(id) : null;
            into.put(new String(name, StandardCharsets.ISO_8859_1), new Entry(mode, id, folder));
        }
    }
}
