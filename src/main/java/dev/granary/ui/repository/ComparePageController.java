package dev.granary.ui.repository;

import dev.granary.api.Failures;
import dev.granary.content.ChangedFiles;
import dev.granary.content.CompareService;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Comparing two revisions. */
@Controller
class ComparePageController {
    private static final int ROWS = 20;

    private final CompareService comparisons;
    private final Templates templates;
    private final Failures failures;

    ComparePageController(CompareService comparisons, Templates templates, Failures failures) {
        this.comparisons = comparisons;
        this.templates = templates;
        this.failures = failures;
    }

    @GetMapping("/-/repositories/{repository}/compare")
    View compare(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to) {
        var base = from.isEmpty() ? repository.repository().defaultBranch() : from;
        if (to.isEmpty()) {
            return templates.view(
                    "repository/compare", viewer, new ComparePage(repository, base, to, List.of(), 0, null, null));
        }
        try {
            var found = comparisons.compared(
                    viewer.caller(), repository.repository().id(), base, to, new Slice(0, ROWS));
            var changes = changes(repository, base, to, found.files());
            return templates.view(
                    "repository/compare",
                    viewer,
                    new ComparePage(repository, base, to, found.commits(), found.commitCount(), changes, null));
        } catch (Problem problem) {
            return templates.view(
                    HttpStatus.valueOf(problem.code().status()),
                    "repository/compare",
                    viewer,
                    new ComparePage(repository, base, to, List.of(), 0, null, failures.text(problem, viewer.locale())));
        }
    }

    private static ChangesPage changes(RepositoryPage repository, String from, String to, ChangedFiles files) {
        var parts = repository.page("compare/changes?from=" + encode(from) + "&to=" + encode(to));
        return new ChangesPage(repository, files, from, to, parts, null);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Further files that differ, for the end of the page that shows the first ones. */
    @GetMapping("/-/repositories/{repository}/compare/changes")
    View changes(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam long offset) {
        var slice = new Slice(Math.max(offset, 1), ROWS);
        var found =
                comparisons.compared(viewer.caller(), repository.repository().id(), from, to, slice);
        return templates.view("repository/changes", viewer, changes(repository, from, to, found.files()));
    }

    /** One file that differs. */
    @GetMapping(path = "/-/repositories/{repository}/compare/changes", params = "path")
    View change(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam String path) {
        var file = comparisons.comparedFile(
                viewer.caller(), repository.repository().id(), from, to, path);
        var files = new ChangedFiles(List.of(file), 0, 1, true, 0, 0);
        return templates.view(
                "repository/change", viewer, new ChangedFilePage(changes(repository, from, to, files), file));
    }
}
