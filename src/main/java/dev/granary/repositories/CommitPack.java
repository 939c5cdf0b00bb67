package dev.granary.repositories;

import dev.granary.storage.Durable;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * Writes the objects of a commit or a few as one small pack, durable once {@link #flush} returns. The pack grows in
 * memory: what is written is in memory already. JGit's own pack inserter would write, read back and seek in files, look
 * for each object in every other pack, and sync nothing.
 */
public final class CommitPack extends ObjectInserter {
    /** Files that a crash leaves behind begin so; repair knows it. */
    private static final String TEMPORARY = "commit_";

    private static final int HEADER_BYTES = 12;
    private static final int VERSION = 2;
    private static final int LONGEST_SIZE = 5;

    private final ObjectDirectory objects;
    private final Map<ObjectId, PackedObjectInfo> entries = new HashMap<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(4096);
    private final Deflater deflater = new Deflater();

    private CommitPack(ObjectDirectory objects) {
        this.objects = objects;
    }

    /** A writer into a repository; nothing is visible there before {@link #flush}. The caller closes it. */
    public static ObjectInserter into(Repository git) {
        return git.getObjectDatabase() instanceof ObjectDirectory objects
                ? new CommitPack(objects)
                : git.newObjectInserter();
    }

    @Override
    public ObjectId insert(int type, byte[] data, int offset, int length) {
        var id = idFor(type, data, offset, length);
        if (!entries.containsKey(id)) {
            var begin = content.size();
            var crc = new CRC32();
            append(size(type, length), crc);
            deflater.reset();
            deflater.setInput(data, offset, length);
            deflater.finish();
            var buffer = buffer();
            while (!deflater.finished()) {
                append(ByteBuffer.wrap(buffer, 0, deflater.deflate(buffer)), crc);
            }
            var entry = new PackedObjectInfo(id);
            entry.setOffset(HEADER_BYTES + begin);
            entry.setCRC((int) crc.getValue());
            entries.put(id, entry);
        }
        return id;
    }

    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
        return insert(type, in.readNBytes(Math.toIntExact(length)));
    }

    private void append(ByteBuffer bytes, CRC32 crc) {
        content.write(bytes.array(), 0, bytes.limit());
        crc.update(bytes);
    }

    /** The type in three bits and the size in four, then in seven each, the lowest first. */
    private static ByteBuffer size(int type, int length) {
        var bytes = ByteBuffer.allocate(LONGEST_SIZE);
        var rest = length >>> 4;
        bytes.put((byte) ((rest > 0 ? 0x80 : 0) | type << 4 | length & 0x0f));
        while (rest > 0) {
            bytes.put((byte) ((rest > 0x7f ? 0x80 : 0) | rest & 0x7f));
            rest >>>= 7;
        }
        return bytes.flip();
    }

    @Override
    public void flush() throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        var header = ByteBuffer.allocate(HEADER_BYTES)
                .put(Constants.PACK_SIGNATURE)
                .putInt(VERSION)
                .putInt(entries.size())
                .array();
        var digest = Constants.newMessageDigest();
        digest.update(header);
        content.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        var checksum = digest.digest();
        var folder = objects.getPackDirectory().toPath();
        var name = "pack-" + ObjectId.fromRaw(checksum).name();
        var pack = Files.createTempFile(folder, TEMPORARY, ".pack_tmp");
        var index = Files.createTempFile(folder, TEMPORARY, ".idx_tmp");
        try {
            // Both at once: the disk needs hardly longer for two files than for one.
            var indexed = new FutureTask<@Nullable Void>(() -> write(
                    index,
                    out -> BasePackIndexWriter.createVersion(out, VERSION)
                            .write(entries.values().stream().sorted().toList(), checksum)));
            Thread.startVirtualThread(indexed);
            try {
                write(pack, out -> {
                    out.write(header);
                    content.writeTo(out);
                    out.write(checksum);
                });
            } finally {
                await(indexed);
            }
            // The index last: without one, nobody sees the pack.
            Files.move(pack, folder.resolve(name + ".pack"), StandardCopyOption.ATOMIC_MOVE);
            Files.move(index, folder.resolve(name + ".idx"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(pack);
            Files.deleteIfExists(index);
            throw e;
        }
        Durable.syncDirectory(folder);
        objects.openPack(folder.resolve(name + ".pack").toFile());
        entries.clear();
        content.reset();
    }

    /** Writes to a file. */
    @FunctionalInterface
    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private static void await(FutureTask<@Nullable Void> task) throws IOException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static @Nullable Void write(Path file, Content content) throws IOException {
        try (var out = new FileOutputStream(file.toFile())) {
            content.write(out);
            out.getChannel().force(true);
        }
        if (!file.toFile().setReadOnly()) {
            throw new IOException("Cannot be made read-only: " + file);
        }
        return null;
    }

    @Override
    public PackParser newPackParser(InputStream in) {
        throw new UnsupportedOperationException("Objects are given one by one");
    }

    @Override
    public ObjectReader newReader() {
        throw new UnsupportedOperationException("Nothing reads before the objects are in place");
    }

    @Override
    public void close() {
        deflater.end();
    }
}
