package dev.granary.merging;

import java.io.IOException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The files that differ between two trees; a file on both sides is in both maps.
 *
 * @param before what was there, by path
 * @param after what is there, by path
 */
record TreeChanges(TreeMap<String, Entry> before, TreeMap<String, Entry> after) {

    static TreeChanges between(Workspace workspace, @Nullable ObjectId before, @Nullable ObjectId after)
            throws IOException {
        var changes = new TreeChanges(new TreeMap<>(), new TreeMap<>());
        changes.walk(workspace, "", before, after);
        return changes;
    }

    /** Whether the file is there before and not after. */
    boolean deleted(String path) {
        return before.containsKey(path) && !after.containsKey(path);
    }

    private void walk(Workspace workspace, String prefix, @Nullable ObjectId from, @Nullable ObjectId to)
            throws IOException {
        if (Objects.equals(from, to)) {
            return;
        }
        workspace.requireTimeAndDepth(prefix);
        var old = Entry.read(workspace, from);
        var now = Entry.read(workspace, to);
        var names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        for (var name : names) {
            var one = old.get(name);
            var other = now.get(name);
            if (Objects.equals(one, other)) {
                continue;
            }
            if (one != null && !one.folder()) {
                before.put(prefix + name, one);
            }
            if (other != null && !other.folder()) {
                after.put(prefix + name, other);
            }
            walk(workspace, prefix + name + "/", folderId(one), folderId(other));
        }
    }

    private static @Nullable ObjectId folderId(@Nullable Entry entry) {
        return entry != null && entry.folder() ? entry.id() : null;
    }
}
