package dev.granary.content;

import dev.granary.storage.DataFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps records of folders below {@code cache/folders}, a file for each folder with those of the last few commits it was
 * looked at. Files are not synced: one that a crash spoiled has another sum, and is made again. The least recently
 * written go once all together are too large.
 */
@Component
class FolderRecordFiles {
    private static final Logger log = LoggerFactory.getLogger(FolderRecordFiles.class);
    private static final int VERSION = 1;
    /** So many commits of a folder are remembered: the tips of branches that are looked at in turn. */
    private static final int MOST_COMMITS = 4;

    private static final long MOST_BYTES = 512L << 20;
    private static final int WRITES_BETWEEN_SWEEPS = 500;

    private final Path folder;
    private final Path temporary;
    private final AtomicInteger writes = new AtomicInteger();

    FolderRecordFiles(DataFolder data) {
        this.folder = data.cache().resolve("folders");
        this.temporary = data.tmp();
    }

    /** What is known of a folder; nothing when the file is missing or spoiled. */
    List<FolderRecord> read(long repositoryId, String path) {
        try {
            var bytes = Files.readAllBytes(file(repositoryId, path));
            var body = bytes.length - Long.BYTES;
            if (body < 0) {
                return List.of();
            }
            var in = new DataInputStream(new ByteArrayInputStream(bytes));
            var end = new DataInputStream(new ByteArrayInputStream(bytes, body, Long.BYTES));
            if (end.readLong() != sum(bytes, body) || in.readInt() != VERSION) {
                return List.of();
            }
            var records = new ArrayList<FolderRecord>();
            for (var count = in.readInt(); count > 0; count--) {
                records.add(FolderRecord.read(in));
            }
            return records;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | RuntimeException e) {
            log.warn("What was known of a folder of repository {} cannot be read: {}", repositoryId, e.toString());
            return List.of();
        }
    }

    /** Adds what became known; of a file that cannot be written nothing is kept. */
    void add(long repositoryId, String path, FolderRecord record) {
        var records = new ArrayList<>(List.of(record));
        read(repositoryId, path).stream()
                .filter(other -> !other.commit().equals(record.commit()))
                .limit(MOST_COMMITS - 1L)
                .forEach(records::add);
        try {
            write(file(repositoryId, path), records);
            if (writes.incrementAndGet() % WRITES_BETWEEN_SWEEPS == 0) {
                sweep();
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("What is known of a folder of repository {} cannot be kept: {}", repositoryId, e.toString());
        }
    }

    private void write(Path file, List<FolderRecord> records) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(VERSION);
        out.writeInt(records.size());
        for (var record : records) {
            record.write(out);
        }
        out.writeLong(sum(bytes.toByteArray(), bytes.size()));
        var part = Files.createTempFile(temporary, "folder", "");
        try {
            Files.write(part, bytes.toByteArray());
            Files.createDirectories(file.resolveSibling("."));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static long sum(byte[] bytes, int length) {
        var sum = new CRC32();
        sum.update(bytes, 0, length);
        return sum.getValue();
    }

    private Path file(long repositoryId, String path) {
        return folder.resolve(Long.toString(repositoryId)).resolve(TreeObject.md5(path));
    }

    private record Kept(Path path, long size, long time) {}

    private void sweep() throws IOException {
        List<Kept> files;
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            files = paths.filter(Files::isRegularFile)
                    .map(FolderRecordFiles::kept)
                    .sorted(Comparator.comparingLong(Kept::time))
                    .toList();
        }
        var total = files.stream().mapToLong(Kept::size).sum();
        for (var file : files) {
            if (total <= MOST_BYTES) {
                return;
            }
            Files.deleteIfExists(file.path());
            total -= file.size();
        }
    }

    private static Kept kept(Path path) {
        try {
            return new Kept(
                    path, Files.size(path), Files.getLastModifiedTime(path).toMillis());
        } catch (NoSuchFileException e) {
            return new Kept(path, 0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
