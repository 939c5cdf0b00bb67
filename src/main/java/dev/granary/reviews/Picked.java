package dev.granary.reviews;

import dev.granary.commits.Commit;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link PickOrder}.
 *
 * @param title the first line of the commit's message
 * @param branch the branch that was made for a merge request; null where the commit went to the branch at once
 * @param iid the number of that request; null where there is none
 */
public record Picked(
        Commit commit,
        String title,
        @Nullable String branch,
        @Nullable Long iid) {}
