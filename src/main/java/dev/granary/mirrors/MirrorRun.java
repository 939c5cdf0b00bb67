package dev.granary.mirrors;

import org.jspecify.annotations.Nullable;

/**
 * The record of one synchronisation, or of one attempt at an import. Times are epoch milliseconds.
 *
 * @param jid its id on the wire
 * @param mirrorId null for imports
 * @param cause {@code manual}, {@code schedule} or {@code import}
 * @param state {@code queued}, {@code running}, {@code succeeded}, {@code failed} or {@code aborted}
 * @param force whether refs that diverged are overwritten this time
 * @param attempt how often it was taken up, from 1; more than once when a server ended while it worked on it
 * @param handedOn how many of those ended because a server stopped as planned
 * @param phase what it is or was last doing
 * @param refsChanged refs that moved, came or went
 * @param refsLeft refs that still differ from the other side
 * @param warningKey what is amiss although it succeeded
 */
public record MirrorRun(
        long id,
        String jid,
        long repositoryId,
        @Nullable Long mirrorId,
        String direction,
        String cause,
        String state,
        boolean force,
        @Nullable Long endpointId,
        long queuedAt,
        @Nullable Long startedAt,
        @Nullable Long endedAt,
        long attempt,
        long handedOn,
        boolean abortRequested,
        @Nullable String phase,
        long receivedBytes,
        long doneObjects,
        long totalObjects,
        long refsChanged,
        long refsLeft,
        @Nullable String errorKey,
        @Nullable String errorArguments,
        @Nullable String warningKey) {
    static final String MANUAL = "manual";
    static final String SCHEDULE = "schedule";
    static final String IMPORT = "import";
    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";
    static final String ABORTED = "aborted";

    /** Whether it waits or is under way. */
    public boolean open() {
        return state.equals("queued") || state.equals("running");
    }

    /** How often it was taken up, but for what planned stops ended. */
    public long attempts() {
        return attempt - handedOn;
    }

    /** Whether it fills a new repository. */
    public boolean imports() {
        return cause.equals(IMPORT);
    }

    /** Whether the repository here follows the other one. */
    public boolean fetches() {
        return direction.equals(Direction.FETCH.wire());
    }
}
