package dev.granary.members;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.members.MemberViews.Added;
import dev.granary.members.MemberViews.Manager;
import dev.granary.members.MemberViews.RepositoryMember;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Members of repositories in v4. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class RepositoryMemberController {
    private final MembershipService members;
    private final MemberViews views;

    RepositoryMemberController(MembershipService members, MemberViews views) {
        this.members = members;
        this.views = views;
    }

    /** A user to become a member. */
    record User(
            @Nullable String userIamId,
            @Nullable String userName,
            @Nullable String tenantName,
            @Nullable String tenantId,
            @JsonProperty("repository_role_Id") @Nullable String repositoryRoleId) {
        NewMember toNewMember() {
            return new NewMember(
                    "user_iam_id",
                    userIamId,
                    userName,
                    tenantId,
                    () -> Role.ofNumber("repository_role_Id", repositoryRoleId));
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

    @PostMapping("/members")
    List<Added> addRepositoryMembers(
            Caller caller, Locale locale, @PathVariable("repository_id") long repositoryId, @RequestBody Users body) {
        var site = members.requireRepository(caller, repositoryId, Permission.MEMBER_CREATE);
        return views.added(members.add(caller, site, body.toNewMembers()), locale);
    }

    @GetMapping("/members")
    Page<RepositoryMember> listMembers(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable String permission,
            @RequestParam(required = false) @Nullable String action,
            Slice slice) {
        var site = members.requireRepository(caller, repositoryId, Permission.PROJECT_VIEW);
        var allowed = AskedAction.of(permission, action)
                .map(asked -> members.allowing(site, asked.permissions()))
                .orElse(null);
        return members.list(site, MemberFilter.of("search", search), slice)
                .map(member -> views.repository(site, member, allowed));
    }

    @GetMapping("/management-members")
    Page<Manager> listManagementUsers(Caller caller, @PathVariable("repository_id") long repositoryId, Slice slice) {
        var site = members.requireRepository(caller, repositoryId, Permission.PROJECT_VIEW);
        return members.managers(site, slice).map(views::manager);
    }
}
