package dev.granary.repositories;

import dev.granary.storage.Durable;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackBitmapIndexWriterV1;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * Puts a pack in place so that a crash at any instant leaves either nothing but temporary files or the whole pack: every
 * file is synced, the index is renamed last. The name is the pack's checksum, as native git names packs: one made of the
 * same objects in other bytes never replaces a pack that is being read.
 */
final class PackFiles {
    /** What temporary files begin with. */
    static final String TEMPORARY = "granary_";

    private static final int CHECKSUM_BYTES = 20;

    private PackFiles() {}

    /**
     * Writes what was prepared.
     *
     * @param cruft when each object was first found unreachable, epoch seconds; null for a pack of live objects
     */
    static Pack write(
            FileRepository repository,
            PackWriter writer,
            ProgressMonitor monitor,
            @Nullable Map<ObjectId, Integer> cruft)
            throws IOException {
        var folder = repository.getObjectDatabase().getPackDirectory().toPath();
        var parts = new LinkedHashMap<String, Path>();
        try {
            var pack = part(folder, parts, "pack", out -> writer.writePack(monitor, monitor, out));
            var name = "pack" + '-' + checksum(pack).name() + '.';
            var index = part(folder, parts, "idx", writer::writeIndex);
            if (cruft != null) {
                part(folder, parts, LocalObjects.CRUFT, out -> writeTimes(out, index, checksum(pack), cruft));
            } else if (writer.prepareBitmapIndex(monitor)) {
                part(folder, parts, "bitmap", out -> writer.writeBitmapIndex(new PackBitmapIndexWriterV1(out)));
            }
            var target = folder.resolve(name + "pack");
            for (var extension : new String[] {LocalObjects.CRUFT, "bitmap", "pack", "idx"}) {
                var temporary = parts.get(extension);
                if (temporary != null) {
                    Files.move(temporary, folder.resolve(name + extension), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Durable.syncDirectory(folder);
            return repository.getObjectDatabase().openPack(target.toFile());
        } finally {
            for (var temporary : parts.values()) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /** Writes a pack of the objects that a commit of one repository reaches and another one lacks, if there are any. */
    static void copy(FileRepository from, FileRepository to, ObjectId commit, Set<ObjectId> known) throws IOException {
        var config = new PackConfig(from);
        config.setDeltaCompress(false);
        try (var present = to.newObjectReader();
                var writer = new PackWriter(config, from.newObjectReader())) {
            writer.setDeltaBaseAsOffset(true);
            writer.excludeObjects(id -> {
                try {
                    return present.has(id);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.preparePack(NullProgressMonitor.INSTANCE, Set.of(commit), known);
            if (writer.getObjectCount() > 0) {
                write(to, writer, NullProgressMonitor.INSTANCE, null);
            }
        }
    }

    /** Writes one file of a pack. */
    @FunctionalInterface
    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private static Path part(Path folder, Map<String, Path> parts, String extension, Content content)
            throws IOException {
        var file = Files.createTempFile(folder, TEMPORARY, '.' + extension + "_tmp");
        parts.put(extension, file);
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            content.write(out);
        }
        file.toFile().setReadOnly();
        GitDurability.syncFile(file);
        return file;
    }

    private static ObjectId checksum(Path pack) throws IOException {
        try (var file = new RandomAccessFile(pack.toFile(), "r")) {
            var checksum = new byte[CHECKSUM_BYTES];
            file.seek(file.length() - CHECKSUM_BYTES);
            file.readFully(checksum);
            return ObjectId.fromRaw(checksum);
        }
    }

    /** The times of a cruft pack's objects in the order of its index, as gitformat-pack describes. */
    private static void writeTimes(OutputStream out, Path index, ObjectId checksum, Map<ObjectId, Integer> times)
            throws IOException {
        var opened = PackIndex.open(index.toFile());
        var content = ByteBuffer.allocate(
                3 * Integer.BYTES + (int) opened.getObjectCount() * Integer.BYTES + 2 * CHECKSUM_BYTES);
        content.put(new byte[] {'M', 'T', 'M', 'E'}).putInt(1).putInt(1);
        for (var entry : opened) {
            content.putInt(times.getOrDefault(entry.toObjectId(), 0));
        }
        var raw = new byte[CHECKSUM_BYTES];
        checksum.copyRawTo(raw, 0);
        content.put(raw);
        MessageDigest digest = Constants.newMessageDigest();
        digest.update(content.array(), 0, content.position());
        content.put(digest.digest());
        out.write(content.array());
    }

    /** The bytes of all packs of a repository and of those it borrows from. */
    static long size(Path repository) throws IOException {
        var folders = new ArrayList<>(SharedObjects.read(repository));
        folders.add(repository.resolve("objects"));
        long size = 0;
        for (var folder : folders) {
            var packs = folder.resolve("pack").toFile().listFiles((_, name) -> name.endsWith(".pack"));
            for (var pack : packs == null ? new File[0] : packs) {
                size += pack.length();
            }
        }
        return size;
    }

    /** Removes a pack whose objects are elsewhere: its index first, so that nobody finds half of it. */
    static void remove(Pack pack) throws IOException {
        for (var extension : new String[] {"idx", "bitmap", LocalObjects.CRUFT, "rev", "pack"}) {
            FileUtils.delete(LocalObjects.file(pack, extension).toFile(), FileUtils.SKIP_MISSING);
        }
    }

    /**
     * Moves a pack of expired objects where JGit still finds an object somebody refers to again after all, and then
     * links it back.
     */
    static void preserve(FileRepository repository, Pack pack) throws IOException {
        var folder = repository.getObjectDatabase().getPreservedDirectory().toPath();
        Durable.createDirectories(folder);
        for (var extension : new String[] {"pack", "idx"}) {
            var file = LocalObjects.file(pack, extension);
            var preserved = folder.resolve("pack" + '-' + pack.getPackName() + ".old-" + extension);
            Files.deleteIfExists(preserved);
            Files.createLink(preserved, file);
        }
        Durable.syncDirectory(folder);
        remove(pack);
        for (var extension : new String[] {"pack", "idx"}) {
            folder.resolve("pack" + '-' + pack.getPackName() + ".old-" + extension)
                    .toFile()
                    .setLastModified(System.currentTimeMillis());
        }
    }
}
