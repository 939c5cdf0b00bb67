package dev.granary.mirrors;

import dev.granary.repositories.HostedRepository;
import org.jspecify.annotations.Nullable;

/**
 * A run that was begun, with what it is about.
 *
 * @param mirror as it was then; null for imports
 */
record BegunRun(
        HostedRepository repository,
        MirrorRun run,
        @Nullable Mirror mirror) {
    /** Whether a mirror's record is still of what this run is about: it may have been given another address since. */
    boolean isOf(Mirror current) {
        return mirror != null && mirror.url().equals(current.url()) && mirror.createdAt() == current.createdAt();
    }
}
