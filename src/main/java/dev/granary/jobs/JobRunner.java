package dev.granary.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What does the jobs of one kind. A job has an id, and there is never more than one of an id: it is done in one lane or
 * another, by one worker of one node, again and again for as long as {@link #next} says.
 */
public interface JobRunner {
    /** Its lanes: names that no other kind has. */
    List<Lane> lanes();

    /**
     * Does what is to be done by now. Should the process die, this is called again with the same id, here or on another
     * node.
     *
     * @param lease to be asked now and then: when it is lost, this is to return soon and leave the rest to the next
     */
    void run(String id, Lease lease);

    /**
     * When the job is to be done next; empty: not until it is woken. Called in a transaction, after {@link #run}
     * returned or failed. It has to lock what {@link JobQueue#wake} is called under.
     */
    Optional<Due> next(String id);

    /**
     * A queue with workers of its own, so that what waits in one does not hold up the other.
     *
     * @param workers how many of its jobs this node does at once
     */
    record Lane(String name, int workers) {}

    /**
     * When and in which lane a job is to be done.
     *
     * @param at in the past: before all others that became due since
     */
    record Due(String lane, Instant at) {}

    /** The right to do a job. */
    interface Lease {
        /** Whether the server is stopping, or so late with its heartbeats that another node may have taken over. */
        boolean isLost();

        /** Whether the server is stopping, as planned: the job is to be left in order, and goes on elsewhere or later. */
        boolean isStopping();
    }
}
