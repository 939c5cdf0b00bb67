package dev.granary.projects;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.projects.GroupPermissionService.Question;
import dev.granary.projects.GroupService.GroupBody;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Groups. What is in them, is listed where repositories are. */
@RestController
class GroupController {
    private static final String DELETED = "success";

    private final GroupService groups;
    private final GroupPermissionService permissions;
    private final GroupAnswers answers;

    GroupController(GroupService groups, GroupPermissionService permissions, GroupAnswers answers) {
        this.groups = groups;
        this.permissions = permissions;
        this.answers = answers;
    }

    /** Who is to own a group. */
    record NewOwner(@Nullable Long ownerId) {}

    @PostMapping("/v4/{project_id}/groups")
    @ResponseStatus(HttpStatus.CREATED)
    GroupAnswers.Named createGroup(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody GroupBody body) {
        return answers.named(groups.create(caller, projectId, body));
    }

    @GetMapping("/v4/{project_id}/groups/{group_id}")
    GroupAnswers.Shown showGroup(
            Caller caller, @PathVariable("project_id") String projectId, @PathVariable("group_id") long groupId) {
        return answers.shown(caller, groups.require(caller, projectId, groupId, Permission.GROUP_VIEW));
    }

    @PutMapping("/v4/groups/{group_id}")
    GroupAnswers.Shown updateGroup(Caller caller, @PathVariable("group_id") long groupId, @RequestBody GroupBody body) {
        return answers.shown(caller, groups.change(caller, groupId, body));
    }

    @DeleteMapping("/v4/{project_id}/groups/{group_id}")
    String deleteGroup(
            Caller caller, @PathVariable("project_id") String projectId, @PathVariable("group_id") long groupId) {
        groups.delete(caller, projectId, groupId);
        return DELETED;
    }

    @GetMapping("/v4/groups/list")
    Page<GroupAnswers.Listed> listGroups(
            Caller caller,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "all_available", required = false) @Nullable Boolean allAvailable,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Boolean starred,
            @RequestParam(required = false) @Nullable Boolean owned,
            Slice slice) {
        var query = GroupQuery.of(search, orderBy, sort, allAvailable, starred, owned);
        return answers.listed(caller, groups.list(caller, query, slice));
    }

    @GetMapping("/v4/{project_id}/manageable-groups")
    Page<GroupAnswers.Manageable> listManageableGroups(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @RequestParam(required = false) @Nullable String scope,
            Slice slice) {
        return groups.manageable(caller, projectId, scope, slice).map(GroupAnswers::manageable);
    }

    @PutMapping("/v4/groups/{group_id}/transfer")
    GroupAnswers.HandedOver transferGroup(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody NewOwner body) {
        return answers.handedOver(caller, groups.handOver(caller, groupId, body.ownerId()));
    }

    @PostMapping("/v4/user/groups/group-permissions")
    List<GroupAnswers.Permitted> batchValidateUserGroupPermissions(
            Caller caller, @RequestBody List<@Nullable Question> body) {
        return permissions.check(caller, body).stream()
                .map(GroupAnswers.Permitted::of)
                .toList();
    }
}
