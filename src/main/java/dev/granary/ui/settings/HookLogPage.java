package dev.granary.ui.settings;

import dev.granary.kernel.Page;
import dev.granary.ui.RepositoryPage;
import dev.granary.webhooks.DeliveryService.DeadLetter;
import dev.granary.webhooks.DeliveryService.State;
import dev.granary.webhooks.LogFilter;
import dev.granary.webhooks.WebhookLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to a receiver.
 *
 * @param asked which attempts are shown, as the form has it
 * @param number of this page, from 1
 * @param rows on a page
 * @param dead the first deliveries that were given up
 * @param failure why something was not done; null for none
 */
public record HookLogPage(
        RepositoryPage repository,
        State state,
        Asked asked,
        Page<WebhookLog> log,
        int number,
        int rows,
        List<DeadLetter> dead,
        @Nullable String failure) {
    public HookLogPage {
        dead = List.copyOf(dead);
    }

    /**
     * Which attempts are asked for; what is absent does not count.
     *
     * @param event the event's id
     * @param after a day such as {@code 2026-01-31} of UTC, the first one; {@code before} is the last one
     * @param outcome {@code failed} for those that did not arrive
     */
    public record Asked(
            @Nullable String event,
            @Nullable String after,
            @Nullable String before,
            @Nullable String outcome) {
        /** All of them. */
        static final Asked ALL = new Asked(null, null, null, null);

        /** Whether only those are asked for that did not arrive. */
        public boolean failed() {
            return "failed".equals(outcome);
        }

        LogFilter filter() {
            var filter = LogFilter.of(null, event, time(after, "T00:00:00Z"), time(before, "T23:59:59.999Z"));
            return failed() ? filter.onlyFailed() : filter;
        }

        private static @Nullable String time(@Nullable String day, String time) {
            return day == null || day.isEmpty() ? null : day + time;
        }

        /** The same as the beginning of a query, without what is absent. */
        public String query() {
            return part("event", event) + part("after", after) + part("before", before) + part("outcome", outcome);
        }

        private static String part(String name, @Nullable String value) {
            return value == null || value.isEmpty()
                    ? ""
                    : name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&";
        }
    }

    /** The webhook's own address. */
    public String address() {
        return repository.page("settings/hooks/" + state.hook().id());
    }
}
