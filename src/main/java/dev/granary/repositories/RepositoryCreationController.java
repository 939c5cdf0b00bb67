package dev.granary.repositories;

import dev.granary.kernel.Caller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Creation and removal of repositories, which v1 and v2 alone have. */
@RestController
class RepositoryCreationController {
    private final RepositoryCreationService creation;
    private final RepositoryService repositories;

    RepositoryCreationController(RepositoryCreationService creation, RepositoryService repositories) {
        this.creation = creation;
        this.repositories = repositories;
    }

    @PostMapping("/v1/repositories")
    CreatedRepository createRepository(Caller caller, @RequestBody NewRepositoryBody body) {
        return new CreatedRepository(creation.create(caller, body).uuid());
    }

    @PostMapping("/v2/projects/repositories")
    CreatedProjectRepository createProjectAndRepositories(Caller caller, @RequestBody NewProjectRepositoryBody body) {
        var created = creation.createWithProject(caller, body);
        return new CreatedProjectRepository(created.projectUuid(), created.uuid());
    }

    @DeleteMapping("/v1/repositories/{repository_uuid}")
    boolean deleteRepository(Caller caller, @PathVariable("repository_uuid") String repositoryUuid) {
        repositories.delete(caller, repositoryUuid);
        return true;
    }
}
