package dev.granary.remotes;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What became of one ref that is not where the other side has it.
 *
 * @param ref its full name, for example {@code refs/heads/main}
 * @param before where it was; the zero id when it is new
 * @param after where it should be; the zero id when it should go
 * @param outcome whether it moved
 * @param reason why not, if it is {@link Outcome#REFUSED}: {@code default-branch}, {@code invalid-name},
 *     {@code name-conflict}, {@code not-a-commit}, {@code moved-meanwhile}, {@code remote} or {@code failed}; null
 *     otherwise
 */
public record RefMove(
        String ref,
        ObjectId before,
        ObjectId after,
        Outcome outcome,
        @Nullable String reason) {
    /** What became of it. */
    public enum Outcome {
        /** It is new. */
        CREATED,
        /** It moved on. */
        UPDATED,
        /** It moved elsewhere, and left commits behind. */
        FORCED,
        /** It is gone. */
        DELETED,
        /** Both sides have commits that the other has not: it was left alone. */
        DIVERGED,
        /** It could not move. */
        REFUSED
    }

    /** Whether the ref is now where it should be. */
    public boolean moved() {
        return switch (outcome) {
            case CREATED, UPDATED, FORCED, DELETED -> true;
            case DIVERGED, REFUSED -> false;
        };
    }
}
