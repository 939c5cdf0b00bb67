package dev.granary.labels;

import dev.granary.kernel.Page;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Labels as the answers show them. */
@Component
class LabelAnswers {
    /** Changes come as merge requests only. */
    private static final int NO_CHANGE_REQUESTS = 0;

    private static final int LIGHT = 500;

    private final LabelService labels;
    private final LabelStore store;

    LabelAnswers(LabelService labels, LabelStore store) {
        this.labels = labels;
        this.store = store;
    }

    /** A label in a list. */
    record Listed(
            long id,
            String name,
            String color,
            String description,
            String textColor,
            @Nullable String expiresAt,
            boolean isExpired,
            long openMergeRequestsCount,
            int openChangeRequestCount) {}

    /** A label that was changed. */
    record Changed(
            long id,
            String name,
            String color,
            String description,
            String textColor,
            @Nullable String expiresAt,
            boolean isExpired,
            long openMergeRequestsCount,
            int openChangeRequestCount,
            @Nullable Long priority) {}

    /** A label that was made; all belong to one repository. */
    record Created(
            long id,
            String name,
            String color,
            String description,
            String textColor,
            @Nullable String expiresAt,
            boolean isExpired,
            long openMergeRequestsCount,
            int openChangeRequestCount,
            @Nullable Long priority,
            boolean isRepositoryLabel) {}

    Page<Listed> listed(Page<Label> page) {
        var open = open(page.items());
        return page.map(label -> listed(label, open.getOrDefault(label.id(), 0L)));
    }

    private Map<Long, Long> open(List<Label> some) {
        return store.openRequests(some.stream().map(Label::id).toList());
    }

    private Listed listed(Label label, long openRequests) {
        return new Listed(
                label.id(),
                label.name(),
                label.color(),
                label.description(),
                textColor(label.color()),
                label.expiresOn(),
                labels.isExpired(label),
                openRequests,
                NO_CHANGE_REQUESTS);
    }

    Changed changed(Label label) {
        return new Changed(
                label.id(),
                label.name(),
                label.color(),
                label.description(),
                textColor(label.color()),
                label.expiresOn(),
                labels.isExpired(label),
                open(List.of(label)).getOrDefault(label.id(), 0L),
                NO_CHANGE_REQUESTS,
                label.priority());
    }

    Created created(Label label) {
        return new Created(
                label.id(),
                label.name(),
                label.color(),
                label.description(),
                textColor(label.color()),
                label.expiresOn(),
                labels.isExpired(label),
                open(List.of(label)).getOrDefault(label.id(), 0L),
                NO_CHANGE_REQUESTS,
                label.priority(),
                true);
    }

    /** Dark on light colours, white on others. */
    static String textColor(String color) {
        var digits = color.substring(1);
        var wide = digits.length() == 3 ? digits.replaceAll("(.)", "$1$1") : digits;
        var value = Integer.parseInt(wide, 16);
        return (value >> 16) + ((value >> 8) & 0xff) + (value & 0xff) > LIGHT ? "#333333" : "#FFFFFF";
    }
}
