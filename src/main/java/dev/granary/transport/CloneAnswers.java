package dev.granary.transport;

import dev.granary.kernel.Settings;
import dev.granary.repositories.HiddenRefs;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.storage.DataFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Answers to clones, kept in files below {@code cache/clones} as they are sent: whoever asks for the same gets the same
 * bytes. What an answer holds follows from the ids of the objects asked for, so it never becomes wrong; whether the
 * caller may ask for them is asked each time, before. The files may be deleted at any time, and are at every start:
 * nobody waits until they are durable.
 */
@Component
class CloneAnswers implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(CloneAnswers.class);
    private static final int BUFFER = 128 * 1024;

    /** A larger repository would push out everything else. */
    private static final int LARGEST_SHARE = 4;

    /** Room on the disk that is not ours to fill. */
    private static final long LEFT_FREE = 1L << 30;

    private final RepositoryService repositories;
    private final RefTips tips;
    private final long size;
    private final Path folder;
    private final int mostAtOnce = 2 * Runtime.getRuntime().availableProcessors();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().name("clone-", 0).factory());
    private final AtomicLong names = new AtomicLong();

    private final Object lock = new Object();
    private final Map<String, Long> complete = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, CloneAnswer> growing = new LinkedHashMap<>();
    private long total;

    CloneAnswers(RepositoryService repositories, RefTips tips, Settings settings, DataFolder data) throws IOException {
        this.repositories = repositories;
        this.tips = tips;
        this.size = settings.limits().cloneCache().toBytes();
        this.folder = data.cache().resolve("clones");
        FileSystemUtils.deleteRecursively(folder);
    }

    /** Makes an answer. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    /**
     * Sends the answer to a request if it is kept, or else while it is made and kept.
     *
     * @param hidden what the caller must not get; it may come along unasked only as a tag, and those are in the key
     * @param anew makes it, on a thread of its own, and throws when it fails
     * @return whether it was sent; otherwise nothing was, and it has to be made for this caller alone
     * @throws IOException the answer broke off
     */
    boolean send(HostedRepository repository, HiddenRefs hidden, CloneRequest request, OutputStream out, Answer anew)
            throws IOException {
        if (repository.status() != HostedRepository.READY || size == 0) {
            return false;
        }
        var refs = tips.of(repository).without(hidden);
        if (!refs.ids().containsAll(request.wants()) || !refs.byName().keySet().containsAll(request.names())) {
            return false;
        }
        var key = key(repository, request, refs);
        if (sendComplete(key, out)) {
            return true;
        }
        var answer = join(repository, hidden, key, request, anew).orElse(null);
        if (answer == null) {
            return sendComplete(key, out);
        }
        try {
            if (!answer.begins()) {
                return false;
            }
            answer.sendTo(out);
            return true;
        } finally {
            answer.leave();
        }
    }

    /** Repositories never share: their ids are never used again. */
    private static String key(HostedRepository repository, CloneRequest request, RefTips.Tips refs) {
        var named = new StringBuilder();
        for (var name : request.names()) {
            named.append(name).append(' ').append(refs.byName().get(name)).append('\n');
        }
        var tags = request.withTags() ? refs.tags() : "";
        var text = repository.uuid() + "\n" + request.text() + "\n" + named + "\n" + tags;
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean sendComplete(String key, OutputStream out) throws IOException {
        long length;
        synchronized (lock) {
            var known = complete.get(key);
            if (known == null) {
                return false;
            }
            length = known;
        }
        FileChannel file;
        try {
            file = FileChannel.open(folder.resolve(key));
        } catch (IOException e) {
            forget(key);
            return false;
        }
        try (file) {
            if (file.size() != length) {
                forget(key);
                return false;
            }
            copy(file, length, out);
        }
        return true;
    }

    private static void copy(FileChannel file, long length, OutputStream out) throws IOException {
        var buffer = ByteBuffer.allocate(BUFFER);
        for (long sent = 0; sent < length; ) {
            buffer.clear();
            var read = file.read(buffer);
            if (read < 0) {
                throw new IOException("A kept answer became shorter");
            }
            out.write(buffer.array(), 0, read);
            sent += read;
        }
    }

    private void forget(String key) {
        synchronized (lock) {
            var length = complete.remove(key);
            total -= length == null ? 0 : length;
        }
        deleteQuietly(folder.resolve(key));
    }

    /**
     * The answer that is being made, or made from now on, with the caller among its readers; empty when it is complete,
     * or there is no room for it.
     */
    private Optional<CloneAnswer> join(
            HostedRepository repository, HiddenRefs hidden, String key, CloneRequest request, Answer anew) {
        synchronized (lock) {
            var known = growing.get(key);
            if (known != null && known.join()) {
                return Optional.of(known);
            }
            if (known != null || complete.containsKey(key) || growing.size() >= mostAtOnce || !hasRoom(repository)) {
                return Optional.empty();
            }
            var path = folder.resolve(key + "." + names.incrementAndGet());
            CloneAnswer answer;
            try {
                answer = new CloneAnswer(path);
            } catch (IOException e) {
                log.warn("Answers to clones cannot be kept: {}", e.toString());
                return Optional.empty();
            }
            answer.join();
            growing.put(key, answer);
            threads.execute(() -> make(answer, path, key, () -> {
                anew.write(answer);
                return key(repository, request, tips.of(repository).without(hidden))
                        .equals(key);
            }));
            return Optional.of(answer);
        }
    }

    private boolean hasRoom(HostedRepository repository) {
        try {
            var most = repositories.packedBytes(repository);
            Files.createDirectories(folder);
            return most <= size / LARGEST_SHARE && Files.getFileStore(folder).getUsableSpace() > LEFT_FREE + 2 * most;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes an answer to the end, and says whether it may be kept: not when a tag moved meanwhile. */
    @FunctionalInterface
    private interface Making {
        boolean run() throws IOException;
    }

    /** Others find the complete file before the answer that grew is gone. */
    private void make(CloneAnswer answer, Path path, String key, Making making) {
        Exception failure = new IOException("The answer was not completed");
        try {
            var lasting = making.run();
            failure = null;
            if (lasting) {
                Files.move(path, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
                keep(key, answer.length());
            }
        } catch (IOException | RuntimeException e) {
            failure = failure == null ? null : e;
            log.info("An answer to a clone was not kept: {}", e.toString());
        } finally {
            answer.end(failure);
            synchronized (lock) {
                growing.remove(key);
            }
            deleteQuietly(path);
        }
    }

    private void keep(String key, long length) {
        synchronized (lock) {
            var before = complete.put(key, length);
            total += length - (before == null ? 0 : before);
            var oldest = complete.entrySet().iterator();
            while (total > size && oldest.hasNext()) {
                var entry = oldest.next();
                oldest.remove();
                total -= entry.getValue();
                deleteQuietly(folder.resolve(entry.getKey()));
            }
        }
    }

    private static void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("{} could not be deleted: {}", path, e.toString());
        }
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
