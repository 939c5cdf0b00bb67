package dev.granary.ui.settings;

import dev.granary.access.Permission;
import dev.granary.activity.NotificationChannel;
import dev.granary.activity.NotificationService;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Who is to be notified of what in a repository: everybody who may see it sees that, too. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/notifications")
class NotificationsPageController {
    private static final String TEMPLATE = "settings/notifications";
    private static final String FIRST = "internal_message";

    private final NotificationService notifications;
    private final Templates templates;
    private final Forms forms;

    NotificationsPageController(NotificationService notifications, Templates templates, Forms forms) {
        this.notifications = notifications;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View show(Viewer viewer, RepositoryPage repository, @RequestParam(defaultValue = FIRST) String type) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, NotificationChannel.ofKey(type), null, null));
    }

    @PostMapping
    View change(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = FIRST) String type,
            NotificationForm typed) {
        var channel = NotificationChannel.ofKey(type);
        var id = repository.repository().id();
        var form = new Form(
                "settings.saved",
                repository.page(TEMPLATE + "?type=" + channel.key()),
                TEMPLATE,
                failure -> page(viewer, repository, channel, typed, failure));
        return forms.take(viewer, response, form, () -> {
            var now = notifications.show(viewer.caller(), id, channel.key()).subscriptEvents();
            notifications.update(viewer.caller(), id, channel.key(), typed.change(channel, now));
        });
    }

    private NotificationsPage page(
            Viewer viewer,
            RepositoryPage repository,
            NotificationChannel channel,
            @Nullable NotificationForm typed,
            @Nullable String failure) {
        var id = repository.repository().id();
        var shown = notifications.show(viewer.caller(), id, channel.key());
        return new NotificationsPage(
                repository,
                channel,
                notifications.status(viewer.caller(), id),
                typed == null ? NotificationForm.of(shown) : typed,
                shown.webhookConfig() != null && shown.webhookConfig().hasToken(),
                repository.may(Permission.REPOSITORY_SETTINGS),
                failure);
    }
}
