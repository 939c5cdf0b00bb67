package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Branches in v1 and v2. */
@RestController
class LegacyBranchController {
    private final BranchService branches;
    private final BranchListService lists;

    LegacyBranchController(BranchService branches, BranchListService lists) {
        this.branches = branches;
        this.lists = lists;
    }

    @GetMapping("/v1/repositories/{repository_id}/branches")
    LegacyBranch.Names showBranchesByRepositoryId(Caller caller, @PathVariable("repository_id") String repositoryId) {
        return lists.names(caller, repositoryId);
    }

    @GetMapping("/v2/repositories/{repository_id}/branches")
    LegacyBranch.Listing listBranchesByRepositoryId(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable Integer page,
            @RequestParam(name = "per_page", required = false) @Nullable Integer perPage,
            @RequestParam(required = false) @Nullable String match) {
        return lists.listLegacy(caller, repositoryId, match, Slice.ofPage(page, perPage, "page", "per_page"));
    }

    @PostMapping("/v2/repositories/{repository_id}/branches")
    LegacyBranch createNewBranch(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestBody RefRequests.LegacyNewBranch body) {
        return branches.createLegacy(caller, repositoryId, body.current());
    }
}
