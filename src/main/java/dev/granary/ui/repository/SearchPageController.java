package dev.granary.ui.repository;

import dev.granary.access.AccessService;
import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.search.CodeQuery;
import dev.granary.search.CodeScope;
import dev.granary.search.CodeSearchService;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Searching for code, in a repository and in all of them. */
@Controller
class SearchPageController {
    private static final int MOST_PAGES = CodeQuery.DEEPEST / SearchPage.ROWS;

    private final CodeSearchService search;
    private final AccessService access;
    private final Templates templates;
    private final Failures failures;

    SearchPageController(CodeSearchService search, AccessService access, Templates templates, Failures failures) {
        this.search = search;
        this.access = access;
        this.templates = templates;
        this.failures = failures;
    }

    @GetMapping("/-/search")
    View everywhere(
            Viewer viewer,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "false") boolean regex,
            @RequestParam(defaultValue = "false") boolean exact,
            @RequestParam(defaultValue = "") String path,
            @RequestParam(defaultValue = "1") int page) {
        access.requireUser(viewer.caller());
        return view(viewer, new CodeScope(null, null, null), asked(null, q, regex, exact, path, page));
    }

    @GetMapping("/-/repositories/{repository}/search")
    View here(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "false") boolean regex,
            @RequestParam(defaultValue = "false") boolean exact,
            @RequestParam(defaultValue = "") String path,
            @RequestParam(defaultValue = "1") int page) {
        var scope = CodeScope.repository(repository.repository().id());
        return view(viewer, scope, asked(repository, q, regex, exact, path, page));
    }

    private static SearchPage asked(
            @Nullable RepositoryPage repository, String query, boolean regex, boolean exact, String path, int page) {
        return new SearchPage(
                repository, query, regex, exact, path.strip(), null, Math.clamp(page, 1, MOST_PAGES), null);
    }

    private View view(Viewer viewer, CodeScope scope, SearchPage asked) {
        var template = asked.repository() == null ? "repository/search-everywhere" : "repository/search";
        if (asked.query().isEmpty()) {
            return templates.view(template, viewer, asked);
        }
        try {
            var query = new CodeQuery(
                    asked.query(),
                    asked.regex() ? CodeQuery.Mode.REGEX : CodeQuery.Mode.LITERAL,
                    asked.exact(),
                    asked.path().isEmpty() ? null : asked.path(),
                    null,
                    new Slice((long) (asked.number() - 1) * SearchPage.ROWS, SearchPage.ROWS));
            var found = search.search(viewer.caller(), scope, query);
            return templates.view(template, viewer, asked.with(found, null));
        } catch (Problem problem) {
            return templates.view(
                    HttpStatus.valueOf(problem.code().status()),
                    template,
                    viewer,
                    asked.with(null, failures.text(problem, viewer.locale())));
        }
    }
}
