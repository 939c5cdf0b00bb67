package dev.granary.ui.repository;

import dev.granary.content.HistoryService;
import dev.granary.kernel.Slice;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Commits of a repository. */
@Controller
class HistoryPageController {
    private static final int COMMITS = 40;
    private static final int MOST_COMMITS = 1_000_000;

    private final HistoryService history;
    private final PagePlaces places;
    private final Templates templates;

    HistoryPageController(HistoryService history, PagePlaces places, Templates templates) {
        this.history = history;
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
}
