package dev.granary.ui.home;

import dev.granary.kernel.Slice;
import dev.granary.repositories.RepositoryListService;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The front page: the log-in form and the public repositories, or what the user works on. */
@Controller
class HomePageController {
    private static final int ROWS = 30;

    private final RepositoryListService repositories;
    private final Templates templates;

    HomePageController(RepositoryListService repositories, Templates templates) {
        this.repositories = repositories;
        this.templates = templates;
    }

    @GetMapping("/")
    View home(
            Viewer viewer, @RequestParam(defaultValue = "") String search, @RequestParam(defaultValue = "1") int page) {
        var number = Math.clamp(page, 1, 1_000_000);
        var found = repositories.visible(viewer.caller(), search, null, new Slice((long) (number - 1) * ROWS, ROWS));
        return templates.view("home/home", viewer, new HomePage(search, found.items(), found.total(), number, ROWS));
    }
}
