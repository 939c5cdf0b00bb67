package dev.granary.repositories;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A ref that moved, by whoever moved it.
 *
 * @param name the full name, for example {@code refs/heads/main}
 * @param before the object it pointed to, 40 hex digits; null when it is new
 * @param after the object it points to; null when it is gone
 */
public record MovedRef(
        String name, @Nullable String before, @Nullable String after) {
    /** A move between two objects, of which either may be the zero id. */
    public static MovedRef of(String name, ObjectId before, ObjectId after) {
        return new MovedRef(name, hex(before), hex(after));
    }

    private static @Nullable String hex(ObjectId id) {
        return id.equals(ObjectId.zeroId()) ? null : id.name();
    }
}
