package dev.granary.ui.repository;

import dev.granary.content.ChangedFile;
import dev.granary.content.ChangedFiles;
import dev.granary.ui.Discussed;
import dev.granary.ui.RepositoryPage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files that changed.
 *
 * @param before the commit to which the files' old state belongs, or the empty text
 * @param after the commit to which the new one belongs
 * @param parts where further files are, and single ones: they follow in a query
 * @param talk what is said of their lines; null where nothing can be said
 */
public record ChangesPage(
        RepositoryPage repository,
        ChangedFiles files,
        String before,
        String after,
        String parts,
        @Nullable LineTalk talk) {
    /** The address of the files that follow. */
    public String next() {
        return parts + (parts.contains("?") ? "&" : "?") + "offset=" + files.next();
    }

    /** The address of one file by itself. */
    public String single(String path) {
        return parts + (parts.contains("?") ? "&" : "?") + "path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    /** Whether the reader may say something about lines. */
    public boolean mayComment() {
        return talk != null && talk.said().mayComment();
    }

    /** What is said of lines of a file. */
    public List<Discussed> talk(ChangedFile file) {
        return talk == null ? List.of() : talk.of(file);
    }
}
