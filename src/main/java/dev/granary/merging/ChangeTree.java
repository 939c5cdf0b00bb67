package dev.granary.merging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder or file in the tree of what changed.
 *
 * @param name its last name
 * @param path its whole path
 * @param level how deep it is, from 1
 * @param file what changed; null for a folder
 * @param items what is in a folder, folders first, then by name
 */
public record ChangeTree(
        String name, String path, int level, @Nullable ChangedFile file, List<ChangeTree> items) {
    private static final Comparator<ChangeTree> ORDER =
            Comparator.comparing((ChangeTree item) -> item.file() != null).thenComparing(ChangeTree::name);

    public ChangeTree {
        items = List.copyOf(items);
    }

    /** The topmost folders and files. */
    public static List<ChangeTree> of(List<ChangedFile> files) {
        var root = new Folder();
        for (var file : files) {
            var folder = root;
            var names = file.path().split("/", -1);
            for (var depth = 0; depth < names.length - 1; depth++) {
                folder = folder.folders.computeIfAbsent(names[depth], _ -> new Folder());
            }
            folder.files.add(file);
        }
        return root.items("", 1);
    }

    private static final class Folder {
        private final Map<String, Folder> folders = new TreeMap<>();
        private final List<ChangedFile> files = new ArrayList<>();

        private List<ChangeTree> items(String prefix, int level) {
            var items = new ArrayList<ChangeTree>();
            folders.forEach((name, folder) -> items.add(
                    new ChangeTree(name, prefix + name, level, null, folder.items(prefix + name + "/", level + 1))));
            files.forEach(file -> items.add(
                    new ChangeTree(file.path().substring(prefix.length()), file.path(), level, file, List.of())));
            items.sort(ORDER);
            return items;
        }
    }
}
