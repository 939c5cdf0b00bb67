package dev.granary.repositories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Locks that a process left behind when it ended in the middle of its work: they would make every push fail. Those of a
 * repository go before it is first opened.
 */
final class StaleLocks {
    private static final String[] NAMES = {"HEAD.lock", "packed-refs.lock", "config.lock", "gc.pid", "gc.pid.lock"};

    private final long ownedSince;
    private final ConcurrentHashMap<Path, Integer> looked = new ConcurrentHashMap<>();
    private volatile boolean complete;

    /** Knows as stale what was written before a time, epoch milliseconds by the file system's own clock. */
    StaleLocks(long ownedSince) {
        this.ownedSince = ownedSince;
    }

    /** Removes a repository's stale locks the first time it is asked to; others wait until that is done. */
    void removeOnce(Path repository) {
        if (!complete) {
            looked.computeIfAbsent(repository, this::remove);
        }
    }

    /** No repository has stale locks any more. */
    void complete() {
        complete = true;
        looked.clear();
    }

    /** How many stale locks were removed. */
    int remove(Path repository) {
        var locks = new ArrayList<Path>();
        for (var name : NAMES) {
            locks.add(repository.resolve(name));
        }
        try {
            if (Files.isDirectory(repository.resolve("refs"))) {
                try (var refs = Files.walk(repository.resolve("refs"))) {
                    refs.filter(path -> path.toString().endsWith(".lock")).forEach(locks::add);
                }
            }
            var removed = 0;
            for (var lock : locks) {
                var time = lock.toFile().lastModified();
                if (time != 0 && time < ownedSince && Files.isRegularFile(lock) && Files.deleteIfExists(lock)) {
                    removed++;
                }
            }
            return removed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
