package dev.granary.ui.settings;

import dev.granary.reviews.MergeRequestSettingChange;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How merge requests go, as the form has it; what is absent was not sent.
 *
 * @param on the switches that are on, by their names on the wire
 */
public record MergeSettingForm(
        @Nullable String reviewMode,
        @Nullable String votes,
        @Nullable String method,
        @Nullable String author,
        @Nullable String issueBranches,
        @Nullable String mergeMessage,
        @Nullable String squashMessage,
        @Nullable List<String> on) {
    /** What must be so before anybody may merge. */
    public static final List<String> GATES = List.of(
            "only-allow-merge-if-all-discussions-are-resolved",
            "must-relate-issue",
            "need-all-issues-check-passed",
            "only-allow-one-issue-check-passed",
            "evaluation-merge-gate");
    /** Who may do what. */
    public static final List<String> PEOPLE = List.of(
            "disable-merge-by-self",
            "disable-approve-by-self",
            "disable-review-by-self",
            "only-assignee-can-merge",
            "can-force-merge");
    /** What merging does. */
    public static final List<String> HABITS = List.of(
            "delete-source-branch-when-merged",
            "disable-squash-merge",
            "auto-squash-merge",
            "squash-merge-with-no-merge-commit",
            "can-reopen",
            "add-notes-after-merged",
            "mark-auto-merged-mr-as-closed");

    private boolean isOn(String name) {
        return on != null && on.contains(name);
    }

    MergeRequestSettingChange change() {
        return new MergeRequestSettingChange(
                reviewMode,
                isOn("only-allow-merge-if-all-discussions-are-resolved"),
                isOn("must-relate-issue"),
                isOn("only-allow-one-issue-check-passed"),
                isOn("need-all-issues-check-passed"),
                Objects.requireNonNullElse(issueBranches, "").strip(),
                isOn("evaluation-merge-gate"),
                null,
                isOn("disable-merge-by-self"),
                isOn("disable-approve-by-self"),
                isOn("disable-review-by-self"),
                isOn("can-force-merge"),
                isOn("add-notes-after-merged"),
                isOn("mark-auto-merged-mr-as-closed"),
                isOn("can-reopen"),
                isOn("delete-source-branch-when-merged"),
                isOn("disable-squash-merge"),
                isOn("auto-squash-merge"),
                method,
                isOn("squash-merge-with-no-merge-commit"),
                author,
                null,
                null,
                votes == null || !votes.matches("[0-9]") ? null : Integer.valueOf(votes),
                isOn("only-assignee-can-merge"),
                unix(mergeMessage),
                unix(squashMessage));
    }

    /** Browsers end lines with two characters. */
    private static String unix(@Nullable String text) {
        return Objects.requireNonNullElse(text, "").replace("\r\n", "\n");
    }
}
