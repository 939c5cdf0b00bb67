package dev.granary.repositories;

import dev.granary.kernel.Settings;
import dev.granary.storage.Durable;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.commitgraph.CommitGraphWriter;
import org.eclipse.jgit.internal.storage.commitgraph.GraphCommits;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one repository's object folder quick to read, without a lock against readers or pushes. Two rules make that safe:
 *
 * <ul>
 *   <li>A file goes only when everything in it is in newer packs that have been in place for a while, so that whoever
 *       looked the folder up before still finds what it listed.
 *   <li>An unreachable object first goes into a pack that notes when it was found so; only after the grace period, and
 *       only when it is still unreachable, does it leave, and even then JGit can fetch it back for a while.
 * </ul>
 */
final class Housekeeper {
    private static final Duration PRESERVED = Duration.ofDays(1);

    private final FileRepository repository;
    private final Settings.Housekeeping settings;
    private final ProgressMonitor monitor;
    private final long now;

    Housekeeper(FileRepository repository, Settings.Housekeeping settings, ProgressMonitor monitor, long now) {
        this.repository = repository;
        this.settings = settings;
        this.monitor = monitor;
        this.now = now;
    }

    /**
     * Does what is needed now.
     *
     * @param lent whether others borrow objects: then none is ever dropped
     * @param full whether to collect everything into one pack even if nothing calls for it
     * @return when to look again, epoch milliseconds; null when nothing is left to do
     */
    @Nullable
    Long run(boolean lent, boolean full) throws IOException {
        var before = LocalObjects.of(repository);
        removeCovered(before);
        before = LocalObjects.of(repository);
        var covered = new HashSet<>(before.covered(_ -> true));
        var active =
                before.packs().stream().filter(pack -> !covered.contains(pack)).toList();
        var loose = new HashSet<>(before.loose());
        loose.removeIf(id -> active.stream().anyMatch(pack -> LocalObjects.has(pack, id)));
        var small = small(active, loose.size());
        if (full || needsFull(before, active, loose.size(), lent)) {
            collect(before, lent);
        } else if (loose.size() >= settings.looseObjects() || small.size() >= settings.packs()) {
            combine(small, loose);
        }
        packRefs(full);
        return next(lent);
    }

    /** Removes packs and loose objects that newer packs have covered for a while. */
    private void removeCovered(LocalObjects objects) throws IOException {
        var settled = now - settings.retireAfter().toMillis();
        for (var pack : objects.covered(newer -> LocalObjects.time(newer) <= settled)) {
            checkCancelled();
            PackFiles.remove(pack);
        }
        var old = objects.packs().stream()
                .filter(pack -> LocalObjects.time(pack) <= settled)
                .toList();
        for (var id : objects.loose()) {
            checkCancelled();
            if (old.stream().anyMatch(pack -> LocalObjects.has(pack, id))) {
                FileUtils.delete(
                        repository.getObjectDatabase().fileFor(id), FileUtils.SKIP_MISSING | FileUtils.IGNORE_ERRORS);
            }
        }
    }

    /** Packs that together are not much larger than each of them: a combined pack at least doubles in size. */
    private static List<Pack> small(List<Pack> active, int loose) throws IOException {
        var candidates = new ArrayList<Pack>();
        for (var pack : active) {
            if (!pack.shouldBeKept() && !LocalObjects.isCruft(pack) && !LocalObjects.hasBitmap(pack)) {
                candidates.add(pack);
            }
        }
        var counts = new HashMap<Pack, Long>();
        for (var pack : candidates) {
            counts.put(pack, pack.getIndex().getObjectCount());
        }
        candidates.sort(Comparator.comparing(pack -> counts.getOrDefault(pack, 0L)));
        long sum = loose;
        var small = new ArrayList<Pack>();
        for (var pack : candidates) {
            long count = counts.getOrDefault(pack, 0L);
            if (small.size() > 1 && count > 2 * sum) {
                break;
            }
            small.add(pack);
            sum += count;
        }
        return small;
    }

