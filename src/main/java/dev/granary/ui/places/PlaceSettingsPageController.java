package dev.granary.ui.places;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.projects.GroupService;
import dev.granary.projects.GroupService.GroupBody;
import dev.granary.projects.ProjectService;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.PlacePage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Settings of projects and groups, and their end. */
@Controller
@RequestMapping("/-/places/{kind}/{place}/settings")
class PlaceSettingsPageController {
    private static final String TEMPLATE = "places/settings";

    private final ProjectService projects;
    private final GroupService groups;
    private final AccessService access;
    private final Templates templates;
    private final Forms forms;

    PlaceSettingsPageController(
            ProjectService projects, GroupService groups, AccessService access, Templates templates, Forms forms) {
        this.projects = projects;
        this.groups = groups;
        this.access = access;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View settings(Viewer viewer, PlacePage place) {
        access.require(viewer.caller(), place.namespace().scope(), Permission.PROJECT_MANAGE);
        return templates.view(TEMPLATE, viewer, new PlaceSettingsPage(place, null));
    }

    @PostMapping
    View change(
            Viewer viewer,
            PlacePage place,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "private") String visibility) {
        access.require(viewer.caller(), place.namespace().scope(), Permission.PROJECT_MANAGE);
        return forms.go(viewer, response, form("place.saved", "", place), () -> {
            var path = change(viewer, place, new GroupBody(name.strip(), null, visibility, description));
            return viewer.link(PlacePage.address(path)) + "/-/settings";
        });
    }

    private static Form form(String notice, String next, PlacePage place) {
        return new Form(notice, next, TEMPLATE, failure -> new PlaceSettingsPage(place, failure));
    }

    /** The path of the place from now on. */
    private String change(Viewer viewer, PlacePage place, GroupBody wanted) {
        var group = place.namespace().group();
        if (group != null) {
            return groups.change(viewer.caller(), group.id(), wanted).path();
        }
        var project = place.namespace().project();
        projects.update(viewer.caller(), project.uuid(), wanted.name(), wanted.description());
        return project.path();
    }

    @PostMapping("/delete")
    View delete(Viewer viewer, PlacePage place, HttpServletResponse response) {
        access.require(viewer.caller(), place.namespace().scope(), Permission.PROJECT_MANAGE);
        var next = viewer.link(place.isGroup() ? PlacePage.address(parent(place)) : "/-/projects");
        return forms.take(viewer, response, form("place.deleted", next, place), () -> delete(viewer, place));
    }

    private void delete(Viewer viewer, PlacePage place) {
        var project = place.namespace().project();
        var group = place.namespace().group();
        if (group == null) {
            projects.delete(viewer.caller(), project.uuid());
        } else {
            groups.delete(viewer.caller(), project.uuid(), group.id());
        }
    }

    private static String parent(PlacePage place) {
        var path = place.namespace().path();
        return path.substring(0, path.lastIndexOf('/'));
    }
}
