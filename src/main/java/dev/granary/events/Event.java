package dev.granary.events;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened. The events of a repository go when that is purged; users that are gone are still named.
 *
 * @param id later events have higher ones; where two are written at the same time the one with the higher id may be seen
 *     first
 * @param uuid its id for everybody else, 32 hex digits
 * @param projectId the project it was in; null when that is gone
 * @param groupId the group it was in, the innermost; null outside any, and when that is gone
 * @param repositoryId the repository it was in; null for what happened to a project or group
 * @param actorId the user who did it; null for nobody but the server, and where it is not known
 * @param occurredAt when it was written down, epoch milliseconds
 * @param found whether nobody told of it: a ref was found elsewhere. Whoever moved it may still tell within the next two
 *     seconds, and then becomes the actor
 * @param facts what there is to say of it, as JSON: see {@link EventLog#facts}
 */
public record Event(
        long id,
        String uuid,
        EventKind kind,
        @Nullable Long projectId,
        @Nullable Long groupId,
        @Nullable Long repositoryId,
        @Nullable Long actorId,
        long occurredAt,
        boolean found,
        String facts) {
    /** How long after a found event whoever did it may still tell, in milliseconds. */
    public static final long GRACE_MILLIS = 2_000;
}
