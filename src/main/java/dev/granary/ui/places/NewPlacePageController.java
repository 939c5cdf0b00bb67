package dev.granary.ui.places;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import dev.granary.projects.GroupService;
import dev.granary.projects.Namespaces;
import dev.granary.projects.ProjectService;
import dev.granary.ui.PlacePage;
import dev.granary.ui.Redirects;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Creating projects and groups. */
@Controller
class NewPlacePageController {
    private static final String PROJECT = "places/new-project";
    private static final String GROUP = "places/new-group";

    private final ProjectService projects;
    private final GroupService groups;
    private final Namespaces namespaces;
    private final AccessService access;
    private final Templates templates;
    private final Failures failures;

    NewPlacePageController(
            ProjectService projects,
            GroupService groups,
            Namespaces namespaces,
            AccessService access,
            Templates templates,
            Failures failures) {
        this.projects = projects;
        this.groups = groups;
        this.namespaces = namespaces;
        this.access = access;
        this.templates = templates;
        this.failures = failures;
    }

    @GetMapping("/-/projects/new")
    View projectForm(Viewer viewer) {
        access.requireUser(viewer.caller());
        return templates.view(PROJECT, viewer, new NewPlacePage("", "", "", "", List.of(), null));
    }

    @PostMapping("/-/projects/new")
    View createProject(
            Viewer viewer,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String description) {
        return made(
                viewer,
                PROJECT,
                new NewPlacePage("", name, description, "", List.of(), null),
                () -> projects.create(viewer.caller(), name, description, null).path());
    }

    @GetMapping("/-/groups/new")
    View groupForm(Viewer viewer, @RequestParam(defaultValue = "") String in) {
        access.requireUser(viewer.caller());
        var places = namespaces.creatable(viewer.caller());
        return templates.view(GROUP, viewer, new NewPlacePage(in, "", "", "private", places, null));
    }

    @PostMapping("/-/groups/new")
    View createGroup(
            Viewer viewer,
            @RequestParam(defaultValue = "") String in,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "private") String visibility) {
        access.requireUser(viewer.caller());
        var typed = new NewPlacePage(in, name, description, visibility, namespaces.creatable(viewer.caller()), null);
        return made(viewer, GROUP, typed, () -> {
            var parent = namespaces.require(viewer.caller(), in, Permission.REPOSITORY_CREATE);
            var body = new GroupService.GroupBody(name.strip(), parent.groupId(), visibility, description);
            return groups.create(viewer.caller(), parent.project().uuid(), body).path();
        });
    }

    /** Goes to what was created, or shows the form again with what is wrong. */
    private View made(Viewer viewer, String template, NewPlacePage typed, Supplier<String> creation) {
        try {
            return Redirects.to(viewer.link(PlacePage.address(creation.get())));
        } catch (Problem problem) {
            access.requireUser(viewer.caller());
            var page = new NewPlacePage(
                    typed.in(),
                    typed.name(),
                    typed.description(),
                    typed.visibility(),
                    typed.places(),
                    failures.text(problem, viewer.locale()));
            return templates.view(HttpStatus.valueOf(problem.code().status()), template, viewer, page);
        }
    }
}
