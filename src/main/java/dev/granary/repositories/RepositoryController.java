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

/** Repositories as v4 shows and lists them. */
@RestController
class RepositoryController {
    private final RepositoryService repositories;
    private final RepositoryDetailService details;
    private final RepositoryListService lists;
    private final RepositoryTransferService transfers;

    RepositoryController(
            RepositoryService repositories,
            RepositoryDetailService details,
            RepositoryListService lists,
            RepositoryTransferService transfers) {
        this.repositories = repositories;
        this.details = details;
        this.lists = lists;
        this.transfers = transfers;
    }

    /** Where a repository is to go. */
    record Transfer(@Nullable String namespace) {}

    /** Whether changes are refused: {@code true} or {@code false}, as text. */
    record LockState(String locked) {}

    @GetMapping("/v4/repositories/{repository_id}")
    RepositoryDetail showRepository(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return details.show(caller, repositoryId);
    }

    @PostMapping("/v4/repositories/{repository_id}/transfer")
    RepositoryDetail transferRepository(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Transfer body) {
        return transfers.transfer(caller, repositoryId, body.namespace());
    }

    @GetMapping("/v4/projects/{project_id}/repositories")
    Page<RepositorySummary> listProjectRepositories(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            Slice slice) {
        return lists.summariesOfProject(caller, projectId, search, orderBy, sort, slice);
    }

    @GetMapping("/v4/user/repositories")
    Page<OwnRepository> listCurrentUserRepositories(
            Caller caller,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Boolean archived,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable Boolean starred,
            @RequestParam(required = false) @Nullable Boolean membership,
            @RequestParam(name = "user_created", required = false) @Nullable Boolean userCreated,
            @RequestParam(name = "include_abnormal", required = false) @Nullable Boolean includeAbnormal,
            Slice slice) {
        var filter = new OwnRepositoryFilter(
                orderBy, sort, archived, search, starred, membership, userCreated, includeAbnormal);
        return lists.own(caller, filter, slice);
    }

    @PostMapping("/v4/{project_id}/repositories/{repository_id}/lock")
    LockState lockRepository(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("repository_id") long repositoryId) {
        return new LockState(Boolean.toString(repositories.setLocked(caller, projectId, repositoryId, true)));
    }

    @PostMapping("/v4/{project_id}/repositories/{repository_id}/unlock")
    LockState unlockRepository(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("repository_id") long repositoryId) {
        return new LockState(Boolean.toString(repositories.setLocked(caller, projectId, repositoryId, false)));
    }
}
