package dev.granary.ui;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.GroupService;
import dev.granary.projects.Namespace;
import dev.granary.projects.ProjectService;
import org.springframework.stereotype.Component;

/** Makes the {@link PlacePage} of a request, for a reader who may see the project or group. */
@Component
class PlacePages {
    private final ProjectService projects;
    private final GroupService groups;
    private final AccessService access;
    private final Viewers viewers;

    PlacePages(ProjectService projects, GroupService groups, AccessService access, Viewers viewers) {
        this.projects = projects;
        this.groups = groups;
        this.access = access;
        this.viewers = viewers;
    }

    /**
     * The page of a place.
     *
     * @param kind {@link Scope#kind()} of a project or group
     */
    PlacePage of(Caller caller, String kind, long id) {
        var namespace = kind.equals(new Scope.Group(id).kind()) ? group(caller, id) : project(caller, id);
        var project = new Scope.Project(namespace.project().id());
        return new PlacePage(
                viewers.base(),
                namespace,
                access.permissions(caller, namespace.scope()),
                access.allows(caller, project, Permission.PROJECT_VIEW));
    }

    private Namespace project(Caller caller, long id) {
        access.require(caller, new Scope.Project(id), Permission.PROJECT_VIEW);
        return new Namespace(projects.byId(id).orElseThrow(() -> new Problem(ErrorCode.PROJECT_NOT_FOUND)), null);
    }

    private Namespace group(Caller caller, long id) {
        var group = groups.require(caller, id, Permission.GROUP_VIEW);
        return new Namespace(projects.byId(group.projectId()).orElseThrow(), group);
    }
}
