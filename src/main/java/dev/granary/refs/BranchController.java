package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.refs.BranchListService.Asked;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class BranchController {
    private final BranchService branches;
    private final BranchListService lists;

    BranchController(BranchService branches, BranchListService lists) {
        this.branches = branches;
        this.lists = lists;
    }

    @GetMapping("/repository/branches")
    Page<BranchView> listBranches(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "branch_type", required = false) @Nullable String branchType,
            @RequestParam(required = false) @Nullable String creator,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(name = "query_view", required = false) @Nullable String queryView,
            @RequestParam(required = false) @Nullable String view,
            Slice slice) {
        return lists.list(caller, repositoryId, new Asked(branchType, creator, sort, queryView, view), slice);
    }

    @PostMapping("/repository/branches")
    @ResponseStatus(HttpStatus.CREATED)
    BranchView.Created createBranch(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody RefRequests.NewBranch body) {
        return branches.create(caller, repositoryId, body);
    }

    @GetMapping("/repository/branch")
    BranchView.Shown showBranch(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestParam("branch_name") String name) {
        return branches.show(caller, repositoryId, name);
    }

    @PutMapping("/repository/branch")
    BranchView.Renamed updateBranchName(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody RefRequests.NewName body) {
        return branches.rename(caller, repositoryId, body);
    }

    /** What became of a request that answers nothing else: {@code success}. */
    record Outcome(String status) {}

    @DeleteMapping("/repository/branch")
    Outcome deleteBranch(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestParam("branch_name") String name) {
        branches.delete(caller, repositoryId, name);
        return new Outcome("success");
    }

    @PostMapping("/branches/batch-delete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void batchDeleteBranch(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody RefRequests.Branches body) {
        branches.delete(caller, repositoryId, body.branches());
    }

    @GetMapping("/repository/refs")
    Page<String> listRefsList(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        return lists.refs(caller, repositoryId, type, search, slice);
    }

    @GetMapping("/repository/commits/{sha}/refs")
    Page<String> listCommitAssociatedRefs(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("sha") String sha,
            @RequestParam String type,
            Slice slice) {
        return lists.containing(caller, repositoryId, sha, type, slice);
    }
}
