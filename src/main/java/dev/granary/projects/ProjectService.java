package dev.granary.projects;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Texts;
import dev.granary.projects.ProjectStore.NewProject;
import java.time.Clock;
import java.util.Optional;
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

    /** The project of a name, whatever its case, if the caller may see it. */
    public Optional<Project> findByName(Caller caller, String name) {
        return store.byName(name)
                .filter(project -> access.allows(caller, new Scope.Project(project.id()), Permission.PROJECT_VIEW));
    }

    /**
     * Creates a project with the caller as its first project manager. Any user may.
     *
     * @param name 1 to 128 characters, unique whatever its case
     * @param description up to 1000 characters
     * @param type ProjectMan's kind of project, one of {@link Project#TYPES}
     */
    @Transactional
    public Project create(Caller caller, String name, String description, String type) {
        var user = access.requireUser(caller);
        var cleanName = Texts.line("project_name", name, 1, Project.LONGEST_NAME);
        var cleanDescription = Texts.lines("description", description, Project.LONGEST_DESCRIPTION);
        if (!Project.TYPES.contains(type)) {
            throw Problem.invalid("project_type", "one-of", String.join(", ", Project.TYPES));
        }
        var fresh = new NewProject(Ids.newUuid(), cleanName, cleanDescription, type, user.id());
        var path = ProjectPath.of(cleanName);
        var project = store.insert(fresh, path, clock.millis())
                .or(() -> store.insert(fresh, ProjectPath.unique(path, fresh.uuid()), clock.millis()))
                .orElseThrow(() -> new Problem(ErrorCode.PROJECT_EXISTS, cleanName));
        access.assign(new Scope.Project(project.id()), user.id(), Role.PROJECT_MANAGER);
        return project;
    }

    /** The project with a numeric id. Whether the caller may know of it is for the caller's service to say. */
    public Optional<Project> byId(long id) {
        return store.byId(id);
    }

    private static Problem unknown(Caller caller) {
        return new Problem(
                caller instanceof Caller.Anonymous ? ErrorCode.UNAUTHENTICATED : ErrorCode.PROJECT_NOT_FOUND);
    }
}
