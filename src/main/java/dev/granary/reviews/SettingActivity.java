package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.reviews.ReviewSettingsChanged.Kind;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells who changed what holds for merge requests. All runs in the transaction of the change. */
@Component
class SettingActivity {
    private final ApplicationEventPublisher events;

    SettingActivity(ApplicationEventPublisher events) {
        this.events = events;
    }

    void changed(Caller caller, Scope scope, Kind kind) {
        events.publishEvent(
                new ReviewSettingsChanged(scope, kind, caller instanceof Caller.User user ? user.id() : null));
    }
}
