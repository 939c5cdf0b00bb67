package dev.granary.ui.settings;

import static dev.granary.ui.settings.HooksPageController.place;

import dev.granary.kernel.Slice;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import dev.granary.ui.settings.HookLogPage.Asked;
import dev.granary.webhooks.DeliveryService;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import tools.jackson.databind.json.JsonMapper;

/** What was sent to a webhook's receiver, and what it answered. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/hooks/{hook}")
class HookLogPageController {
    private static final int ROWS = 30;
    private static final String TEMPLATE = "settings/hook-log";

    private final DeliveryService deliveries;
    private final JsonMapper json;
    private final Templates templates;
    private final Forms forms;

    HookLogPageController(DeliveryService deliveries, JsonMapper json, Templates templates, Forms forms) {
        this.deliveries = deliveries;
        this.json = json;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping("/log")
    View log(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("hook") long hook,
            Asked asked,
            @RequestParam(defaultValue = "1") int page) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, hook, asked, page, null));
    }

    private HookLogPage page(
            Viewer viewer, RepositoryPage repository, long hook, Asked asked, int page, @Nullable String failure) {
        var number = Math.clamp(page, 1, 1_000_000);
        var slice = new Slice((long) (number - 1) * ROWS, ROWS);
        var place = place(repository);
        return new HookLogPage(
                repository,
                deliveries.state(viewer.caller(), place, hook),
                asked,
                deliveries.logs(viewer.caller(), place, hook, asked.filter(), slice),
                number,
                ROWS,
                deliveries
                        .deadLetters(viewer.caller(), place, hook, new Slice(0, Slice.DEFAULT))
                        .items(),
                failure);
    }

    @GetMapping("/log/{log}")
    View delivery(
            Viewer viewer, RepositoryPage repository, @PathVariable("hook") long hook, @PathVariable("log") long log) {
        var attempt = deliveries.log(viewer.caller(), place(repository), hook, log);
        var page = new HookDeliveryPage(
                repository,
                attempt,
                headers(attempt.requestHeaders()),
                attempt.requestData() == null
                        ? null
                        : json.readTree(attempt.requestData()).toPrettyString(),
                headers(attempt.responseHeaders()),
                deliveries.ofLog(viewer.caller(), place(repository), hook, log).orElse(null));
        return templates.view("settings/hook-delivery", viewer, page);
    }

    private Map<String, String> headers(String text) {
        var headers = new LinkedHashMap<String, String>();
        json.readTree(text)
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        return headers;
    }

    @PostMapping("/redeliver")
    View redeliver(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @PathVariable("hook") long hook,
            @RequestParam(defaultValue = "0") long delivery) {
        return forms.take(
                viewer,
                response,
                form(viewer, repository, hook),
                () -> deliveries.redeliver(viewer.caller(), place(repository), hook, delivery));
    }

    @PostMapping("/redeliver-all")
    View redeliverAll(
            Viewer viewer, RepositoryPage repository, HttpServletResponse response, @PathVariable("hook") long hook) {
        return forms.take(
                viewer,
                response,
                form(viewer, repository, hook),
                () -> deliveries.redeliverAll(viewer.caller(), place(repository), hook));
    }

    private Form form(Viewer viewer, RepositoryPage repository, long hook) {
        return new Form(
                "hooks.redelivering",
                repository.page("settings/hooks/" + hook + "/log"),
                TEMPLATE,
                failure -> page(viewer, repository, hook, Asked.ALL, 1, failure));
    }
}
