package dev.granary.projects;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.projects.ProjectStore.NewProject;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The life of projects. */
@Service
public class ProjectService {
    private final ProjectStore store;
    private final AccessService access;
    private final Inheritance inheritance;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ProjectService(
            ProjectStore store,
            AccessService access,
            Inheritance inheritance,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.access = access;
        this.inheritance = inheritance;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The project with a 32-digit id, if the caller holds the permission on it. */
    public Project require(Caller caller, String uuid, Permission permission) {
        var project =
                Optional.of(uuid).filter(Ids::isUuid).flatMap(store::byUuid).orElseThrow(() -> unknown(caller));
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
     * @param type ProjectMan's kind of project, one of {@link Project#TYPES}; absent: the first of them
     */
    public Project create(Caller caller, @Nullable String name, @Nullable String description, @Nullable String type) {
        var user = access.requireUser(caller);
        var cleanName = checkedName(name);
        var cleanDescription = checkedDescription(description);
        var cleanType = checkedType(type);
        var fresh = new NewProject(Ids.newUuid(), cleanName, cleanDescription, cleanType, user.id());
        var path = ProjectPath.of(cleanName);
        return Objects.requireNonNull(transaction.execute(_ -> {
            var project = store.insert(fresh, path, clock.millis())
                    .or(() -> store.insert(fresh, ProjectPath.unique(path, fresh.uuid()), clock.millis()))
                    .orElseThrow(() -> new Problem(ErrorCode.PROJECT_EXISTS, cleanName));
            access.assign(user.id(), new Scope.Project(project.id()), user.id(), Role.PROJECT_MANAGER);
            return project;
        }));
    }

    /** The project with a numeric id. Whether the caller may know of it is for the caller's service to say. */
    public Optional<Project> byId(long id) {
        return store.byId(id);
    }

    /** A page of the projects the caller may see whose name or description contains a text, by name. */
    public Page<Project> visible(Caller caller, String search, Slice slice) {
        return list(
                caller,
                new ProjectQuery(
                        Math.toIntExact(slice.offset()),
                        slice.limit(),
                        search,
                        null,
                        "name asc",
                        null,
                        ProjectQuery.ALL));
    }

    /** A page of the projects that the query asks for, among those the caller may see. */
    Page<Project> list(Caller caller, ProjectQuery query) {
        access.requireUser(caller);
        query.check();
        return store.list(caller, query);
    }

    /** Whether a project has the name, whatever its case. */
    boolean exists(Caller caller, @Nullable String name) {
        access.requireUser(caller);
        return store.byName(checkedName(name)).isPresent();
    }

    /**
     * Changes a project's name and description; null leaves one as it is. Clone addresses stay: the path does not
     * follow the name.
     */
    public void update(Caller caller, String uuid, @Nullable String name, @Nullable String description) {
        var project = require(caller, uuid, Permission.PROJECT_MANAGE);
        var newName = name == null ? project.name() : checkedName(name);
        var newDescription = description == null ? project.description() : checkedDescription(description);
        transaction.executeWithoutResult(_ -> {
            if (!store.update(project.id(), newName, newDescription, clock.millis())) {
                throw new Problem(ErrorCode.PROJECT_EXISTS, newName);
            }
        });
    }

    /**
     * Deletes a project that has no groups and no repositories. Deleted repositories that wait to be purged do not count: they lose their
     * project and are purged in their time.
     */
    public void delete(Caller caller, String uuid) {
        var project = require(caller, uuid, Permission.PROJECT_MANAGE);
        transaction.executeWithoutResult(_ -> {
            if (!store.delete(project.id())) {
                throw new Problem(ErrorCode.PROJECT_NOT_EMPTY);
            }
            inheritance.forget(new Scope.Project(project.id()));
        });
    }

    private static String checkedName(@Nullable String name) {
        return Texts.line("project_name", name, 1, Project.LONGEST_NAME);
    }

    private static String checkedDescription(@Nullable String description) {
        return Texts.lines("description", description, Project.LONGEST_DESCRIPTION);
    }

    /** The type, checked; {@code scrum} when absent. */
    private static String checkedType(@Nullable String type) {
        if (type == null || type.isEmpty()) {
            return Project.TYPES.getFirst();
        }
        if (!Project.TYPES.contains(type)) {
            throw Problem.invalid("project_type", "one-of", String.join(", ", Project.TYPES));
        }
        return type;
    }

    private static Problem unknown(Caller caller) {
        return new Problem(
                caller instanceof Caller.Anonymous ? ErrorCode.UNAUTHENTICATED : ErrorCode.PROJECT_NOT_FOUND);
    }
}
