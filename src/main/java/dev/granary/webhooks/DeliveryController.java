package dev.granary.webhooks;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Extensions: what is to be delivered again, and tests. */
@RestController
@RequestMapping({
    WebhookController.REPOSITORY + "/{hook_id}",
    WebhookController.GROUP + "/{hook_id}",
    WebhookController.PROJECT + "/{hook_id}"
})
class DeliveryController {
    private final DeliveryService deliveries;
    private final WebhookAnswers answers;

    DeliveryController(DeliveryService deliveries, WebhookAnswers answers) {
        this.deliveries = deliveries;
        this.answers = answers;
    }

    @PostMapping("/test")
    WebhookAnswers.LogDetail testWebhook(Caller caller, HookPlace place, @PathVariable("hook_id") long hookId) {
        return answers.detail(deliveries.test(caller, place, hookId));
    }

    @GetMapping("/deliveries")
    Page<WebhookAnswers.Delivered> listWebhookDeliveries(
            Caller caller,
            HookPlace place,
            @PathVariable("hook_id") long hookId,
            @RequestParam(required = false) @Nullable String state,
            Slice slice) {
        return deliveries.list(caller, place, hookId, state, slice).map(answers::delivered);
    }

    @PostMapping("/deliveries/redeliver")
    Map<String, Integer> redeliverWebhook(Caller caller, HookPlace place, @PathVariable("hook_id") long hookId) {
        return Map.of("redelivered", deliveries.redeliverAll(caller, place, hookId));
    }

    @PostMapping("/deliveries/{delivery_id}/redeliver")
    WebhookAnswers.Delivered redeliverWebhookDelivery(
            Caller caller,
            HookPlace place,
            @PathVariable("hook_id") long hookId,
            @PathVariable("delivery_id") long deliveryId) {
        return answers.delivered(deliveries.redeliver(caller, place, hookId, deliveryId));
    }
}
