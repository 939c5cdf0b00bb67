package dev.granary.refs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of requests about branches and tags. */
final class RefRequests {
    private RefRequests() {}

    /**
     * A branch to be created in v4.
     *
     * @param ref the branch, tag or commit to create it from
     * @param relatedIds the work items it is created for
     */
    record NewBranch(
            @Nullable String branch,
            @Nullable String ref,
            @Nullable String description,
            @Nullable List<@Nullable String> relatedIds) {}

    /** The same in v2. */
    record LegacyNewBranch(
            @Nullable String branchName, @Nullable String ref) {
        NewBranch current() {
            return new NewBranch(branchName, ref, null, null);
        }
    }

    /** A branch's names, that which it has and that which it is to have. */
    record NewName(@Nullable String oldBranch, @Nullable String newBranch) {}

    record Branches(@Nullable List<@Nullable String> branches) {}

    /**
     * A tag to be created.
     *
     * @param message makes it an annotated tag; absent or empty: the tag is only a name
     */
    record NewTag(
            @Nullable String tagName,
            @Nullable String ref,
            @Nullable String message) {}
}
