package dev.granary.ui.review;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.reviews.RequestEvaluations;
import dev.granary.reviews.RequestOverviewService;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What people think of how merge requests were done. */
@Controller
@RequestMapping("/-/repositories/{repository}/merge_requests/{iid}/evaluations")
class EvaluationsPageController {
    private static final String TEMPLATE = "review/evaluations";
    private static final String ASPECT = "aspect-";
    private static final int ROWS = 30;
    private static final int MOST_PAGES = 1_000_000;

    private final RequestEvaluations evaluations;
    private final RequestOverviewService overviews;
    private final Templates templates;
    private final Forms forms;

    EvaluationsPageController(
            RequestEvaluations evaluations, RequestOverviewService overviews, Templates templates, Forms forms) {
        this.evaluations = evaluations;
        this.overviews = overviews;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View evaluations(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(defaultValue = "1") int page) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, iid, page, null));
    }

    private EvaluationsPage page(
            Viewer viewer, RepositoryPage repository, long iid, int page, @Nullable String failure) {
        var id = repository.repository().id();
        var number = Math.clamp(page, 1, MOST_PAGES);
        return new EvaluationsPage(
                repository,
                overviews.show(viewer.caller(), id, iid),
                evaluations.show(viewer.caller(), id, iid, new Slice((long) (number - 1) * ROWS, ROWS)),
                number,
                ROWS,
                failure);
    }

    @PostMapping
    View evaluate(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam Map<String, String> fields,
            HttpServletResponse response) {
        return take(viewer, repository, iid, response, () -> {
            var aspects = new LinkedHashMap<Long, Integer>();
            fields.forEach((name, value) -> {
                if (name.startsWith(ASPECT) && !value.isEmpty()) {
                    aspects.put((long) number(name, name.substring(ASPECT.length())), number(name, value));
                }
            });
            var level = fields.getOrDefault("level", "");
            evaluations.put(
                    viewer.caller(),
                    repository.repository().id(),
                    iid,
                    level.isEmpty() ? null : number("level", level),
                    fields.getOrDefault("content", "").replace("\r\n", "\n"),
                    aspects);
        });
    }

    private static int number(String field, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw Problem.invalid(field, "number");
        }
        return Integer.parseInt(text);
    }

    @PostMapping("/delete")
    View delete(Viewer viewer, RepositoryPage repository, @PathVariable long iid, HttpServletResponse response) {
        return take(
                viewer,
                repository,
                iid,
                response,
                () -> evaluations.delete(
                        viewer.caller(), repository.repository().id(), iid));
    }

    private View take(
            Viewer viewer, RepositoryPage repository, long iid, HttpServletResponse response, Runnable action) {
        var form = new Form(
                "request.word-taken",
                repository.page("merge_requests/" + iid + "/evaluations"),
                TEMPLATE,
                failure -> page(viewer, repository, iid, 1, failure));
        return forms.take(viewer, response, form, action);
    }
}
