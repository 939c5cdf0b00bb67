package dev.granary.ui.settings;

import dev.granary.reviews.MergeRequestSetting;
import dev.granary.ui.RepositoryPage;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How merge requests of a repository go.
 *
 * @param failure why the last form was not taken; null for none
 */
public record MergeSettingsPage(
        RepositoryPage repository,
        MergeRequestSetting setting,
        @Nullable String failure) {
    /** The switches that are on, by the names of the form. */
    public Set<String> on() {
        var on = new HashSet<String>();
        add(
                on,
                "only-allow-merge-if-all-discussions-are-resolved",
                setting.onlyAllowMergeIfAllDiscussionsAreResolved());
        add(on, "must-relate-issue", setting.mustRelateIssue());
        add(on, "need-all-issues-check-passed", setting.needAllIssuesCheckPassed());
        add(on, "only-allow-one-issue-check-passed", setting.onlyAllowOneIssueCheckPassed());
        add(on, "evaluation-merge-gate", setting.evaluationMergeGate());
        add(on, "disable-merge-by-self", setting.disableMergeBySelf());
        add(on, "disable-approve-by-self", setting.disableApproveBySelf());
        add(on, "disable-review-by-self", setting.disableReviewBySelf());
        add(on, "only-assignee-can-merge", setting.onlyAssigneeCanMerge());
        add(on, "can-force-merge", setting.canForceMerge());
        add(on, "delete-source-branch-when-merged", setting.deleteSourceBranchWhenMerged());
        add(on, "disable-squash-merge", setting.disableSquashMerge());
        add(on, "auto-squash-merge", setting.autoSquashMerge());
        add(on, "squash-merge-with-no-merge-commit", setting.squashMergeWithNoMergeCommit());
        add(on, "can-reopen", setting.canReopen());
        add(on, "add-notes-after-merged", setting.addNotesAfterMerged());
        add(on, "mark-auto-merged-mr-as-closed", setting.markAutoMergedMrAsClosed());
        return on;
    }

    private static void add(Set<String> on, String name, boolean value) {
        if (value) {
            on.add(name);
        }
    }
}
