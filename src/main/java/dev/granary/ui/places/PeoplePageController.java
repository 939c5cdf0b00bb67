package dev.granary.ui.places;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Slice;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.PlacePage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The members of projects and groups, and their roles. */
@Controller
@RequestMapping("/-/places/{kind}/{place}/members")
class PeoplePageController {
    private static final int ROWS = 30;
    private static final String TEMPLATE = "places/members";

    private final PlaceMembers members;
    private final AccessService access;
    private final Templates templates;
    private final Forms forms;

    PeoplePageController(PlaceMembers members, AccessService access, Templates templates, Forms forms) {
        this.members = members;
        this.access = access;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View members(Viewer viewer, PlacePage place, @RequestParam(defaultValue = "1") int page) {
        return templates.view(TEMPLATE, viewer, page(viewer, place, page, null));
    }

    @PostMapping
    View add(
            Viewer viewer,
            PlacePage place,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String role) {
        return change(
                viewer,
                place,
                response,
                () -> members.add(viewer.caller(), place.namespace(), name.strip(), Role.ofNumber("role", role)));
    }

    @PostMapping("/{user}/role")
    View setRole(
            Viewer viewer,
            PlacePage place,
            HttpServletResponse response,
            @PathVariable("user") String user,
            @RequestParam(defaultValue = "") String role) {
        return change(
                viewer,
                place,
                response,
                () -> members.setRole(viewer.caller(), place.namespace(), user, Role.ofNumber("role", role)));
    }

    @PostMapping("/{user}/remove")
    View remove(Viewer viewer, PlacePage place, HttpServletResponse response, @PathVariable("user") String user) {
        return change(viewer, place, response, () -> members.remove(viewer.caller(), place.namespace(), user));
    }

    private View change(Viewer viewer, PlacePage place, HttpServletResponse response, Runnable action) {
        // Who may not even see the members is refused, whatever the form says.
        access.require(viewer.caller(), place.namespace().scope(), Permission.PROJECT_VIEW);
        return forms.take(
                viewer,
                response,
                new Form("people.saved", place.page("members"), TEMPLATE, failure -> page(viewer, place, 1, failure)),
                action);
    }

    private PeoplePage page(Viewer viewer, PlacePage place, int page, @Nullable String failure) {
        var number = Math.clamp(page, 1, 1_000_000);
        var slice = new Slice((long) (number - 1) * ROWS, ROWS);
        return new PeoplePage(
                place,
                members.list(viewer.caller(), place.namespace(), slice),
                number,
                ROWS,
                PlaceMembers.rights(place),
                failure);
    }
}
