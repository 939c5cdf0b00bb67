package dev.granary.repositories;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Forks. */
@RestController
class ForkController {
    private final ForkService forks;

    ForkController(ForkService forks) {
        this.forks = forks;
    }

    @PostMapping("/v2/projects/repositories/fork")
    CreatedProjectRepository createProjectAndforkRepositories(
            Caller caller, @RequestBody NewProjectRepositoryBody body) {
        var created = forks.fork(caller, body);
        return new CreatedProjectRepository(created.projectUuid(), created.uuid());
    }

    @GetMapping("/v4/repositories/{repository_id}/forks")
    Page<Fork> listRepositoryForks(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String view,
            Slice slice) {
        return forks.list(caller, repositoryId, orderBy, sort, view, slice);
    }
}
