package dev.granary.refs;

import dev.granary.repositories.MovedRef;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A ref that a caller wants to move.
 *
 * @param ref the full name, for example {@code refs/heads/main}
 * @param oldId where it is; the zero id when it is to be created
 * @param newId where it is to go; the zero id when it is to be deleted
 */
public record RefChange(String ref, ObjectId oldId, ObjectId newId) {
    /** The change, made. */
    public MovedRef moved() {
        return MovedRef.of(ref, oldId, newId);
    }

    /** Whether the ref does not exist yet. */
    public boolean creates() {
        return oldId.equals(ObjectId.zeroId());
    }

    /** Whether the ref is to go. */
    public boolean deletes() {
        return newId.equals(ObjectId.zeroId());
    }
}
