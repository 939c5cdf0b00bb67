package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.reviews.MergeRequestQuery.Parameters;
import dev.granary.reviews.MergeRequestQuery.Personal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The merge requests of many repositories. */
@RestController
class MergeRequestListController {
    private final MergeRequestListService lists;
    private final MergeRequestListAnswers answers;

    MergeRequestListController(MergeRequestListService lists, MergeRequestListAnswers answers) {
        this.lists = lists;
        this.answers = answers;
    }

    @GetMapping("/v4/projects/{project_id}/merge-requests")
    Page<MergeRequestListItem> listProjectMergeRequests(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(name = "author_id", required = false) @Nullable String authorId,
            @RequestParam(name = "source_branch", required = false) @Nullable String sourceBranch,
            @RequestParam(name = "target_branch", required = false) @Nullable String targetBranch,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "source_repository_id", required = false) @Nullable Long sourceRepositoryId,
            @RequestParam(name = "only_count", required = false) @Nullable Boolean onlyCount,
            @RequestParam(required = false) @Nullable String labels,
            @RequestParam(required = false) @Nullable String topic,
            Slice slice) {
        var parameters = new Parameters(
                state,
                orderBy,
                sort,
                authorId,
                sourceBranch,
                targetBranch,
                search,
                sourceRepositoryId,
                onlyCount,
                labels,
                topic);
        return answers.of(caller, lists.ofProject(caller, projectId, parameters, slice));
    }

    @GetMapping("/v4/merge-requests")
    Page<MergeRequestListItem> listPersonalMergeRequests(
            Caller caller,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String labels,
            @RequestParam(name = "created_before", required = false) @Nullable String createdBefore,
            @RequestParam(name = "created_after", required = false) @Nullable String createdAfter,
            @RequestParam(name = "updated_after", required = false) @Nullable String updatedAfter,
            @RequestParam(name = "updated_before", required = false) @Nullable String updatedBefore,
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(name = "author_id", required = false) @Nullable String authorId,
            @RequestParam(required = false) @Nullable String scope,
            @RequestParam(name = "source_branch", required = false) @Nullable String sourceBranch,
            @RequestParam(name = "target_branch", required = false) @Nullable String targetBranch,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable String wip,
            @RequestParam(name = "merged_by", required = false) @Nullable String mergedBy,
            @RequestParam(name = "merged_after", required = false) @Nullable String mergedAfter,
            @RequestParam(name = "merged_before", required = false) @Nullable String mergedBefore,
            @RequestParam(name = "only_count", required = false) @Nullable Boolean onlyCount,
            Slice slice) {
        var parameters = new Parameters(
                state, orderBy, sort, authorId, sourceBranch, targetBranch, search, null, onlyCount, labels, null);
        var personal = new Personal(
                scope,
                view,
                wip,
                mergedBy,
                createdAfter,
                createdBefore,
                updatedAfter,
                updatedBefore,
                mergedAfter,
                mergedBefore);
        return answers.of(caller, lists.personal(caller, parameters, personal, slice));
    }
}
