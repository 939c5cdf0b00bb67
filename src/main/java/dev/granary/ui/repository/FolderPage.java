package dev.granary.ui.repository;

import dev.granary.content.BrowseService.Folder;
import dev.granary.ui.RepositoryPage;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a ref.
 *
 * @param path empty for the root
 * @param editable whether the reader may commit to it: it is a branch
 * @param readme the file that tells about the folder as HTML; null where there is none, or it is no Markdown
 */
public record FolderPage(
        RepositoryPage repository,
        String ref,
        String path,
        Folder folder,
        @Nullable String readme,
        boolean editable) {
    /** The folder above; empty for the root. */
    public String parent() {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }

    /** A folder on the way to a path, or the file there. */
    public record Step(String name, String path) {}

    /** The way from the root to a path, that included. */
    public static List<Step> steps(String path) {
        if (path.isEmpty()) {
            return List.of();
        }
        var names = path.split("/", -1);
        return IntStream.range(0, names.length)
                .mapToObj(index ->
                        new Step(names[index], String.join("/", List.of(names).subList(0, index + 1))))
                .toList();
    }
}
