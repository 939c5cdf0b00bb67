package dev.granary.members;

import dev.granary.access.Permission;
import dev.granary.access.Resource;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.members.PermissionMatrixService.RoleChange;
import dev.granary.members.PermissionMatrixViews.RepositoryRow;
import dev.granary.members.PermissionMatrixViews.ResourceView;
import dev.granary.members.PermissionMatrixViews.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The matrices of permissions of projects, groups and repositories. */
@RestController
class PermissionMatrixController {
    private static final String PROJECT = "/v4/projects/{project_id}/permissions/{resource_id}";
    private static final String REPOSITORY = "/v4/repository/{repository_id}/permissions/{resource_name}";
    private static final String GROUP_INHERITS = "/v4/groups/{group_id}/permission-inherit-enabled";
    private static final String REPOSITORY_INHERITS = "/v4/repositories/{repository_id}/permission-inherit-setting";

    private final PermissionMatrixService matrices;
    private final PermissionMatrixViews views;

    PermissionMatrixController(PermissionMatrixService matrices, PermissionMatrixViews views) {
        this.matrices = matrices;
        this.views = views;
    }

    record Changes(@Nullable List<@Nullable RoleChange> data) {}

    /** That something was done, in the form of a status of HTTP. */
    record Done(int status, String message) {
        static final Done OK = new Done(200, "success");
    }

    /** What there are permissions on; new groups use the permissions of their project. */
    record Resources(boolean useProjectPermission, List<ResourceView> resources) {}

    record GroupInherits(@Nullable Boolean permissionInheritEnabled) {}

    record RepositoryInherits(@Nullable Boolean inheritParentPermission) {}

    @GetMapping("/v4/groups/permissions/resources")
    Resources listGroupPermissionResources(Caller caller, @RequestParam(required = false) @Nullable String scope) {
        return new Resources(true, views.resources(matrices.resources(caller, scope)));
    }

    @GetMapping(PROJECT)
    Page<Row> showProjectPermissions(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("resource_id") int resourceId,
            Slice slice) {
        var scope = matrices.project(caller, projectId, Permission.PROJECT_VIEW);
        return views.rows(matrices.show(caller, scope), matrices.resource(caller, resourceId), slice);
    }

    @PutMapping(PROJECT)
    Done updateProjectPermissions(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("resource_id") int resourceId,
            @RequestBody Changes body) {
        var scope = matrices.project(caller, projectId, Permission.PROJECT_MANAGE);
        matrices.change(caller, scope, matrices.resource(caller, resourceId), body.data());
        return Done.OK;
    }

    @GetMapping("/v4/groups/{group_id}/permissions-resources/{resource_id}")
    Page<Row> showResourcePermissions(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @PathVariable("resource_id") int resourceId,
            Slice slice) {
        var matrix = matrices.show(caller, new Scope.Group(groupId));
        return views.rows(matrix, matrices.resource(caller, resourceId), slice);
    }

    @PutMapping("/v4/groups/{group_id}/permissions/{resource_id}")
    Done updateGroupResourcePermissions(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @PathVariable("resource_id") int resourceId,
            @RequestBody Changes body) {
        var resource = matrices.resource(caller, resourceId);
        matrices.change(caller, new Scope.Group(groupId), resource, body.data());
        return Done.OK;
    }

    @GetMapping(REPOSITORY)
    Page<RepositoryRow> listRepositoryResourcePermissions(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("resource_name") String resourceName,
            Slice slice) {
        var matrix = matrices.show(caller, new Scope.Repository(repositoryId));
        return views.repositoryRows(matrix, Resource.ofKey("resource_name", resourceName), slice);
    }

    @PutMapping(REPOSITORY)
    Done updateRepositoryResourcePermissions(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("resource_name") String resourceName,
            @RequestBody Changes body) {
        var resource = Resource.ofKey("resource_name", resourceName);
        matrices.change(caller, new Scope.Repository(repositoryId), resource, body.data());
        return Done.OK;
    }

    @GetMapping(GROUP_INHERITS)
    GroupInherits showGroupPermissionInheritEnabled(Caller caller, @PathVariable("group_id") long groupId) {
        return new GroupInherits(matrices.inherits(caller, new Scope.Group(groupId)));
    }

    @PutMapping(GROUP_INHERITS)
    GroupInherits updateGroupPermissionInheritEnabled(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody GroupInherits body) {
        return new GroupInherits(matrices.setInherits(
                caller, new Scope.Group(groupId), "permission_inherit_enabled", body.permissionInheritEnabled()));
    }

    @GetMapping(REPOSITORY_INHERITS)
    RepositoryInherits showRepositoryPermissionInheritEnabled(
            Caller caller, @PathVariable("repository_id") long repositoryId) {
        return new RepositoryInherits(matrices.inherits(caller, new Scope.Repository(repositoryId)));
    }

    @PutMapping(REPOSITORY_INHERITS)
    RepositoryInherits updateRepositoryPermissionInheritEnabled(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody RepositoryInherits body) {
        return new RepositoryInherits(matrices.setInherits(
                caller,
                new Scope.Repository(repositoryId),
                "inherit_parent_permission",
                body.inheritParentPermission()));
    }
}
