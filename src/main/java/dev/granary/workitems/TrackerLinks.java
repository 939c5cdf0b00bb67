package dev.granary.workitems;

import dev.granary.kernel.Scope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says where the pages of work items are. */
@Component
public class TrackerLinks {
    /** What stands for the id in the address of a work item's page. */
    public static final String ID = "{id}";

    private final E2eSettings settings;

    TrackerLinks(E2eSettings settings) {
        this.settings = settings;
    }

    /** The tracker that counts for a repository or project. */
    public Tracker of(Scope scope) {
        return Tracker.of(settings.of(scope));
    }

    /**
     * A tracker.
     *
     * @param template the address of a work item's page; null where none is known
     */
    public record Tracker(@Nullable String template) {
        static Tracker of(E2eSetting setting) {
            return new Tracker(setting.link().active() ? setting.link().url() : null);
        }

        /** The page of a work item; null where none is known. */
        public @Nullable String page(String id) {
            return template == null
                    ? null
                    : template.replace(
                            ID, URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
        }
    }
}
