package dev.granary.ui.places;

import dev.granary.kernel.Slice;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.NamespaceContentService;
import dev.granary.ui.PlacePage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Projects and groups, and what is in them. */
@Controller
class PlacePageController {
    private static final int ROWS = 30;
    private static final int MOST_PAGES = 1_000_000;

    private final NamespaceContentService content;
    private final ProjectService projects;
    private final Templates templates;

    PlacePageController(NamespaceContentService content, ProjectService projects, Templates templates) {
        this.content = content;
        this.projects = projects;
        this.templates = templates;
    }

    @GetMapping("/-/projects")
    View projects(
            Viewer viewer, @RequestParam(defaultValue = "") String search, @RequestParam(defaultValue = "1") int page) {
        var number = Math.clamp(page, 1, MOST_PAGES);
        var found = projects.visible(viewer.caller(), search, slice(number));
        return templates.view("places/projects", viewer, new ProjectsPage(search, found, number, ROWS));
    }

    @GetMapping("/-/places/{kind}/{place}")
    View content(
            Viewer viewer,
            PlacePage place,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "1") int page) {
        var number = Math.clamp(page, 1, MOST_PAGES);
        var items = content.items(viewer.caller(), place.namespace(), search, slice(number));
        return templates.view("places/content", viewer, new ContentPage(place, search, items, number, ROWS));
    }

    private static Slice slice(int number) {
        return new Slice((long) (number - 1) * ROWS, ROWS);
    }
}
