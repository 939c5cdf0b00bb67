package dev.granary.ui.repository;

import dev.granary.kernel.Page;
import dev.granary.reviews.MergeRequest;
import dev.granary.ui.RepositoryPage;

/** Where a commit is: the first of the branches and tags whose history has it, and of the merge requests that brought it. */
public record CommitRefs(
        RepositoryPage repository, Page<String> branches, Page<String> tags, Page<MergeRequest> requests) {}
