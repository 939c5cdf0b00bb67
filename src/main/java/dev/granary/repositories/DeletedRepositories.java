package dev.granary.repositories;

import dev.granary.kernel.Scope;
import dev.granary.kernel.Settings;
import dev.granary.projects.Inheritance;
import dev.granary.repositories.HousekeepingStore.Kept;
import dev.granary.storage.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Takes deleted repositories away: the folder goes to the trash once no fork borrows its objects, and after the
 * configured time the folder and the record are gone. Each step can be repeated, so a crash between two costs nothing.
 */
@Component
class DeletedRepositories {
    private static final Logger LOG = LoggerFactory.getLogger(DeletedRepositories.class);

    private final HousekeepingStore store;
    private final HousekeepingService housekeeping;
    private final GitFolders folders;
    private final Inheritance inheritance;
    private final Settings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final AtomicBoolean waiting = new AtomicBoolean();

    DeletedRepositories(
            HousekeepingStore store,
            HousekeepingService housekeeping,
            GitFolders folders,
            Inheritance inheritance,
            Settings settings,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.housekeeping = housekeeping;
        this.folders = folders;
        this.inheritance = inheritance;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Sweeps in the background, where a sweep does not wait already: giving a large fork its objects takes long. */
    @Scheduled(fixedDelayString = "${granary.housekeeping.sweep:30s}")
    void schedule() {
        if (waiting.compareAndSet(false, true)) {
            housekeeping.background(() -> {
                waiting.set(false);
                sweep();
            });
        }
    }

    /** Moves what was deleted to the trash and purges what has been there long enough. */
    void sweep() {
        for (var repository : store.deleted()) {
            if (folders.exists(repository.uuid())) {
                housekeeping.exclusively(repository.id(), () -> moveAside(repository));
            }
        }
        for (var id : store.deletedBefore(clock.millis() - settings.purgeAfter().toMillis())) {
            housekeeping.exclusively(id, () -> purge(id));
        }
    }

    private void moveAside(Kept repository) throws IOException {
        for (var borrower : store.borrowers(repository.id())) {
            if (!borrower.deleted()) {
                housekeeping.exclusively(borrower.id(), () -> detach(borrower));
            }
        }
        // A deleted fork is not worth copying for, but it can be brought back until it is purged.
        if (store.borrowers(repository.id()).isEmpty()) {
            folders.remove(repository.uuid());
        }
    }

    /** Gives a fork objects of its own, checks that it has them all, and only then ends the borrowing. */
    private void detach(Kept borrower) throws IOException {
        if (borrower.status() != HostedRepository.READY) {
            return;
        }
        var alternates = SharedObjects.file(folders.path(borrower.uuid()));
        var folder = folders.path(borrower.uuid()).resolve("objects").resolve("info");
        if (Files.exists(alternates)) {
            var content = Files.readAllBytes(alternates);
            if (!holdsAll(borrower, true)) {
                LOG.warn("Fork {} could not be given objects of its own yet", borrower.id());
                return;
            }
            Files.delete(alternates);
            Durable.syncDirectory(folder);
            folders.refresh(borrower.uuid());
            // A ref that moved in between may name objects that were only borrowed.
            if (!holdsAll(borrower, false)) {
                Files.write(alternates, content);
                GitDurability.syncFile(alternates);
                Durable.syncDirectory(folder);
                folders.refresh(borrower.uuid());
                return;
            }
        }
        transaction.executeWithoutResult(_ -> store.borrowsNoMore(borrower.id()));
    }

    private boolean holdsAll(Kept borrower, boolean repack) throws IOException {
        try (var opened = folders.open(borrower.uuid())) {
            var repository = (FileRepository) opened;
            var refs = repository.getRefDatabase().getRefs().stream()
                    .filter(ref -> ref.getObjectId() != null)
                    .toList();
            if (repack) {
                new Housekeeper(repository, settings.housekeeping(), housekeeping.monitor(), clock.millis())
                        .writeReachable(refs, null);
            }
            var local = LocalObjects.of(repository);
            try (var walk = new ObjectWalk(repository)) {
                for (var ref : refs) {
                    walk.markStart(walk.parseAny(ref.getObjectId()));
                }
                for (AnyObjectId id = walk.next(); id != null; id = walk.next()) {
                    if (!local.contains(id)) {
                        return false;
                    }
                }
                for (AnyObjectId id = walk.nextObject(); id != null; id = walk.nextObject()) {
                    if (!local.contains(id)) {
                        return false;
                    }
                }
            } catch (MissingObjectException e) {
                return false;
            }
            return true;
        }
    }

    private void purge(long id) throws IOException {
        var repository = store.byId(id).orElse(null);
        if (repository == null
                || folders.exists(repository.uuid())
                || !store.borrowers(id).isEmpty()) {
            return;
        }
        FileSystemUtils.deleteRecursively(folders.trashed(repository.uuid()));
        transaction.executeWithoutResult(_ -> {
            store.forget(id);
            inheritance.forget(new Scope.Repository(id));
        });
        LOG.info("Purged deleted repository {}", id);
    }
}
