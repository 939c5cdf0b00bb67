package dev.granary.ui.places;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Problem;
import dev.granary.projects.GroupService;
import dev.granary.projects.GroupService.GroupBody;
import dev.granary.projects.ProjectService;
import dev.granary.ui.Cookies;
import dev.granary.ui.PlacePage;
import dev.granary.ui.Redirects;
import dev.granary.ui.Submissions;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
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
    private final Cookies cookies;
    private final Templates templates;
    private final Submissions submissions;

    PlaceSettingsPageController(
            ProjectService projects,
            GroupService groups,
            AccessService access,
            Cookies cookies,
            Templates templates,
            Submissions submissions) {
        this.projects = projects;
        this.groups = groups;
        this.access = access;
        this.cookies = cookies;
        this.templates = templates;
        this.submissions = submissions;
    }

    @GetMapping
    View settings(Viewer viewer, PlacePage place) {
        access.require(viewer.caller(), place.namespace().scope(), Permission.PROJECT_MANAGE);
        return templates.view(TEMPLATE, viewer, page(place, null));
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
        try {
            var path = change(viewer, place, new GroupBody(name.strip(), null, visibility, description));
            cookies.notice(response, "place.saved");
            return Redirects.to(viewer.link(PlacePage.address(path)) + "/-/settings");
        } catch (Problem problem) {
            return submissions.again(
                    viewer,
                    response,
                    problem,
                    TEMPLATE,
                    failure -> new PlaceSettingsPage(place, name, description, visibility, failure));
        }
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
        return submissions.take(
                viewer,
                response,
                () -> delete(viewer, place),
                "place.deleted",
                viewer.link(place.isGroup() ? PlacePage.address(parent(place)) : "/-/projects"),
                TEMPLATE,
                failure -> page(place, failure));
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

    private static PlaceSettingsPage page(PlacePage place, @Nullable String failure) {
        var group = place.namespace().group();
        return new PlaceSettingsPage(
                place, place.name(), place.description(), group == null ? "" : group.visibilityName(), failure);
    }
}
