package dev.granary.workitems;

import dev.granary.kernel.Texts;
import dev.granary.kernel.WorkItemIds;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a work item. Who only ever linked it told no more than its id; the rest is what its tracker said.
 *
 * @param id what the tracker calls it
 * @param sequence null for trackers that do not number items so
 * @param tracker its category, a bug for example
 */
public record WorkItem(
        String id,
        @Nullable String subject,
        @Nullable String sequence,
        @Nullable Attribute tracker,
        @Nullable Attribute status,
        @Nullable Attribute priority) {
    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_NAME = 100;

    /** An attribute of a work item, by the tracker's code and in words. */
    public record Attribute(@Nullable String id, @Nullable String name) {
        static @Nullable Attribute of(@Nullable String id, @Nullable String name) {
            return id == null && name == null ? null : new Attribute(id, name);
        }

        String idOrEmpty() {
            return Objects.requireNonNullElse(id, "");
        }

        String nameOrEmpty() {
            return Objects.requireNonNullElse(name, "");
        }

        private static @Nullable Attribute checked(String field, @Nullable Attribute attribute) {
            return attribute == null
                    ? null
                    : of(part(field + ".id", attribute.id), part(field + ".name", attribute.name));
        }
    }

    /** What a tracker says of a work item; the id in the body does not count. */
    WorkItem checked(String itemId) {
        return new WorkItem(
                WorkItemIds.checked("item_id", itemId),
                Texts.line("subject", subject, 1, LONGEST_SUBJECT),
                part("sequence", sequence),
                Attribute.checked("tracker", tracker),
                Attribute.checked("status", status),
                Attribute.checked("priority", priority));
    }

    private static @Nullable String part(String field, @Nullable String text) {
        var checked = Texts.line(field, text, 0, LONGEST_NAME);
        return checked.isEmpty() ? null : checked;
    }
}
