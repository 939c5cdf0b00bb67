package dev.granary.ui.review;

import dev.granary.reviews.DiscussionThread;
import dev.granary.reviews.RequestOverview;
import dev.granary.reviews.ReviewedChanges;
import dev.granary.reviews.ReviewedFile;
import dev.granary.reviews.Version;
import dev.granary.ui.Discussed;
import dev.granary.ui.Markdown;
import dev.granary.ui.RepositoryPage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a merge request changes: all files as a tree, and a page of them, whose lines are loaded when they come into view.
 *
 * @param versions the newest ones, to choose from
 * @param choice what is compared, and how it is shown
 * @param number of this page, from 1
 * @param rows files on a page
 */
public record ChangesPage(
        RepositoryPage repository,
        RequestOverview overview,
        ReviewedChanges changes,
        List<Version> versions,
        Choice choice,
        int number,
        int rows) {
    /** The most files that the tree shows. */
    static final int MOST_IN_TREE = 5_000;

    public ChangesPage {
        versions = List.copyOf(versions);
    }

    /**
     * What is compared, and how it is shown.
     *
     * @param from the id of a version whose head is compared; null for the base
     * @param to the id of the version that is compared with that; null for the newest
     * @param split whether both sides stand next to each other
     * @param ignoreSpace whether changes of white space are left out
     */
    public record Choice(@Nullable Long from, @Nullable Long to, boolean split, boolean ignoreSpace) {
        /** As a query, for more to be put behind. */
        public String query() {
            return "?" + (from == null ? "" : "from=" + from + "&") + (to == null ? "" : "to=" + to + "&")
                    + (ignoreSpace ? "space=true&" : "");
        }
    }

    /** A file in the tree; {@code index} counts all files from 0. */
    public record Node(ReviewedFile file, int index) {}

    /** The files by folder. */
    public Map<String, List<Node>> tree() {
        var folders = new LinkedHashMap<String, List<Node>>();
        var files = changes.files();
        for (var index = 0; index < Math.min(files.size(), MOST_IN_TREE); index++) {
            var file = files.get(index);
            folders.computeIfAbsent(file.folder(), _ -> new java.util.ArrayList<>())
                    .add(new Node(file, index));
        }
        return folders;
    }

    /** Whether the tree leaves files out. */
    public boolean cut() {
        return !changes.complete() || changes.files().size() > MOST_IN_TREE;
    }

    /** The address of the page of changes. */
    public String address() {
        return repository.page("merge_requests/" + overview.request().iid() + "/changes");
    }

    /** Where a file of the tree is. */
    public String place(int index) {
        var page = index / rows + 1;
        return (page == number ? "" : address() + choice.query() + "page=" + page) + "#file-" + index;
    }

    /** The number of a page's file among all. */
    public int index(int onPage) {
        return (number - 1) * rows + onPage;
    }

    /** Where a file's lines are loaded from. */
    public String lines(ReviewedFile file) {
        return address() + "/file" + choice.query() + "path=" + URLEncoder.encode(file.path(), StandardCharsets.UTF_8);
    }

    /** By what a browser remembers that a content of a file was viewed. */
    public String mark(ReviewedFile file) {
        return overview.request().id() + "/" + file.content().substring(0, 12) + "/" + file.path();
    }

    /**
     * The lines of one file.
     *
     * @param rowList as many as there is room for
     * @param cut whether there are more
     * @param comments whether the reader may say something about lines
     */
    public record Lines(
            RepositoryPage repository,
            long iid,
            boolean open,
            ReviewedChanges.Lines lines,
            Choice choice,
            List<DiffRow> rowList,
            boolean cut,
            boolean more,
            boolean comments,
            Markdown markdown) {
        public Lines {
            rowList = List.copyOf(rowList);
        }

        /** What a discussion needs to be shown. */
        public Discussed discussed(DiscussionThread thread) {
            return new Discussed(RequestPage.discussions(repository, iid), thread, markdown, open, null);
        }

        /** Where all of the lines are loaded from. */
        public String all() {
            return repository.page("merge_requests/" + iid + "/changes/file") + choice.query() + "more=true&path="
                    + URLEncoder.encode(lines.file().path(), StandardCharsets.UTF_8);
        }
    }
}
