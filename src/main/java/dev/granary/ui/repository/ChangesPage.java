package dev.granary.ui.repository;

import dev.granary.content.ChangedFiles;
import dev.granary.ui.RepositoryPage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Files that changed.
 *
 * @param before the commit to which the files' old state belongs, or the empty text
 * @param after the commit to which the new one belongs
 * @param parts where further files are, and single ones: they follow in a query
 */
public record ChangesPage(RepositoryPage repository, ChangedFiles files, String before, String after, String parts) {
    /** The address of the files that follow. */
    public String next() {
        return parts + (parts.contains("?") ? "&" : "?") + "offset=" + files.next();
    }

    /** The address of one file by itself. */
    public String single(String path) {
        return parts + (parts.contains("?") ? "&" : "?") + "path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
