package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.refs.Glob;
import dev.granary.refs.RefRules;
import dev.granary.reviews.MergeRequestService.Found;
import dev.granary.reviews.Person.Part;
import dev.granary.workitems.WorkItems;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.springframework.stereotype.Component;

/**
 * What keeps requests from being merged, for whoever asks and for the merge itself. What Git has to say is given by
 * those who ask, for it costs the most.
 */
@Component
class MergeGates {
    private final MergeRequestSettings settings;
    private final RefRules rules;
    private final PersonStore people;
    private final RequestLinkStore links;
    private final DiscussionCountStore discussions;
    private final ApprovalGates approvals;
    private final WorkItems items;
    private final AccessService access;

    MergeGates(
            MergeRequestSettings settings,
            RefRules rules,
            PersonStore people,
            RequestLinkStore links,
            DiscussionCountStore discussions,
            ApprovalGates approvals,
            WorkItems items,
            AccessService access) {
        this.settings = settings;
        this.rules = rules;
        this.people = people;
        this.links = links;
        this.discussions = discussions;
        this.approvals = approvals;
        this.items = items;
        this.access = access;
    }

    /** The gates that are shut to a caller, each with the reason, but those that Git is asked for. */
    Map<Gate, Problem> shut(Caller caller, Found found) {
        var request = found.request();
        var setting = settings.of(request.repositoryId());
        var shut = new EnumMap<Gate, Problem>(Gate.class);
        put(
                shut,
                Gate.MERGER,
                rules.checkMerger(caller, found.repository(), Constants.R_HEADS + request.targetBranch()));
        put(shut, Gate.ASSIGNEE, assignee(caller, request));
        put(shut, Gate.UNFINISHED, request.workInProgress(), ErrorCode.MERGE_UNFINISHED);
        put(shut, Gate.DISCUSSIONS, discussions(request, setting));
        put(shut, Gate.SELF, setting.disableMergeBySelf() && made(caller, request), ErrorCode.MERGE_BY_SELF);
        var said = approvals.of(request);
        put(shut, Gate.PIPELINE, !said.pipeline(), ErrorCode.MERGE_PIPELINE);
        put(shut, Gate.VOTES, !said.vote(), ErrorCode.MERGE_VOTES);
        put(shut, Gate.REVIEWERS, !said.reviewers(), ErrorCode.MERGE_REVIEWERS);
        put(shut, Gate.APPROVERS, !said.approvers(), ErrorCode.MERGE_APPROVERS);
        put(shut, Gate.EVALUATION, !said.evaluation(), ErrorCode.MERGE_EVALUATION);
        workItems(shut, request, setting);
        return shut;
    }

    private static void put(Map<Gate, Problem> shut, Gate gate, Optional<Problem> why) {
        why.ifPresent(problem -> shut.put(gate, problem));
    }

    private static void put(Map<Gate, Problem> shut, Gate gate, boolean isShut, ErrorCode why) {
        if (isShut) {
            shut.put(gate, new Problem(why));
        }
    }

    /** Whether a caller may pass gates that are shut. */
    boolean mayForce(Caller caller, MergeRequest request) {
        return settings.of(request.repositoryId()).canForceMerge()
                && access.allows(caller, new Scope.Repository(request.repositoryId()), Permission.REPOSITORY_SETTINGS);
    }

    private static boolean made(Caller caller, MergeRequest request) {
        return caller instanceof Caller.User user && user.id() == request.authorId();
    }

    private Optional<Problem> assignee(Caller caller, MergeRequest request) {
        return !request.onlyAssigneeCanMerge()
                        || people.of(request.id()).stream()
                                .anyMatch(person -> person.is(Part.ASSIGNEE)
                                        && caller instanceof Caller.User user
                                        && person.userId() == user.id())
                ? Optional.empty()
                : Optional.of(new Problem(ErrorCode.MERGE_NOT_BY_ASSIGNEE));
    }

    private Optional<Problem> discussions(MergeRequest request, MergeRequestSetting setting) {
        var open = setting.onlyAllowMergeIfAllDiscussionsAreResolved()
                ? discussions
                        .of(Set.of(request.id()))
                        .getOrDefault(request.id(), DiscussionCounts.NONE)
                        .unresolvedNotesCount()
                : 0;
        return open == 0 ? Optional.empty() : Optional.of(new Problem(ErrorCode.MERGE_DISCUSSIONS_OPEN, open));
    }

    /** Work items count that meet what the setting about them asks of requests into the branch. */
    private void workItems(Map<Gate, Problem> shut, MergeRequest request, MergeRequestSetting setting) {
        var linked = links.workItems(request.id()).stream()
                .map(RequestLinkStore.WorkItem::workItemId)
                .toList();
        var concerned = (setting.mustRelateIssue() || setting.needAllIssuesCheckPassed())
                && concerned(setting.needRelateIssueBranches(), request.targetBranch());
        var passed = concerned
                ? items.passed(new Scope.Repository(request.repositoryId()), request.targetBranch(), linked)
                : Set.of();
        put(
                shut,
                Gate.WORK_ITEM,
                setting.mustRelateIssue() && concerned && passed.isEmpty(),
                ErrorCode.MERGE_WORK_ITEM_NEEDED);
        put(
                shut,
                Gate.ALL_WORK_ITEMS,
                setting.needAllIssuesCheckPassed() && concerned && (linked.isEmpty() || passed.size() < linked.size()),
                ErrorCode.MERGE_WORK_ITEMS_UNCHECKED);
        put(
                shut,
                Gate.ONE_WORK_ITEM,
                setting.onlyAllowOneIssueCheckPassed() && linked.size() > 1,
                ErrorCode.MERGE_ONE_WORK_ITEM);
    }

    private static boolean concerned(String patterns, String branch) {
        return patterns.isBlank()
                || Arrays.stream(patterns.split(",", -1))
                        .map(String::strip)
                        .anyMatch(pattern -> new Glob(pattern).matches(branch));
    }
}
