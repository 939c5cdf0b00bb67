package dev.granary.labels;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Labels as the answers show them. Nothing carries labels yet, so that nothing open is counted. */
@Component
class LabelAnswers {
    private static final int NOTHING_OPEN = 0;
    private static final int LIGHT = 500;

    private final LabelService labels;

    LabelAnswers(LabelService labels) {
        this.labels = labels;
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
            int openMergeRequestsCount,
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
            int openMergeRequestsCount,
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
            int openMergeRequestsCount,
            int openChangeRequestCount,
            @Nullable Long priority,
            boolean isRepositoryLabel) {}

    Listed listed(Label label) {
        return new Listed(
                label.id(),
                label.name(),
                label.color(),
                label.description(),
                textColor(label.color()),
                label.expiresOn(),
                labels.isExpired(label),
                NOTHING_OPEN,
                NOTHING_OPEN);
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
                NOTHING_OPEN,
                NOTHING_OPEN,
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
                NOTHING_OPEN,
                NOTHING_OPEN,
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
