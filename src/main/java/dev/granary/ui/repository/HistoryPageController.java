package dev.granary.ui.repository;

import dev.granary.content.ChangedFiles;
import dev.granary.content.DiffService;
import dev.granary.content.HistoryService;
import dev.granary.kernel.Slice;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Commits of a repository and what they changed. */
@Controller
class HistoryPageController {
    private static final int COMMITS = 40;
    private static final int FILES = 20;
    private static final int MOST_COMMITS = 1_000_000;

    private final HistoryService history;
    private final DiffService diffs;
    private final PagePlaces places;
    private final Templates templates;

    HistoryPageController(HistoryService history, DiffService diffs, PagePlaces places, Templates templates) {
        this.history = history;
        this.diffs = diffs;
        this.places = places;
        this.templates = templates;
    }

    @GetMapping("/-/repositories/{repository}/commits/{*place}")
    View commits(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "0") long offset) {
        var place = places.of(viewer, repository, text);
        var from = Math.clamp(offset, 0, MOST_COMMITS);
        var found = history.commits(
                viewer.caller(), repository.repository().id(), place, search, new Slice(from, COMMITS + 1));
        var shown = found.subList(0, Math.min(found.size(), COMMITS));
        return templates.view(
                "repository/commits",
                viewer,
                new HistoryPage(repository, place, search, shown, from, found.size() > COMMITS ? from + COMMITS : 0));
    }

    @GetMapping("/-/repositories/{repository}/commit/{id}")
    View commit(Viewer viewer, RepositoryPage repository, @PathVariable("id") String id) {
        var commit = history.commit(viewer.caller(), repository.repository().id(), id);
        var files = diffs.changedFiles(viewer.caller(), repository.repository().id(), commit.id(), new Slice(0, FILES));
        return templates.view(
                "repository/commit",
                viewer,
                new CommitPage(repository, commit, changes(repository, commit.id(), commit.parentIds(), files)));
    }

    private static ChangesPage changes(RepositoryPage repository, String id, List<String> parents, ChangedFiles files) {
        return new ChangesPage(
                repository, files, parents.isEmpty() ? "" : parents.getFirst(), id, repository.commit(id) + "/changes");
    }

    /** Further files that a commit changed, for the end of the page that shows the first ones. */
    @GetMapping("/-/repositories/{repository}/commit/{id}/changes")
    View changes(Viewer viewer, RepositoryPage repository, @PathVariable("id") String id, @RequestParam long offset) {
        var files = diffs.changedFiles(
                viewer.caller(), repository.repository().id(), id, new Slice(Math.max(offset, 1), FILES));
        var parents = history.commit(viewer.caller(), repository.repository().id(), id)
                .parentIds();
        return templates.view("repository/changes", viewer, changes(repository, id, parents, files));
    }

    /** One file that a commit changed. */
    @GetMapping(path = "/-/repositories/{repository}/commit/{id}/changes", params = "path")
    View change(Viewer viewer, RepositoryPage repository, @PathVariable("id") String id, @RequestParam String path) {
        var file = diffs.changedFile(viewer.caller(), repository.repository().id(), id, path);
        var parents = history.commit(viewer.caller(), repository.repository().id(), id)
                .parentIds();
        var files = new ChangedFiles(List.of(file), 0, 1, true, 0, 0);
        return templates.view(
                "repository/change", viewer, new ChangedFilePage(changes(repository, id, parents, files), file));
    }
}
