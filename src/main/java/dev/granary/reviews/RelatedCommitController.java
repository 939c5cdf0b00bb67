package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The commits that work items are linked to. Work items are of no type here, so that none is left out by it. */
@RestController
class RelatedCommitController {
    private final RelatedCommitService commits;

    RelatedCommitController(RelatedCommitService commits) {
        this.commits = commits;
    }

    @GetMapping("/v2/repositories/{repository_uuid}/related-commits")
    RelatedCommitService.Lists listRelatedCommits(
            Caller caller,
            @PathVariable("repository_uuid") String repositoryUuid,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable Integer page,
            @RequestParam(name = "per_page", required = false) @Nullable Integer perPage) {
        return commits.list(caller, repositoryUuid, search, Slice.ofPage(page, perPage, "page", "per_page"));
    }
}
