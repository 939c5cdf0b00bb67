package dev.granary.members;

import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.members.UserGroupViews.Addable;
import dev.granary.members.UserGroupViews.Association;
import dev.granary.members.UserGroupViews.OfGroup;
import dev.granary.members.UserGroupViews.OfRepository;
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

/** User groups with roles in projects, groups and repositories. */
@RestController
class UserGroupRoleController {
    private static final String PROJECT = "/v4/projects/{project_id}/user-groups";
    private static final String GROUP = "/v4/groups/{group_id}/user-groups";
    private static final String REPOSITORY = "/v4/repositories/{repository_id}/user-groups";
    private static final String ONE = "/{user_group_id}";

    private final MembershipService places;
    private final UserGroupRoleService userGroups;
    private final UserGroupViews views;

    UserGroupRoleController(MembershipService places, UserGroupRoleService userGroups, UserGroupViews views) {
        this.places = places;
        this.userGroups = userGroups;
        this.views = views;
    }

    record NewRole(@Nullable String roleId) {
        Role role() {
            return Role.ofNumber("role_id", roleId);
        }
    }

    record Outcome(String status) {}

    @GetMapping(PROJECT)
    Page<OfGroup> listProjectUserGroups(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var site = places.requireProject(caller, projectId, Permission.PROJECT_VIEW);
        return userGroups.list(site, search, slice).map(group -> views.ofGroup(site, group));
    }

    @PutMapping(PROJECT + ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setProjectUserGroup(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("user_group_id") String userGroupId,
            @RequestBody NewRole body) {
        var site = places.requireProject(caller, projectId, Permission.PROJECT_MANAGE);
        userGroups.setRole(site, userGroupId, body.role());
    }

    @DeleteMapping(PROJECT + ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeProjectUserGroup(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("user_group_id") String userGroupId) {
        userGroups.remove(caller, places.requireProject(caller, projectId, Permission.PROJECT_MANAGE), userGroupId);
    }

    @GetMapping(GROUP)
    Page<OfGroup> listGroupUserGroups(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var site = places.requireGroup(caller, groupId, Permission.PROJECT_VIEW);
        return userGroups.list(site, search, slice).map(group -> views.ofGroup(site, group));
    }

    @GetMapping(GROUP + "/addable-list")
    Page<Addable> listGroupAddableUserGroups(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @RequestParam("project_id") String projectId,
            Slice slice) {
        var site = places.requireGroup(caller, projectId, groupId, Permission.MEMBER_CREATE);
        return userGroups.addable(site, slice).map(group -> views.addable(site, group));
    }

    @PostMapping("/v4/{project_id}/groups/{group_id}/user-group" + ONE)
    Association associateGroupUserGroup(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("group_id") long groupId,
            @PathVariable("user_group_id") String userGroupId) {
        var site = places.requireGroup(caller, projectId, groupId, Permission.MEMBER_CREATE);
        return Association.of(userGroups.associate(site, userGroupId));
    }

    @PutMapping(GROUP + ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setGroupUserGroupRole(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @PathVariable("user_group_id") String userGroupId,
            @RequestBody NewRole body) {
        var site = places.requireGroup(caller, groupId, Permission.MEMBER_UPDATE);
        userGroups.setRole(site, userGroupId, body.role());
    }

    @DeleteMapping(GROUP + ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeGroupUserGroup(
            Caller caller, @PathVariable("group_id") long groupId, @PathVariable("user_group_id") String userGroupId) {
        userGroups.remove(caller, places.requireGroup(caller, groupId, Permission.MEMBER_DELETE), userGroupId);
    }

    @GetMapping(REPOSITORY)
    Page<OfRepository> listRepositoryUserGroups(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var site = places.requireRepository(caller, repositoryId, Permission.PROJECT_VIEW);
        return userGroups.list(site, search, slice).map(group -> views.ofRepository(site, group));
    }

    @PostMapping("/v4/{project_id}/repositories/{repository_id}/user-group" + ONE)
    Outcome associateRepositoryUserGroup(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("user_group_id") String userGroupId) {
        var site = places.requireRepository(caller, projectId, repositoryId, Permission.MEMBER_CREATE);
        userGroups.associate(site, userGroupId);
        return new Outcome("success");
    }

    @PutMapping(REPOSITORY + ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setRepositoryUserGroupRole(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("user_group_id") String userGroupId,
            @RequestBody NewRole body) {
        var site = places.requireRepository(caller, repositoryId, Permission.MEMBER_UPDATE);
        userGroups.setRole(site, userGroupId, body.role());
    }

    @DeleteMapping(REPOSITORY + ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeRepositoryUserGroup(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("user_group_id") String userGroupId) {
        userGroups.remove(
                caller, places.requireRepository(caller, repositoryId, Permission.MEMBER_DELETE), userGroupId);
    }
}
