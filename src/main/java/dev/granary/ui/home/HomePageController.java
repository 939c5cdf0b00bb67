package dev.granary.ui.home;

import dev.granary.activity.ActivityService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import dev.granary.mirrors.LateMirrors;
import dev.granary.repositories.RepositoryListService;
import dev.granary.reviews.RequestBrowseService;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The front page: the log-in form and the public repositories, or what the user works on. */
@Controller
class HomePageController {
    private static final int ROWS = 30;
    private static final int FEW = 10;

    private final RepositoryListService repositories;
    private final RequestBrowseService requests;
    private final LateMirrors mirrors;
    private final ActivityService activity;
    private final Templates templates;

    HomePageController(
            RepositoryListService repositories,
            RequestBrowseService requests,
            LateMirrors mirrors,
            ActivityService activity,
            Templates templates) {
        this.repositories = repositories;
        this.requests = requests;
        this.mirrors = mirrors;
        this.activity = activity;
        this.templates = templates;
    }

    /**
     * The front page.
     *
     * @param all whether those are shown, too, of which the reader is no member; so it is with a search
     */
    @GetMapping("/")
    View home(
            Viewer viewer,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "1") int page) {
        var number = Math.clamp(page, 1, 1_000_000);
        var mine = viewer.loggedIn() && !all && search.isBlank();
        var found = repositories.visible(
                viewer.caller(), search, mine ? id(viewer) : null, new Slice((long) (number - 1) * ROWS, ROWS));
        return templates.view(
                "home/home",
                viewer,
                new HomePage(
                        search,
                        mine,
                        found.items(),
                        found.total(),
                        number,
                        ROWS,
                        viewer.loggedIn()
                                ? requests.waiting(viewer.caller(), new Slice(0, FEW))
                                        .items()
                                : List.of(),
                        viewer.loggedIn() ? mirrors.list(viewer.caller(), FEW) : List.of()));
    }

    private static @Nullable Long id(Viewer viewer) {
        return viewer.caller() instanceof Caller.User user ? Long.valueOf(user.id()) : null;
    }

    /** What the front page asks for once it is there: it may take a look at what was pushed. */
    @GetMapping("/-/pushes")
    View pushes(Viewer viewer) {
        return templates.view("home/pushes", viewer, new PushesPage(activity.recent(viewer.caller(), FEW)));
    }
}
