package dev.granary.remotes;

import java.time.Duration;

/**
 * How much another server may send, and how long it may take.
 *
 * @param bytes of one pack, or of all that is pushed
 * @param objects in one pack
 * @param refs that the remote shows
 * @param total the whole of it, from the first connection to the last ref moved
 * @param idle the longest wait for the next bytes
 */
public record RemoteLimits(long bytes, long objects, int refs, Duration total, Duration idle) {}
