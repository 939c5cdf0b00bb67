package dev.granary.merging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/** What a folder has under a name. Names and paths are Latin-1 of their bytes, so that each stays what it is. */
record Entry(FileMode mode, ObjectId id) {

    boolean folder() {
        return FileMode.TREE.equals(mode);
    }

    /** A file with or without the right to be executed. */
    boolean file() {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }

    boolean sameType(Entry other) {
        return mode.getObjectType() == other.mode.getObjectType()
                && FileMode.SYMLINK.equals(mode) == FileMode.SYMLINK.equals(other.mode);
    }

    /** The entries of a folder by their names; none for null. */
    static Map<String, Entry> read(Workspace workspace, @Nullable ObjectId tree) throws IOException {
        if (tree == null) {
            return Map.of();
        }
        var entries = new HashMap<String, Entry>();
        var parser = new CanonicalTreeParser();
        for (parser.reset(workspace.tree(tree)); !parser.eof(); parser.next()) {
            var name = new byte[parser.getNameLength()];
            parser.getName(name, 0);
            entries.put(
                    new String(name, StandardCharsets.ISO_8859_1),
                    new Entry(parser.getEntryFileMode(), parser.getEntryObjectId()));
        }
        return entries;
    }

    /** The content of a folder. */
    static byte[] format(Map<String, Entry> entries) {
        var formatter = new TreeFormatter();
        // Git sorts by bytes, folders as if their names ended with a slash.
        entries.entrySet().stream()
                .sorted(Comparator.comparing(item -> item.getValue().folder() ? item.getKey() + "/" : item.getKey()))
                .forEach(item -> formatter.append(
                        item.getKey().getBytes(StandardCharsets.ISO_8859_1),
                        item.getValue().mode(),
                        item.getValue().id()));
        return formatter.toByteArray();
    }

    /** A path as people read it. */
    static String text(String path) {
        return RawParseUtils.decode(path.getBytes(StandardCharsets.ISO_8859_1));
    }
}
