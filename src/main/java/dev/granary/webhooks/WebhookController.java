package dev.granary.webhooks;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The webhooks of repositories, groups and projects. */
@RestController
@RequestMapping({WebhookController.REPOSITORY, WebhookController.GROUP, WebhookController.PROJECT})
class WebhookController {
    static final String REPOSITORY = "/v4/repositories/{repository_id}/hooks";
    static final String GROUP = "/v4/groups/{group_id}/hooks";
    static final String PROJECT = "/v4/projects/{project_id}/hooks";

    private final WebhookService hooks;
    private final DeliveryService deliveries;

    WebhookController(WebhookService hooks, DeliveryService deliveries) {
        this.hooks = hooks;
        this.deliveries = deliveries;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    WebhookAnswers.Shown addWebhook(Caller caller, HookPlace place, @RequestBody WebhookBody body) {
        return WebhookAnswers.shown(hooks.create(caller, place, body));
    }

    @GetMapping
    Page<WebhookAnswers.Shown> listWebhooks(Caller caller, HookPlace place, Slice slice) {
        return hooks.list(caller, place, slice).map(WebhookAnswers::shown);
    }

    @GetMapping("/{hook_id}")
    WebhookAnswers.Shown showWebhook(Caller caller, HookPlace place, @PathVariable("hook_id") long hookId) {
        return WebhookAnswers.shown(hooks.show(caller, place, hookId));
    }

    @PutMapping("/{hook_id}")
    WebhookAnswers.Shown updateWebhook(
            Caller caller, HookPlace place, @PathVariable("hook_id") long hookId, @RequestBody WebhookBody body) {
        return WebhookAnswers.shown(hooks.update(caller, place, hookId, body));
    }

    @DeleteMapping("/{hook_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeWebhook(Caller caller, HookPlace place, @PathVariable("hook_id") long hookId) {
        hooks.delete(caller, place, hookId);
    }

    /** An extension: how it fares, and what v4 does not show. */
    @GetMapping("/{hook_id}/state")
    WebhookAnswers.State showWebhookState(Caller caller, HookPlace place, @PathVariable("hook_id") long hookId) {
        return WebhookAnswers.state(deliveries.state(caller, place, hookId));
    }
}
