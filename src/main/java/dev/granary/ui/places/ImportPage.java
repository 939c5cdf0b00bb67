package dev.granary.ui.places;

import dev.granary.mirrors.MirrorRun;
import dev.granary.repositories.HostedRepository;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * How far a repository is that is being created.
 *
 * @param source the address it is a copy of; null for one that is not imported
 * @param run the last attempt; null when there is none, or the reader may not know more
 * @param reason why the last attempt failed; null when it did not
 * @param failure why it could not be tried again; null when nobody tried
 */
public record ImportPage(
        RepositoryPage repository,
        @Nullable String source,
        @Nullable MirrorRun run,
        @Nullable String reason,
        @Nullable String failure) {
    /** Whether it did not work. */
    public boolean failed() {
        return repository.repository().status() == HostedRepository.FAILED;
    }

    /** Whether a number of objects to be done is known. */
    public boolean measured() {
        return run != null && run.totalObjects() > 0;
    }

    /** The text of what is being done. */
    public String phase() {
        return run == null || run.phase() == null || run.startedAt() == null
                ? "import.phase.waiting"
                : "import.phase." + run.phase();
    }
}
