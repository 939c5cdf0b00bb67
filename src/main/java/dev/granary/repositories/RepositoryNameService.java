package dev.granary.repositories;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.projects.Places;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tells whether a repository could be created under a name, to those who may create one there. */
@Service
class RepositoryNameService {
    private final Places places;
    private final ProjectService projects;

    RepositoryNameService(Places places, ProjectService projects) {
        this.places = places;
        this.projects = projects;
    }

    /** Whether the name is free in the project; one that no repository may have is an error. */
    boolean isFree(Caller caller, String projectUuid, String name) {
        var project = projects.require(caller, projectUuid, Permission.REPOSITORY_CREATE);
        RepositoryNames.require("repository_name", name);
        return !places.isTaken(project.path() + "/" + name);
    }

    /**
     * Why a repository cannot have a name in a project; empty when it can.
     *
     * @param groupId the group it would be in; null, 0 or the project's own id: none
     */
    Optional<Problem> check(
            Caller caller, @Nullable String name, @Nullable String projectUuid, @Nullable Long groupId) {
        if (!RepositoryCreation.given(projectUuid)) {
            throw Problem.invalid("project_id", "required");
        }
        var project = projects.require(caller, Objects.requireNonNull(projectUuid), Permission.REPOSITORY_CREATE);
        return name == null
                ? Optional.of(Problem.invalid("name", "required"))
                : RepositoryNames.problem("name", name).or(() -> placeProblem(project, name, groupId));
    }

    private Optional<Problem> placeProblem(Project project, String name, @Nullable Long groupId) {
        if (groupId != null && groupId != 0 && groupId != project.id()) {
            return Optional.of(new Problem(ErrorCode.GROUP_NOT_FOUND));
        }
        return places.isTaken(project.path() + "/" + name)
                ? Optional.of(new Problem(ErrorCode.REPOSITORY_EXISTS, name))
                : Optional.empty();
    }
}
