package dev.granary.activity;

import dev.granary.activity.NotificationService.Shown;
import dev.granary.activity.NotificationService.Status;
import dev.granary.kernel.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who is to be notified of what in a repository. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/notification-subscriptions")
class NotificationController {
    private final NotificationService notifications;

    NotificationController(NotificationService notifications) {
        this.notifications = notifications;
    }

    @GetMapping("/status")
    Status showNotificationSubscriptionsStatus(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return notifications.status(caller, repositoryId);
    }

    @GetMapping("/subscription")
    Shown showNotificationSubscription(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String type) {
        return notifications.show(caller, repositoryId, type);
    }

    @PutMapping("/subscription")
    Shown updateNotificationSubscription(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String type,
            @RequestBody NotificationChange body) {
        return notifications.update(caller, repositoryId, type, body);
    }
}
