package dev.granary.projects;

import dev.granary.kernel.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What repositories and groups are directly in.
 *
 * @param group null: directly in the project
 */
public record Namespace(Project project, @Nullable Group group) {
    /** The scope whose permissions count there. */
    public Scope scope() {
        return group == null ? new Scope.Project(project.id()) : new Scope.Group(group.id());
    }

    /** The group's id; null directly in the project. */
    public @Nullable Long groupId() {
        return group == null ? null : group.id();
    }

    /** What people read, for example {@code My project / tools}. */
    public String fullName() {
        return PlaceNames.readable(project.name(), path());
    }

    /** What clone addresses of what is in it begin with. */
    public String path() {
        return group == null ? project.path() : group.path();
    }
}
