package dev.granary.ui.settings;

import dev.granary.activity.EventListService;
import dev.granary.kernel.Slice;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What happened in a repository, and who did it. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/events")
class EventsPageController {
    private static final int ROWS = 50;

    private final EventListService events;
    private final Templates templates;

    EventsPageController(EventListService events, Templates templates) {
        this.events = events;
        this.templates = templates;
    }

    @GetMapping
    View events(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "1") int page) {
        var number = Math.clamp(page, 1, 1_000_000);
        var slice = new Slice((long) (number - 1) * ROWS, ROWS);
        var found = events.list(viewer.caller(), repository.repository().id(), kind, slice);
        return templates.view("settings/events", viewer, new EventsPage(repository, kind, found, number, ROWS));
    }
}
