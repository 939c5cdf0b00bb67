package dev.granary.events;

import dev.granary.kernel.Scope;
import org.jspecify.annotations.Nullable;

/**
 * An event to be written down.
 *
 * @param scope where it happened: a repository, group or project
 * @param actorId the user who did it; null for nobody but the server, and where it is not known
 * @param found see {@link Event#found}
 * @param facts the record that belongs to the kind
 */
public record NewEvent(
        EventKind kind, Scope scope, @Nullable Long actorId, boolean found, Record facts) {
    /** An event that somebody tells of. */
    public NewEvent(EventKind kind, Scope scope, @Nullable Long actorId, Record facts) {
        this(kind, scope, actorId, false, facts);
    }
}
