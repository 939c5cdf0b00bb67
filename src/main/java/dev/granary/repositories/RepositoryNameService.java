package dev.granary.repositories;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.projects.Namespace;
import dev.granary.projects.Namespaces;
import dev.granary.projects.PlaceNames;
import dev.granary.projects.Places;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tells whether a repository could be created under a name, to those who may create one there. */
@Service
class RepositoryNameService {
    private final Places places;
    private final Namespaces namespaces;

    RepositoryNameService(Places places, Namespaces namespaces) {
        this.places = places;
        this.namespaces = namespaces;
    }

    /**
     * Whether the name is free in the project or group; one that no repository may have is an error.
     *
     * @param groupId the group it would be in; null, 0 or the project's own id: none
     */
    boolean isFree(Caller caller, String projectUuid, @Nullable Long groupId, String name) {
        var namespace = namespaces.require(caller, projectUuid, groupId, Permission.REPOSITORY_CREATE);
        PlaceNames.require("repository_name", name);
        return !places.isTaken(namespace.path() + "/" + name);
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
        Namespace namespace;
        try {
            namespace = namespaces.require(
                    caller, Objects.requireNonNull(projectUuid), groupId, Permission.REPOSITORY_CREATE);
        } catch (Problem problem) {
            // A group that is not there is a verdict; not to be allowed to ask is none.
            if (problem.code() != ErrorCode.GROUP_NOT_FOUND) {
                throw problem;
            }
            return Optional.of(problem);
        }
        return name == null
                ? Optional.of(Problem.invalid("name", "required"))
                : PlaceNames.problem("name", name).or(() -> placeProblem(namespace, name));
    }

    private Optional<Problem> placeProblem(Namespace namespace, String name) {
        return places.isTaken(namespace.path() + "/" + name)
                ? Optional.of(new Problem(ErrorCode.REPOSITORY_EXISTS, name))
                : Optional.empty();
    }
}
