package dev.granary.navigation;

import dev.granary.jobs.Background;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes {@link WordIndex}es of default branches in the background, one after the other, when somebody needs them, and keeps
 * them below {@code cache/words}. They only make searches quick: what an index does not know is read. So a server that
 * stops forgets what was asked for, and each server has its own.
 */
@Component
class WordIndexes implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(WordIndexes.class);
    /** So many words of one repository are kept; four bytes each. */
    private static final int MOST_WORDS = 64 << 20;

    private static final long MOST_BYTES = 1L << 30;

    private final RepositoryService repositories;
    private final NavigationStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Path folder;
    private final Path temporary;
    private final Map<Long, Order> orders = new ConcurrentHashMap<>();
    private final Background background = new Background("code-navigation", this::all);

    WordIndexes(
            RepositoryService repositories,
            NavigationStore store,
            TransactionTemplate transaction,
            Clock clock,
            DataFolder data) {
        this.repositories = repositories;
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
        this.folder = data.cache().resolve("words");
        this.temporary = data.tmp();
    }

    /** @param anew whether what is known already is read again */
    private record Order(boolean anew, CompletableFuture<Boolean> done) {}

    /** The index of a repository, open; empty when there is none. */
    Optional<WordIndex> open(long repositoryId) {
        try {
            return WordIndex.open(file(repositoryId));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            log.warn("The words of repository {} cannot be read: {}", repositoryId, e.toString());
            return Optional.empty();
        }
    }

    /** How many bytes the index of a repository takes. */
    long size(long repositoryId) {
        try {
            return Files.size(file(repositoryId));
        } catch (IOException e) {
            return 0;
        }
    }

    private Path file(long repositoryId) {
        return folder.resolve(Long.toString(repositoryId));
    }

    /** Has an index brought to where the default branch is, soon. */
    void request(long repositoryId) {
        orders.putIfAbsent(repositoryId, new Order(false, new CompletableFuture<>()));
        background.soon();
    }

    /** Has an index made anew, and waits for a while; whether it is made then. */
    boolean rebuild(long repositoryId, Duration patience) {
        var order = orders.compute(
                repositoryId, (_, asked) -> new Order(true, asked == null ? new CompletableFuture<>() : asked.done()));
        background.soon();
        try {
            return order.done().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void all() {
        for (var id : List.copyOf(orders.keySet())) {
            var order = orders.remove(id);
            if (order != null) {
                order.done().complete(!background.isStopping() && build(id, order.anew()));
            }
        }
    }

    private boolean build(long id, boolean anew) {
        var ready = repositories.byId(id).filter(repository -> repository.status() == HostedRepository.READY);
        if (ready.isEmpty()) {
            return false;
        }
        try (var git = repositories.open(ready.get());
                var known = anew ? null : open(id).orElse(null)) {
            var part = Files.createTempFile(temporary, "words", "");
            try {
                if (!write(git, known, part)) {
                    return false;
                }
                Files.createDirectories(folder);
                Files.move(part, file(id), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            transaction.executeWithoutResult(_ -> store.built(id, anew, clock.millis()));
            sweep(id);
            return true;
        } catch (IOException | RuntimeException e) {
            // Deleted meanwhile, most likely; if not, whoever needs it asks again.
            log.debug("The words of repository {} could not be written", id, e);
            return false;
        }
    }

    private boolean write(Repository git, @Nullable WordIndex known, Path file) throws IOException {
        var head = git.resolve(Constants.HEAD);
        try (var writer = new WordIndex.Writer(file);
                var reader = git.newObjectReader();
                var commits = new RevWalk(reader);
                var walk = new TreeWalk(reader)) {
            if (head != null) {
                walk.setRecursive(true);
                walk.addTree(commits.parseCommit(head).getTree());
            }
            while (head != null && walk.next() && writer.size() < MOST_WORDS) {
                if (background.isStopping()) {
                    return false;
                }
                var blob = walk.getObjectId(0);
                if ((walk.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE
                        || !SourceLanguage.coversAny(walk.getNameString())
                        || writer.has(blob)) {
                    continue;
                }
                var earlier = known == null ? Optional.<int[]>empty() : known.hashes(blob);
                writer.add(
                        blob,
                        earlier.isPresent()
                                ? earlier.get()
                                : SourceText.read(reader, blob)
                                        .map(Words::hashes)
                                        .orElse(new int[0]));
            }
            writer.finish();
            return true;
        }
    }

    private record Kept(Path path, long size, long time) {}

    /** Keeps the newest, and this one. */
    private void sweep(long id) throws IOException {
        List<Kept> files;
        try (var paths = Files.list(folder)) {
            files = paths.map(path -> path.toFile())
                    .map(file -> new Kept(file.toPath(), file.length(), file.lastModified()))
                    .sorted(Comparator.comparingLong(Kept::time))
                    .toList();
        }
        var total = files.stream().mapToLong(Kept::size).sum();
        for (var file : files) {
            if (total > MOST_BYTES && !file.path().equals(file(id))) {
                Files.deleteIfExists(file.path());
                total -= file.size();
            }
        }
    }

    @Override
    public void destroy() {
        background.stop();
    }
}