    private boolean needsFull(LocalObjects before, List<Pack> active, int loose, boolean lent) throws IOException {
        long total = loose;
        long largest = 0;
        for (var pack : active) {
            var count = pack.getIndex().getObjectCount();
            if (!LocalObjects.isCruft(pack)) {
                total += count;
                if (borrows() || LocalObjects.hasBitmap(pack)) {
                    largest = Math.max(largest, count);
                }
            }
        }
        var grown = total - largest >= Math.max(settings.fullObjects(), largest / 2);
        var expired = (now - settings.pruneAfter().toMillis()) / 1000;
        return grown
                || preservedExpired()
                || (!lent && before.cruftTimes().values().stream().anyMatch(time -> time < expired));
    }

    private boolean borrows() {
        return Files.exists(SharedObjects.file(repository.getDirectory().toPath()));
    }

    /** Puts loose objects and small packs into one pack, reachable or not: no walk, so nothing can be missed. */
    private void combine(List<Pack> small, Set<ObjectId> loose) throws IOException {
        var ids = new HashSet<>(loose);
        for (var pack : small) {
            for (var entry : pack) {
                ids.add(entry.toObjectId());
            }
        }
        if (!ids.isEmpty()) {
            writeListed(ids, null);
        }
    }

    private void writeListed(Set<ObjectId> ids, @Nullable Map<ObjectId, Integer> cruft) throws IOException {
        try (var reader = repository.newObjectReader();
                var walk = new RevWalk(reader)) {
            var objects = new ArrayList<RevObject>(ids.size());
            for (var id : ids) {
                checkCancelled();
                try {
                    objects.add(walk.lookupAny(id, reader.open(id).getType()));
                } catch (MissingObjectException | CorruptObjectException e) {
                    // Stays where it is: only what a newer pack holds is ever removed.
                }
            }
            var config = new PackConfig(repository);
            config.setDeltaCompress(false);
            try (var writer = new PackWriter(config, repository.newObjectReader())) {
                writer.setDeltaBaseAsOffset(true);
                Iterator<RevObject> source = objects.iterator();
                writer.preparePack(source);
                if (writer.getObjectCount() > 0) {
                    PackFiles.write(repository, writer, monitor, cruft);
                }
            }
        }
    }

    /** Collects what refs reach into one pack with bitmaps, and the rest into a cruft pack; drops what expired. */
    private void collect(LocalObjects before, boolean lent) throws IOException {
        // Objects were listed before refs are: what a push adds from now on is not looked at.
        var refs = refs();
        var live = writeReachable(refs, borrows() ? before : null);
        writeCommitGraph(refs);
        removePreserved();
        var known = before.cruftTimes();
        var seconds = (int) (now / 1000);
        var expired = (now - settings.pruneAfter().toMillis()) / 1000;
        var kept = new HashMap<ObjectId, Integer>();
        var fresh = false;
        var dropped = new HashSet<ObjectId>();
        var ids = new HashSet<>(before.loose());
        for (var pack : before.packs()) {
            if (!pack.shouldBeKept()) {
                pack.forEach(entry -> ids.add(entry.toObjectId()));
            }
        }
        for (var id : ids) {
            if (live != null && LocalObjects.has(live, id)) {
                continue;
            }
            var time = known.get(id);
            if (time != null && time < expired && !lent) {
                dropped.add(id);
            } else {
                kept.put(id, time == null ? seconds : time);
                fresh |= time == null;
            }
        }
        var cruft = before.packs().stream().filter(LocalObjects::isCruft).toList();
        if (!kept.isEmpty() && (fresh || cruft.size() > 1 || !dropped.isEmpty())) {
            writeListed(kept.keySet(), kept);
        }
        if (!dropped.isEmpty()) {
            for (var pack : cruft) {
                PackFiles.preserve(repository, pack);
            }
        }
    }

    private List<Ref> refs() throws IOException {
        var refs = new ArrayList<Ref>();
        for (var ref : repository.getRefDatabase().getRefs()) {
            if (ref.getObjectId() != null) {
                refs.add(ref);
            }
        }
        return refs;
    }

