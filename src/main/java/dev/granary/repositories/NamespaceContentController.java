package dev.granary.repositories;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.repositories.NamespaceContentService.Filter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is in projects and groups. */
@RestController
class NamespaceContentController {
    private final NamespaceContentService contents;

    NamespaceContentController(NamespaceContentService contents) {
        this.contents = contents;
    }

    @GetMapping("/v4/projects/{project_id}/subgroups-and-repositories")
    Page<NamespaceEntry> listProjectSubgroupsAndRepositories(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Boolean archived,
            Slice slice) {
        return contents.ofProject(caller, projectId, new Filter(filter, orderBy, sort, archived), slice);
    }

    @GetMapping("/v4/groups/{group_id}/subgroups-and-repositories")
    Page<NamespaceEntry> listGroupSubgroupsAndRepositories(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Boolean archived,
            Slice slice) {
        return contents.ofGroup(caller, groupId, new Filter(filter, orderBy, sort, archived), slice);
    }

    @GetMapping("/v4/groups/{group_id}/repositories")
    Page<RepositorySummary> listGroupRepositories(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            Slice slice) {
        return contents.repositoriesOfGroup(caller, groupId, search, orderBy, sort, slice);
    }
}
