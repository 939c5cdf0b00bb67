package dev.granary.webhooks;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was sent to receivers, and what they answered. */
@RestController
class WebhookLogController {
    private static final String LOGS = "/{hook_id}/logs";
    private static final String LOG = LOGS + "/{log_id}";

    private final DeliveryService deliveries;
    private final WebhookAnswers answers;

    WebhookLogController(DeliveryService deliveries, WebhookAnswers answers) {
        this.deliveries = deliveries;
        this.answers = answers;
    }

    @GetMapping(WebhookController.REPOSITORY + LOGS)
    Page<WebhookAnswers.Logged> listRepositoryWebhookLogs(
            Caller caller,
            HookPlace place,
            @PathVariable("hook_id") long hookId,
            @RequestParam(required = false) @Nullable String uuid,
            @RequestParam(name = "created_after", required = false) @Nullable String createdAfter,
            @RequestParam(name = "created_before", required = false) @Nullable String createdBefore,
            Slice slice) {
        var asked = LogFilter.of(null, uuid, createdAfter, createdBefore);
        return deliveries.logs(caller, place, hookId, asked, slice).map(WebhookAnswers::logged);
    }

    @GetMapping({WebhookController.GROUP + LOGS, WebhookController.PROJECT + LOGS})
    Page<WebhookAnswers.LoggedOf> listWebhookLogs(
            Caller caller,
            HookPlace place,
            @PathVariable("hook_id") long hookId,
            @RequestParam(name = "repository_id", required = false) @Nullable Long repositoryId,
            @RequestParam(required = false) @Nullable String uuid,
            @RequestParam(name = "created_after", required = false) @Nullable String createdAfter,
            @RequestParam(name = "created_before", required = false) @Nullable String createdBefore,
            Slice slice) {
        var asked = LogFilter.of(repositoryId, uuid, createdAfter, createdBefore);
        return answers.loggedOf(deliveries.logs(caller, place, hookId, asked, slice));
    }

    @GetMapping({WebhookController.REPOSITORY + LOG, WebhookController.GROUP + LOG, WebhookController.PROJECT + LOG})
    WebhookAnswers.LogDetail showWebhookLog(
            Caller caller, HookPlace place, @PathVariable("hook_id") long hookId, @PathVariable("log_id") long logId) {
        return answers.detail(deliveries.log(caller, place, hookId, logId));
    }
}
