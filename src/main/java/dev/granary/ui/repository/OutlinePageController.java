package dev.granary.ui.repository;

import dev.granary.api.Failures;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.navigation.NavigationService;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What a file defines, which the page of the file asks for when it is there: parsing takes its time. */
@Controller
class OutlinePageController {
    /** What is no failure of the page: the file is shown all the same. */
    private static final Set<ErrorCode> TOLD = EnumSet.of(
            ErrorCode.LANGUAGE_NOT_COVERED,
            ErrorCode.NOT_TEXT,
            ErrorCode.FILE_TOO_LARGE,
            ErrorCode.SOURCE_TOO_COMPLEX,
            ErrorCode.NAVIGATION_UNAVAILABLE,
            ErrorCode.BUSY);

    private final NavigationService navigation;
    private final PagePlaces places;
    private final Failures failures;
    private final Templates templates;

    OutlinePageController(NavigationService navigation, PagePlaces places, Failures failures, Templates templates) {
        this.navigation = navigation;
        this.places = places;
        this.failures = failures;
        this.templates = templates;
    }

    @GetMapping("/-/repositories/{repository}/outline/{*place}")
    View outline(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @RequestParam(defaultValue = "") String blob) {
        return templates.view("repository/outline", viewer, page(viewer, repository, text, blob));
    }

    private OutlinePage page(Viewer viewer, RepositoryPage repository, String text, String blob) {
        var place = places.of(viewer, repository, text);
        var language = NavigationService.languageOf(place.path()).orElse("");
        try {
            return OutlinePage.of(navigation.outline(
                    viewer.caller(),
                    repository.repository().id(),
                    new NavigationService.Place(language, blob, place.path(), null, place.ref())));
        } catch (Problem problem) {
            if (TOLD.contains(problem.code())) {
                return new OutlinePage(List.of(), true, failures.text(problem, viewer.locale()));
            }
            throw problem;
        }
    }
}
