package dev.granary.repositories;

import dev.granary.kernel.Ids;
import dev.granary.storage.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts right what a crash left behind, once after each start and without holding it up: records without a folder,
 * folders without a record, stale locks, temporary files. Files older than this process are nobody's, since one process
 * owns the data folder. It looks at folders, never at objects.
 */
@Component
class RepositoryRepair {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryRepair.class);

    /** No creation takes as long between the record and being known as under way. */
    private static final long ABANDONED_MILLIS = 10_000;

    /** No ref moves as long before its record. */
    private static final long UNRECORDED_MILLIS = 60_000;

    private static final List<String> TEMPORARY =
            List.of("noz", "incoming_", "insert_", "gc_", "tmp_", "commit_", PackFiles.TEMPORARY);
    private static final Set<String> PACK_PARTS = Set.of("pack", "idx", "bitmap", "rev", "objsize", LocalObjects.CRUFT);

    private final HousekeepingStore store;
    private final RepositoryService service;
    private final RepositoryCreator creator;
    private final GitFolders folders;
    private final RepositoryEvents events;
    private final TransactionTemplate transaction;
    private final DataFolder data;
    private final Clock clock;
    private final long started;

    RepositoryRepair(
            HousekeepingStore store,
            RepositoryService service,
            RepositoryCreator creator,
            GitFolders folders,
            RepositoryEvents events,
            TransactionTemplate transaction,
            DataFolder data,
            Clock clock) {
        this.store = store;
        this.service = service;
        this.creator = creator;
        this.folders = folders;
        this.events = events;
        this.transaction = transaction;
        this.data = data;
        this.clock = clock;
        this.started = data.started();
    }

    /** Repairs in the background. */
    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread.ofVirtual().name("repair").start(() -> {
            try {
                run();
            } catch (IOException | RuntimeException e) {
                LOG.warn("Repair after the start did not finish", e);
            }
        });
    }

    /** Looks at every repository once. */
    void run() throws IOException {
        var counts = new Counts();
        // What the last process left unrecorded, it did shortly before its end.
        var suspectFrom = store.lastActivity() - UNRECORDED_MILLIS;
        finishCreations(started, counts);
        for (var folder : folders.all()) {
            var name = folder.getFileName().toString().replace(".git", "");
            if (Ids.isUuid(name)) {
                try {
                    repair(name, folder, suspectFrom, counts);
                } catch (IOException | RuntimeException e) {
                    // One that was deleted may go to the trash meanwhile.
                    if (Files.exists(folder)) {
                        LOG.warn("Repository folder {} could not be looked through", name, e);
                        counts.failed = true;
                    }
                }
            }
        }
        if (!counts.failed) {
            folders.locks().complete();
            data.recovered();
        }
        if (counts.any()) {
            LOG.info(
                    "Repaired after the last run: {} creations finished, {} withdrawn, {} folders without a record"
                            + " moved to the trash, {} stale files removed, {} repositories counted anew",
                    counts.finished,
                    counts.withdrawn,
                    counts.strangers,
                    counts.leftovers,
                    counts.recorded);
        }
    }

    /** What was repaired. */
    private static final class Counts {
        int finished;
        int withdrawn;
        int strangers;
        int leftovers;
        int recorded;
        boolean failed;

        boolean any() {
            return finished + withdrawn + strangers + leftovers + recorded > 0;
        }
    }

    /** Ends creations that failed in this process and could not be withdrawn then: the disk was full, say. */
    @Scheduled(fixedDelayString = "${granary.housekeeping.sweep:30s}")
    void finishAbandoned() {
        var counts = new Counts();
        finishCreations(clock.millis() - ABANDONED_MILLIS, counts);
        if (counts.any()) {
            LOG.info("Repaired: {} creations finished, {} withdrawn", counts.finished, counts.withdrawn);
        }
    }

    private void finishCreations(long before, Counts counts) {
        for (var row : store.unfinished(before)) {
            if (creator.isMaking(row.id())) {
                continue;
            }
            if (folders.exists(row.uuid())) {
                transaction.executeWithoutResult(_ -> events.ready(row.id()));
                counts.finished++;
            } else {
                transaction.executeWithoutResult(_ -> store.forget(row.id()));
                counts.withdrawn++;
            }
        }
    }

    private void repair(String uuid, Path folder, long suspectFrom, Counts counts) throws IOException {
        // The record comes before its folder, so a folder seen here without one is nobody's.
        var recorded = store.lastActivity(uuid);
        if (recorded.isEmpty()) {
            if (folder.toFile().lastModified() < started) {
                folders.remove(uuid);
                LOG.warn("Moved repository folder {} without a record to the trash", uuid);
                counts.strangers++;
            }
            return;
        }
        counts.leftovers += sweep(folder);
        // A later push may be recorded although an earlier one, to another ref, is not.
        if (data.crashed() && lastRefChange(folder) > Math.min(recorded.get(), suspectFrom)) {
            service.recordAgain(uuid);
            counts.recorded++;
        }
    }

    /** Epoch milliseconds; later than the record says only if a crash came in between, or housekeeping packed refs. */
    private static long lastRefChange(Path repository) throws IOException {
        var last = repository.resolve("packed-refs").toFile().lastModified();
        try (var refs = Files.walk(repository.resolve("refs"))) {
            return Math.max(
                    last,
                    refs.mapToLong(path -> path.toFile().lastModified()).max().orElse(0));
        }
    }

    private int sweep(Path repository) throws IOException {
        var stale = new ArrayList<Path>();
        var objects = repository.resolve("objects");
        var packs = objects.resolve("pack");
        for (var folder : List.of(objects, packs, objects.resolve("info"))) {
            entries(
                            folder,
                            path -> TEMPORARY.stream()
                                    .anyMatch(prefix ->
                                            path.getFileName().toString().startsWith(prefix)))
                    .forEach(stale::add);
        }
        stale.addAll(halfPacks(packs));
        var removed = folders.locks().remove(repository);
        for (var file : stale) {
            var time = file.toFile().lastModified();
            if (time != 0 && time < started && Files.isRegularFile(file) && Files.deleteIfExists(file)) {
                removed++;
            }
        }
        return removed;
    }

    /** Packs that no ref can name yet, or whose removal was interrupted; and locks on packs of pushes that ended. */
    private static List<Path> halfPacks(Path packs) throws IOException {
        var all = entries(packs, path -> path.getFileName().toString().startsWith("pack-"));
        var names = new HashSet<String>();
        all.forEach(path -> names.add(path.getFileName().toString()));
        var half = new ArrayList<Path>();
        for (var path : all) {
            var name = path.getFileName().toString();
            var dot = name.lastIndexOf('.');
            var base = name.substring(0, dot + 1);
            var extension = name.substring(dot + 1);
            var whole = names.contains(base + "pack") && names.contains(base + "idx");
            var pushLock = extension.equals("keep")
                    && Files.readString(path, StandardCharsets.ISO_8859_1).startsWith("jgit receive-pack");
            if ((!whole && PACK_PARTS.contains(extension)) || pushLock) {
                half.add(path);
            }
        }
        return half;
    }

    private static List<Path> entries(Path folder, DirectoryStream.Filter<Path> filter) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var found = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, filter)) {
            entries.forEach(found::add);
        }
        return found;
    }
}
