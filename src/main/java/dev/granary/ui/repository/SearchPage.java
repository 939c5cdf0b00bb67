package dev.granary.ui.repository;

import dev.granary.search.CodeFound;
import dev.granary.search.CodeFound.Line;
import dev.granary.ui.RepositoryPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search for code and what it found.
 *
 * @param repository where is searched; null for everywhere
 * @param query the text; empty before anything was searched
 * @param regex whether it is a regular expression
 * @param exact whether upper and lower case differ
 * @param path which files; empty for all
 * @param found null where nothing was searched
 * @param number of this page, from 1
 * @param failure why the search was refused; null for none
 */
public record SearchPage(
        @Nullable RepositoryPage repository,
        String query,
        boolean regex,
        boolean exact,
        String path,
        @Nullable CodeFound found,
        int number,
        @Nullable String failure) {
    /** The files on a page. */
    public static final int ROWS = 20;

    /** A part of a line, and whether it is what was searched for. */
    public record Piece(String text, boolean match) {}

    /** The same with what came of it. */
    SearchPage with(@Nullable CodeFound files, @Nullable String problem) {
        return new SearchPage(repository, query, regex, exact, path, files, number, problem);
    }

    /** A line taken apart where it matches. */
    public static List<Piece> pieces(Line line) {
        var pieces = new ArrayList<Piece>();
        var from = 0;
        for (var match : line.matches()) {
            pieces.add(new Piece(line.text().substring(from, match.begin()), false));
            pieces.add(new Piece(line.text().substring(match.begin(), match.end()), true));
            from = match.end();
        }
        pieces.add(new Piece(line.text().substring(from), false));
        return pieces;
    }

    /** The page's address without its number. */
    public String address() {
        return "?q=" + RepositoryPage.encode(query) + (regex ? "&regex=true" : "") + (exact ? "&exact=true" : "")
                + (path.isEmpty() ? "" : "&path=" + RepositoryPage.encode(path)) + "&";
    }

    /** The path of a file's page. */
    public static String address(CodeFound.File file) {
        return "/" + RepositoryPage.encode(file.repositoryPath()) + "/-/blob/" + file.commitId() + "/"
                + RepositoryPage.encode(file.path());
    }
}
