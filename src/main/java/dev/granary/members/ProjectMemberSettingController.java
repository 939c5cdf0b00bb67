package dev.granary.members;

import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.members.MemberViews.GrantedUser;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What CodeArts Repo, beside ProjectMan, says about the members of projects. */
@RestController
class ProjectMemberSettingController {
    private final MembershipService members;
    private final MemberViews views;

    ProjectMemberSettingController(MembershipService members, MemberViews views) {
        this.members = members;
        this.views = views;
    }

    /**
     * Whether members of a project are members of its repositories: they are, in every role, unless a repository says
     * otherwise for itself.
     */
    record MemberSetting(
            String productId, boolean syncEnabled, boolean syncAllRoleEnabled, List<SyncedRole> roleSync) {}

    /**
     * A role in which members of the project are members of its repositories.
     *
     * @param roleType {@code system}: the roles that everybody has
     * @param createdAt null, as those were never created
     * @param updatedAt null for the same reason
     */
    record SyncedRole(
            int id,
            String roleId,
            boolean roleSyncEnabled,
            String roleName,
            String roleType,
            String roleChineseName,
            @Nullable String createdAt,
            @Nullable String updatedAt) {}

    @GetMapping("/v4/projects/{project_id}/member-setting")
    MemberSetting showProjectMemberSetting(Caller caller, @PathVariable("project_id") String projectId, Slice slice) {
        var site = members.requireProject(caller, projectId, Permission.PROJECT_VIEW);
        var roles = Arrays.stream(Role.values())
                .skip(slice.offset())
                .limit(slice.limit())
                .map(this::synced)
                .toList();
        return new MemberSetting(site.projectUuid(), true, true, roles);
    }

    /** ProjectMan lists members on the same route, without this parameter. */
    @GetMapping(value = "/v4/projects/{project_id}/members", params = "query")
    Page<GrantedUser> listProductPermissionResourcesGrantedUsers(
            Caller caller, @PathVariable("project_id") String projectId, @RequestParam String query, Slice slice) {
        var site = members.requireProject(caller, projectId, Permission.PROJECT_VIEW);
        return members.list(site, MemberFilter.of("query", query), slice).map(views::granted);
    }

    private SyncedRole synced(Role role) {
        return new SyncedRole(
                role.number(),
                MemberViews.id(role),
                true,
                role.englishName(),
                "system",
                role.chineseName(),
                null,
                null);
    }
}
