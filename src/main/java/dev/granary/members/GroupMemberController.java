package dev.granary.members;

import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.members.MemberViews.AddableMember;
import dev.granary.members.MemberViews.Added;
import dev.granary.members.MemberViews.GroupMember;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Members of groups. */
@RestController
@RequestMapping("/v4/groups/{group_id}/members")
class GroupMemberController {
    private final MembershipService members;
    private final MemberViews views;

    GroupMemberController(MembershipService members, MemberViews views) {
        this.members = members;
        this.views = views;
    }

    /** A user to become a member. */
    record User(
            @Nullable String userIamId,
            @Nullable String userName,
            @Nullable String tenantId,
            @Nullable String roleId) {
        NewMember toNewMember() {
            return new NewMember("user_iam_id", userIamId, userName, tenantId, () -> Role.ofNumber("role_id", roleId));
        }
    }

    record Users(@Nullable List<@Nullable User> users) {
        @Nullable
        List<@Nullable NewMember> toNewMembers() {
            return users == null
                    ? null
                    : users.stream()
                            .<@Nullable NewMember>map(user -> user == null ? null : user.toNewMember())
                            .toList();
        }
    }

    record NewRole(@Nullable String roleId) {}

    @GetMapping("/list")
    Page<GroupMember> listGroupMembers(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @RequestParam("project_id") String projectId,
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(name = "join_way", required = false) @Nullable String joinWay,
            @RequestParam(name = "access_level", required = false) @Nullable Integer accessLevel,
            Slice slice) {
        var site = members.requireGroup(caller, projectId, groupId, Permission.PROJECT_VIEW);
        var filter = MemberFilter.of("query", query).joined(joinWay, accessLevel);
        return members.list(site, filter, slice).map(member -> views.group(site, member));
    }

    @GetMapping("/addable-list")
    Page<AddableMember> listGroupAddableMembers(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @RequestParam("project_id") String projectId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var site = members.requireGroup(caller, projectId, groupId, Permission.MEMBER_CREATE);
        return members.addable(site, MemberFilter.of("search", search), slice).map(views::addable);
    }

    @PostMapping
    List<Added> addGroupMembers(
            Caller caller, Locale locale, @PathVariable("group_id") long groupId, @RequestBody Users body) {
        var site = members.requireGroup(caller, groupId, Permission.MEMBER_CREATE);
        return views.added(members.add(caller, site, body.toNewMembers()), locale);
    }

    @PutMapping("/{user_iam_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setGroupMemberRole(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @PathVariable("user_iam_id") String userIamId,
            @RequestBody NewRole body) {
        var site = members.requireGroup(caller, groupId, Permission.MEMBER_UPDATE);
        members.setRole(caller, site, userIamId, Role.ofNumber("role_id", body.roleId()));
    }

    @DeleteMapping("/{user_iam_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeGroupMember(
            Caller caller, @PathVariable("group_id") long groupId, @PathVariable("user_iam_id") String userIamId) {
        members.remove(caller, members.requireGroup(caller, groupId, Permission.MEMBER_DELETE), userIamId);
    }
}
