package dev.granary.workitems;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.workitems.WorkItemService.Association;
import dev.granary.workitems.WorkItemService.Filter;
import dev.granary.workitems.WorkItemService.Related;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Work items and what they are linked to. What trackers say of them comes in by extensions of the public API. */
@RestController
class WorkItemController {
    private final WorkItemService items;
    private final ItemCommitService commits;

    WorkItemController(WorkItemService items, ItemCommitService commits) {
        this.items = items;
        this.commits = commits;
    }

    @PostMapping("/v2/projects/issues")
    void associateIssues(Caller caller, @RequestBody Association body) {
        items.associate(caller, body);
    }

    @GetMapping("/v4/repositories/{repository_id}/branch/work-items")
    List<Related> listBranchRelatedWorkItems(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "branch_name", required = false) @Nullable String branchName) {
        return items.ofBranch(caller, repositoryId, branchName);
    }

    @GetMapping("/v4/repositories/{repository_id}/work-items")
    Page<WorkItem> listRepositoryWorkItems(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "project_id", required = false) @Nullable String projectId,
            @RequestParam(name = "is_ipd", required = false) @Nullable Boolean isIpd,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(name = "target_branch", required = false) @Nullable String targetBranch,
            Slice slice) {
        return items.list(caller, repositoryId, new Filter(projectId, isIpd, subject, targetBranch), slice);
    }

    @GetMapping("/v4/projects/{project_id}/items/{item_id}/commits")
    Page<ItemCommitService.ItemCommit> listItemCommits(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("item_id") String itemId,
            @RequestParam(required = false) @Nullable String type,
            Slice slice) {
        return commits.list(caller, projectId, itemId, type, slice);
    }

    @PutMapping("/v4/projects/{project_id}/items/{item_id}")
    WorkItem putWorkItem(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("item_id") String itemId,
            @RequestBody WorkItem body) {
        return items.put(caller, projectId, itemId, body);
    }

    @DeleteMapping("/v4/projects/{project_id}/items/{item_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteWorkItem(
            Caller caller, @PathVariable("project_id") String projectId, @PathVariable("item_id") String itemId) {
        items.delete(caller, projectId, itemId);
    }
}
