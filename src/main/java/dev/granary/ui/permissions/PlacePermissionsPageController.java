package dev.granary.ui.permissions;

import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.PlacePage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What roles may do in a project or group. */
@Controller
@RequestMapping("/-/places/{kind}/{place}/permissions")
class PlacePermissionsPageController {
    private static final String TEMPLATE = "permissions/place";

    private final PermissionTables tables;
    private final Templates templates;
    private final Forms forms;

    PlacePermissionsPageController(PermissionTables tables, Templates templates, Forms forms) {
        this.tables = tables;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View show(Viewer viewer, PlacePage place) {
        return templates.view(TEMPLATE, viewer, page(viewer, place, null));
    }

    @PostMapping
    View change(
            Viewer viewer,
            PlacePage place,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String shown,
            @RequestParam(defaultValue = "") List<String> on) {
        return take(
                viewer,
                place,
                response,
                () -> tables.change(viewer, place.namespace().scope(), shown, on));
    }

    @PostMapping("/inherits")
    View setInherits(Viewer viewer, PlacePage place, HttpServletResponse response, @RequestParam boolean inherits) {
        return take(
                viewer,
                place,
                response,
                () -> tables.setInherits(viewer, place.namespace().scope(), inherits));
    }

    private View take(Viewer viewer, PlacePage place, HttpServletResponse response, Runnable action) {
        var form = new Form(
                "permissions.saved", place.page("permissions"), TEMPLATE, failure -> page(viewer, place, failure));
        return forms.take(viewer, response, form, action);
    }

    private PlacePermissionsPage page(Viewer viewer, PlacePage place, @Nullable String failure) {
        var scope = place.namespace().scope();
        return new PlacePermissionsPage(place, tables.of(viewer, scope, place.page("permissions"), failure));
    }
}
