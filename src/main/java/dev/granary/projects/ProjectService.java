package dev.granary.projects;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The life of projects. */
@Service
public class ProjectService {
    private final ProjectStore store;
    private final AccessService access;
    private final Clock clock;

    ProjectService(ProjectStore store, AccessService access, Clock clock) {
        this.store = store;
        this.access = access;
        this.clock = clock;
    }

    /** The project with a 32-digit id, if the caller holds the permission on it. */
    public Project require(Caller caller, String uuid, Permission permission) {
        var project = store.byUuid(uuid).orElseThrow(() -> unknown(caller));
        access.require(caller, new Scope.Project(project.id()), permission);
        return project;
    }

    /** Creates a project with the caller as its first project manager. Any user may. */
    @Transactional
    public Project create(Caller caller, String name, String description, String type) {
        var user = access.requireUser(caller);
        var project = store.insert(Ids.newUuid(), name, name, description, type, user.id(), clock.millis())
                .orElseThrow(() -> new Problem(ErrorCode.PROJECT_EXISTS, name));
        access.assign(new Scope.Project(project.id()), user.id(), Role.PROJECT_MANAGER);
        return project;
    }

    private static Problem unknown(Caller caller) {
        return new Problem(
                caller instanceof Caller.Anonymous ? ErrorCode.UNAUTHENTICATED : ErrorCode.PROJECT_NOT_FOUND);
    }
}
