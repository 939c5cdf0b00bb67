package dev.granary.ui.settings;

import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.ui.Cookies;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import dev.granary.webhooks.DeliveryService;
import dev.granary.webhooks.HookPlace;
import dev.granary.webhooks.WebhookService;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/** The webhooks of a repository. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/hooks")
class HooksPageController {
    private static final String HOOKS = "settings/hooks";
    private static final String FORM = "settings/hook";

    private final WebhookService hooks;
    private final DeliveryService deliveries;
    private final Cookies cookies;
    private final Templates templates;
    private final Forms forms;

    HooksPageController(
            WebhookService hooks, DeliveryService deliveries, Cookies cookies, Templates templates, Forms forms) {
        this.hooks = hooks;
        this.deliveries = deliveries;
        this.cookies = cookies;
        this.templates = templates;
        this.forms = forms;
    }

    static HookPlace place(RepositoryPage repository) {
        return new HookPlace.At(new Scope.Repository(repository.repository().id()));
    }

    @GetMapping
    View hooks(Viewer viewer, RepositoryPage repository) {
        var all = hooks.list(viewer.caller(), place(repository), new Slice(0, Slice.MAXIMUM));
        return templates.view(HOOKS, viewer, new HooksPage(repository, all.items()));
    }

    @GetMapping("/new")
    View begin(Viewer viewer, RepositoryPage repository) {
        hooks.list(viewer.caller(), place(repository), new Slice(0, 1));
        return templates.view(FORM, viewer, new HookPage(repository, HookForm.begin(), null, null));
    }

    @PostMapping
    View create(Viewer viewer, RepositoryPage repository, HttpServletResponse response, HookForm typed) {
        var form = new Form("hooks.made", repository.page(HOOKS), FORM, failure -> {
            hooks.list(viewer.caller(), place(repository), new Slice(0, 1));
            return new HookPage(repository, typed, null, failure);
        });
        return forms.take(viewer, response, form, () -> hooks.create(viewer.caller(), place(repository), typed.body()));
    }

    @GetMapping("/{hook}")
    View hook(Viewer viewer, RepositoryPage repository, @PathVariable("hook") long hook) {
        return templates.view(FORM, viewer, page(viewer, repository, hook, null, null));
    }

    private HookPage page(
            Viewer viewer, RepositoryPage repository, long hook, @Nullable HookForm typed, @Nullable String failure) {
        var state = deliveries.state(viewer.caller(), place(repository), hook);
        return new HookPage(repository, typed == null ? HookForm.of(state.hook()) : typed, state, failure);
    }

    @PostMapping("/{hook}")
    View update(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @PathVariable("hook") long hook,
            HookForm typed) {
        return forms.take(
                viewer,
                response,
                form(viewer, repository, "settings.saved", repository.page(HOOKS + "/" + hook), hook, typed),
                () -> hooks.update(viewer.caller(), place(repository), hook, typed.body()));
    }

    private Form form(
            Viewer viewer, RepositoryPage repository, String notice, String next, long hook, @Nullable HookForm typed) {
        return new Form(notice, next, FORM, failure -> page(viewer, repository, hook, typed, failure));
    }

    @PostMapping("/{hook}/delete")
    View delete(
            Viewer viewer, RepositoryPage repository, HttpServletResponse response, @PathVariable("hook") long hook) {
        return forms.take(
                viewer,
                response,
                form(viewer, repository, "hooks.deleted", repository.page(HOOKS), hook, null),
                () -> hooks.delete(viewer.caller(), place(repository), hook));
    }

    @PostMapping("/{hook}/test")
    View test(Viewer viewer, RepositoryPage repository, HttpServletResponse response, @PathVariable("hook") long hook) {
        var log = deliveries.test(viewer.caller(), place(repository), hook);
        cookies.notice(response, log.arrived() ? "hooks.test-arrived" : "hooks.test-failed");
        return Redirects.to(repository.page(HOOKS + "/" + hook + "/log/" + log.id()));
    }
}
