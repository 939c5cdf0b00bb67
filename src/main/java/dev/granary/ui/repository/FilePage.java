package dev.granary.ui.repository;

import dev.granary.content.BrowseService.File;
import dev.granary.ui.RepositoryPage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of a ref.
 *
 * @param html the file rendered; null where it is shown as it is
 * @param plain whether the reader wants it as it is
 */
public record FilePage(
        RepositoryPage repository,
        String ref,
        File file,
        @Nullable String html,
        boolean plain) {
    /** The longest text that is coloured. */
    private static final int COLOURED = 512 << 10;

    /** The name without its folders. */
    public String name() {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    /** The end of the name, by which the highlighter knows the language; empty where there is none or it would take long. */
    public String extension() {
        var name = name();
        var text = file.text();
        return text == null || text.length() > COLOURED || !name.contains(".")
                ? ""
                : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
