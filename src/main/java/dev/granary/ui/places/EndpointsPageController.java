package dev.granary.ui.places;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.mirrors.EndpointService;
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
import org.springframework.web.servlet.View;

/** Credentials for other servers that a project keeps for the mirrors of its repositories. */
@Controller
@RequestMapping("/-/places/{kind}/{place}/endpoints")
class EndpointsPageController {
    private static final String TEMPLATE = "places/endpoints";

    private final EndpointService endpoints;
    private final Templates templates;
    private final Forms forms;

    EndpointsPageController(EndpointService endpoints, Templates templates, Forms forms) {
        this.endpoints = endpoints;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View list(Viewer viewer, PlacePage place) {
        return templates.view(TEMPLATE, viewer, page(viewer, place, null));
    }

    private EndpointsPage page(Viewer viewer, PlacePage place, @Nullable String failure) {
        var all = endpoints.list(viewer.caller(), project(place), new Slice(0, Slice.MAXIMUM));
        return new EndpointsPage(place, all.items(), failure);
    }

    @PostMapping
    View add(Viewer viewer, PlacePage place, HttpServletResponse response, EndpointForm form) {
        return take(
                viewer,
                place,
                response,
                "endpoints.added",
                () -> endpoints.create(viewer.caller(), project(place), form.body()));
    }

    @PostMapping("/{endpoint}/rotate")
    View rotate(
            Viewer viewer,
            PlacePage place,
            HttpServletResponse response,
            @PathVariable("endpoint") String endpoint,
            EndpointForm form) {
        return take(
                viewer,
                place,
                response,
                "endpoints.rotated",
                () -> endpoints.rotate(viewer.caller(), project(place), endpoint, form.body()));
    }

    @PostMapping("/{endpoint}/remove")
    View remove(
            Viewer viewer, PlacePage place, HttpServletResponse response, @PathVariable("endpoint") String endpoint) {
        return take(
                viewer,
                place,
                response,
                "endpoints.removed",
                () -> endpoints.delete(viewer.caller(), project(place), endpoint));
    }

    private View take(Viewer viewer, PlacePage place, HttpServletResponse response, String notice, Runnable action) {
        var form = new Form(notice, place.page("endpoints"), TEMPLATE, failure -> page(viewer, place, failure));
        return forms.take(viewer, response, form, action);
    }

    /** Groups have none of their own. */
    private static String project(PlacePage place) {
        if (place.isGroup()) {
            throw new Problem(ErrorCode.NOT_FOUND);
        }
        return place.namespace().project().uuid();
    }
}
