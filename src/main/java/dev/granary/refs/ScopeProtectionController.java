package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.refs.AccessRuleAnswers.Detailed;
import dev.granary.refs.AccessRuleAnswers.NewTagOfProject;
import dev.granary.refs.AccessRuleAnswers.OfGroup;
import dev.granary.refs.AccessRuleAnswers.TagOfProject;
import dev.granary.refs.RuleUserGroupStore.UserGroup;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Protected branches and tags of projects and groups, which repositories below may take over. */
@RestController
class ScopeProtectionController {
    private static final Set<RuleAction> BRANCH_ACTIONS = Set.of(RuleAction.PUSH, RuleAction.MERGE);
    private static final Set<RuleAction> TAG_ACTIONS =
            Set.of(RuleAction.READ, RuleAction.CREATE_DELETE, RuleAction.CREATE);

    private final AccessRuleService rules;
    private final AccessRuleAnswers answers;

    ScopeProtectionController(AccessRuleService rules, AccessRuleAnswers answers) {
        this.rules = rules;
        this.answers = answers;
    }

    /** What rules of branches, or of tags, may restrict above repositories. */
    static Set<RuleAction> possible(RuleKind kind) {
        return kind == RuleKind.TAG ? TAG_ACTIONS : BRANCH_ACTIONS;
    }

    /** A name or wildcard, and what is to hold for it. */
    record Body(@Nullable String name, @Nullable List<@Nullable ActionBody> actions) {}

    @GetMapping("/v4/projects/{project_id}/protected-branches")
    Page<Detailed> listProjectProtectedBranches(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "user_actions", required = false) @Nullable Boolean userActions,
            @RequestParam(required = false) @Nullable String view,
            Slice slice) {
        var page = rules.list(caller, rules.project(caller, projectId, false), RuleKind.BRANCH, search, slice);
        return new Page<>(answers.detailed(page.items(), "simple".equals(view)), page.total());
    }

    @PostMapping("/v4/projects/{project_id}/protected-branches")
    @ResponseStatus(HttpStatus.CREATED)
    Detailed createProjectProtectedBranches(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody Body body) {
        var scope = rules.project(caller, projectId, true);
        var names = Collections.singletonList(body.name());
        var made = rules.create(caller, scope, RuleKind.BRANCH, names, body.actions(), BRANCH_ACTIONS);
        return answers.detailed(made, false).getFirst();
    }

    @DeleteMapping("/v4/projects/{project_id}/protected-branch")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteProjectProtectedBranch(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @RequestParam("branch_name") String branchName) {
        rules.delete(caller, rules.project(caller, projectId, true), RuleKind.BRANCH, List.of(branchName));
    }

    @GetMapping("/v4/projects/{project_id}/protected-tags")
    Page<TagOfProject> listProjectProtectedTags(
            Caller caller, @PathVariable("project_id") String projectId, Slice slice) {
        var page = rules.list(caller, rules.project(caller, projectId, false), RuleKind.TAG, null, slice);
        return new Page<>(answers.tagsOfProject(page.items(), projectId), page.total());
    }

    @PostMapping("/v4/projects/{project_id}/protected-tags")
    @ResponseStatus(HttpStatus.CREATED)
    NewTagOfProject createProjectProtectedTags(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody Body body) {
        var scope = rules.project(caller, projectId, true);
        var names = Collections.singletonList(body.name());
        return answers.newTagOfProject(rules.create(caller, scope, RuleKind.TAG, names, body.actions(), TAG_ACTIONS)
                .getFirst());
    }

    @DeleteMapping("/v4/projects/{project_id}/protected-tag")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteProjectProtectedTag(
            Caller caller, @PathVariable("project_id") String projectId, @RequestParam("tag_name") String tagName) {
        rules.delete(caller, rules.project(caller, projectId, true), RuleKind.TAG, List.of(tagName));
    }

    @GetMapping("/v4/groups/{group_id}/protected-branches")
    Page<OfGroup> listGroupProtectedBranches(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "user_actions", required = false) @Nullable Boolean userActions,
            Slice slice) {
        var page = rules.list(caller, new Scope.Group(groupId), RuleKind.BRANCH, search, slice);
        return new Page<>(answers.ofGroup(page.items(), groupId), page.total());
    }

    @PostMapping("/v4/groups/{group_id}/protected-branches")
    @ResponseStatus(HttpStatus.CREATED)
    OfGroup createGroupProtectedBranch(Caller caller, @PathVariable("group_id") long groupId, @RequestBody Body body) {
        var names = Collections.singletonList(body.name());
        var made =
                rules.create(caller, new Scope.Group(groupId), RuleKind.BRANCH, names, body.actions(), BRANCH_ACTIONS);
        return answers.ofGroup(made, groupId).getFirst();
    }

    @DeleteMapping("/v4/groups/{group_id}/protected-branch")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteGroupProtectedBranch(
            Caller caller, @PathVariable("group_id") long groupId, @RequestParam("branch_name") String branchName) {
        rules.delete(caller, new Scope.Group(groupId), RuleKind.BRANCH, List.of(branchName));
    }

    @GetMapping("/v4/projects/{project_id}/protected-refs/user-groups")
    Page<UserGroup> listProjectProtectedRefsUserGroups(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        return rules.userGroups(caller, rules.project(caller, projectId, false), search, slice);
    }

    @GetMapping("/v4/groups/{group_id}/protected-refs/user-groups")
    Page<UserGroup> listGroupProtectedRefsUserGroups(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        return rules.userGroups(caller, new Scope.Group(groupId), search, slice);
    }

    @GetMapping("/v4/repositories/{repository_id}/protected-refs/user-groups")
    Page<UserGroup> listRepositoryProtectedRefsUserGroups(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        return rules.userGroups(caller, new Scope.Repository(repositoryId), search, slice);
    }
}
