package dev.granary.identity;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** IAM's user groups, in Keystone's form. */
@RestController
@RequestMapping("/v3/groups")
class UserGroupController {
    private static final String USER = "/{group_id}/users/{user_id}";

    private final UserGroups groups;
    private final UserService users;

    UserGroupController(UserGroups groups, UserService users) {
        this.groups = groups;
        this.users = users;
    }

    record One(IamGroup group) {}

    record Many(List<IamGroup> groups, Links links) {}

    record Users(List<IamUser> users, Links links) {}

    record Body(IamGroup.@Nullable Change group) {
        IamGroup.Change change() {
            if (group == null) {
                throw Problem.invalid("group", "required");
            }
            return group;
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    One keystoneCreateGroup(Caller caller, @RequestBody Body body) {
        return one(groups.create(caller, body.change()));
    }

    @GetMapping
    Many keystoneListGroups(Caller caller, @RequestParam(required = false) @Nullable String name) {
        var account = users.account();
        return new Many(
                groups.list(caller, name).stream()
                        .map(group -> IamGroup.of(group, account))
                        .toList(),
                Links.to("/v3/groups"));
    }

    @GetMapping("/{group_id}")
    One keystoneShowGroup(Caller caller, @PathVariable("group_id") String groupId) {
        return one(groups.show(caller, groupId));
    }

    @PatchMapping("/{group_id}")
    One keystoneUpdateGroup(Caller caller, @PathVariable("group_id") String groupId, @RequestBody Body body) {
        return one(groups.update(caller, groupId, body.change()));
    }

    @DeleteMapping("/{group_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void keystoneDeleteGroup(Caller caller, @PathVariable("group_id") String groupId) {
        groups.delete(caller, groupId);
    }

    @PutMapping(USER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void keystoneAddUserToGroup(
            Caller caller, @PathVariable("group_id") String groupId, @PathVariable("user_id") String userId) {
        groups.addUser(caller, groupId, userId);
    }

    @DeleteMapping(USER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void keystoneRemoveUserFromGroup(
            Caller caller, @PathVariable("group_id") String groupId, @PathVariable("user_id") String userId) {
        groups.removeUser(caller, groupId, userId);
    }

    @RequestMapping(path = USER, method = RequestMethod.HEAD)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void keystoneCheckUserInGroup(
            Caller caller, @PathVariable("group_id") String groupId, @PathVariable("user_id") String userId) {
        groups.checkUser(caller, groupId, userId);
    }

    @GetMapping("/{group_id}/users")
    Users keystoneListUsersForGroupByAdmin(Caller caller, @PathVariable("group_id") String groupId) {
        return new Users(groups.users(caller, groupId), Links.to("/v3/groups/" + groupId + "/users"));
    }

    private One one(UserGroup group) {
        return new One(IamGroup.of(group, users.account()));
    }
}