    /** Everything reachable in one pack; of a borrower only what it holds itself. Null when there is nothing. */
    @Nullable
    Pack writeReachable(List<Ref> refs, @Nullable LocalObjects only) throws IOException {
        var wanted = new HashSet<ObjectId>();
        var tags = new HashSet<ObjectId>();
        for (var ref : refs) {
            wanted.add(ref.getObjectId());
            if (ref.getName().startsWith(Constants.R_TAGS)) {
                tags.add(ref.getObjectId());
            }
        }
        if (wanted.isEmpty()) {
            return null;
        }
        var config = new PackConfig(repository);
        try (var writer = new PackWriter(config, repository.newObjectReader())) {
            writer.setDeltaBaseAsOffset(true);
            writer.setReuseDeltaCommits(false);
            writer.setCreateBitmaps(only == null);
            if (only != null) {
                writer.excludeObjects(id -> !only.contains(id));
            }
            writer.preparePack(monitor, wanted, PackWriter.NONE, PackWriter.NONE, tags);
            checkCancelled();
            return writer.getObjectCount() == 0 ? null : PackFiles.write(repository, writer, monitor, null);
        }
    }

    private void writeCommitGraph(List<Ref> refs) throws IOException {
        var tips = new HashSet<ObjectId>();
        for (var ref : refs) {
            var peeled = repository.getRefDatabase().peel(ref).getPeeledObjectId();
            tips.add(peeled == null ? ref.getObjectId() : peeled);
        }
        if (tips.isEmpty()) {
            return;
        }
        var folder = repository.getObjectsDirectory().toPath().resolve("info");
        var temporary = Files.createTempFile(folder, PackFiles.TEMPORARY, ".graph_tmp");
        try (var walk = new RevWalk(repository)) {
            var graph = new CommitGraphWriter(GraphCommits.fromWalk(monitor, tips, walk), true);
            try (var out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                graph.write(monitor, out);
            }
            GitDurability.syncFile(temporary);
            Files.move(temporary, folder.resolve("commit-graph"), StandardCopyOption.ATOMIC_MOVE);
            Durable.syncDirectory(folder);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Forgets what was preserved before; what refs reach of it has just been written again. */
    private void removePreserved() throws IOException {
        var folder = repository.getObjectDatabase().getPreservedDirectory();
        var files = folder.listFiles();
        for (var file : files == null ? new File[0] : files) {
            if (file.lastModified() < now - preservedFor()) {
                FileUtils.delete(file, FileUtils.SKIP_MISSING);
            }
        }
    }

    private boolean preservedExpired() {
        var files = repository.getObjectDatabase().getPreservedDirectory().listFiles();
        return files != null && Arrays.stream(files).anyMatch(file -> file.lastModified() < now - preservedFor());
    }

    private long preservedFor() {
        return Math.min(PRESERVED.toMillis(), settings.pruneAfter().toMillis());
    }

    private void packRefs(boolean always) throws IOException {
        var loose = repository.getRefDatabase().getRefs().stream()
                .filter(ref -> ref.getStorage().isLoose() && !ref.isSymbolic())
                .count();
        if (loose >= settings.looseRefs() || (always && loose > 0)) {
            try {
                // Not closed: that would close the repository.
                Git.wrap(repository).packRefs().setAll(true).call();
            } catch (GitAPIException e) {
                throw new IOException(e);
            }
            Durable.syncDirectory(repository.getDirectory().toPath());
        }
    }

    private @Nullable Long next(boolean lent) throws IOException {
        var after = LocalObjects.of(repository);
        var waiting = !after.covered(_ -> true).isEmpty()
                || after.loose().stream()
                        .anyMatch(id -> after.packs().stream().anyMatch(pack -> LocalObjects.has(pack, id)));
        if (waiting) {
            return now + settings.retireAfter().toMillis();
        }
        var preserved = repository.getObjectDatabase().getPreservedDirectory().list();
        if (preserved != null && preserved.length > 0) {
            return now + preservedFor() + 1000;
        }
        var oldest = after.cruftTimes().values().stream().min(Integer::compare);
        return lent || oldest.isEmpty()
                ? null
                : oldest.get() * 1000L + settings.pruneAfter().toMillis() + 1000;
    }

    private void checkCancelled() throws IOException {
        if (monitor.isCancelled()) {
            throw new InterruptedIOException("Housekeeping was asked to stop");
        }
    }
}
