package dev.granary.remotes;

import java.time.Duration;

/**
 * How much another server may send, and how long it may take. What is sent there is this server's own: only time bounds
 * that.
 *
 * @param bytes of the packs of one transfer
 * @param objects in the packs of one transfer
 * @param refs that the remote shows
 * @param total the whole of it, from the first connection to the last ref moved
 * @param idle the longest wait for the next bytes
 */
public record RemoteLimits(long bytes, long objects, int refs, Duration total, Duration idle) {}
