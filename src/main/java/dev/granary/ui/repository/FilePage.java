package dev.granary.ui.repository;

import dev.granary.content.BrowseService.File;
import dev.granary.navigation.NavigationService;
import dev.granary.ui.RepositoryPage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of a ref.
 *
 * @param html the file rendered; null where it is shown as it is
 * @param plain whether the reader wants it as it is
 * @param editable whether the reader may commit to the ref: it is a branch
 */
public record FilePage(
        RepositoryPage repository,
        String ref,
        File file,
        @Nullable String html,
        boolean plain,
        boolean editable) {
    /** The longest text that a form takes: some characters are nine there. */
    private static final int EDITED = 256 << 10;

    /** The longest text that is coloured. */
    private static final int COLOURED = 512 << 10;

    /** Whether a form can take the file: it is text in UTF-8, and not too long. */
    static boolean isEditable(File file) {
        var text = file.text();
        return text != null
                && file.size() <= EDITED
                && !file.mode().equals("120000")
                && text.getBytes(StandardCharsets.UTF_8).length == file.size();
    }

    /** Whether the reader may change the text in the browser. */
    public boolean isEditable() {
        return editable && isEditable(file);
    }

    /** Whether the reader is offered what the file defines: it is shown as it is, and in a language that is covered. */
    public boolean hasOutline() {
        return html == null && file.type().equals("text") && NavigationService.isCovered(file.path(), file.size());
    }

    /** Where what the file defines is told: of this content, whatever becomes of the ref. */
    public String outline() {
        return repository.at("outline", file.last().id(), file.path()) + "?blob=" + file.id();
    }

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
