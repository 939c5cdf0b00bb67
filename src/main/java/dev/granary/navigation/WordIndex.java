package dev.granary.navigation;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Which words each of a repository's source files has, in a file: the words' {@linkplain Words#hashes hashes} of one
 * content after the other, then a table of the contents sorted by id (id, where its hashes begin, how many they are), then
 * how many contents there are and the version of this form. All numbers have four bytes, the highest first. For one thread.
 */
final class WordIndex implements AutoCloseable {
    private static final int VERSION = 0x6e617601;
    private static final int ROW = Constants.OBJECT_ID_LENGTH + 2 * Integer.BYTES;
    private static final int END = 2 * Integer.BYTES;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena;
    private final MemorySegment bytes;
    private final long table;
    private final int rows;

    private WordIndex(Arena arena, MemorySegment bytes, long table, int rows) {
        this.arena = arena;
        this.bytes = bytes;
        this.table = table;
        this.rows = rows;
    }

    /** Opens a file; empty when it has another form. */
    static Optional<WordIndex> open(Path file) throws IOException {
        var arena = Arena.ofConfined();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var size = channel.size();
            if (size >= END) {
                var bytes = channel.map(MapMode.READ_ONLY, 0, size, arena);
                var rows = bytes.get(INT, size - END);
                var table = size - END - (long) ROW * rows;
                if (bytes.get(INT, size - Integer.BYTES) == VERSION && rows >= 0 && table >= 0) {
                    return Optional.of(new WordIndex(arena, bytes, table, rows));
                }
            }
            arena.close();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private long row(AnyObjectId blob) {
        var low = 0;
        var high = rows - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var at = table + (long) ROW * middle;
            var order = id(at).compareTo(blob);
            if (order == 0) {
                return at;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private ObjectId id(long at) {
        return new ObjectId(
                bytes.get(INT, at),
                bytes.get(INT, at + Integer.BYTES),
                bytes.get(INT, at + 2 * Integer.BYTES),
                bytes.get(INT, at + 3 * Integer.BYTES),
                bytes.get(INT, at + 4 * Integer.BYTES));
    }

    /** Whether a content has all of some words: false is certain, true nearly so. Empty when it is not known. */
    Optional<Boolean> has(AnyObjectId blob, int[] hashes) {
        var row = row(blob);
        if (row < 0) {
            return Optional.empty();
        }
        for (var hash : hashes) {
            if (!has(row, hash)) {
                return Optional.of(false);
            }
        }
        return Optional.of(true);
    }

    private long begin(long row) {
        return (long) Integer.BYTES * bytes.get(INT, row + Constants.OBJECT_ID_LENGTH);
    }

    private int count(long row) {
        return bytes.get(INT, row + Constants.OBJECT_ID_LENGTH + Integer.BYTES);
    }

    private boolean has(long row, int hash) {
        var begin = begin(row);
        var low = 0;
        var high = count(row) - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var found = bytes.get(INT, begin + (long) Integer.BYTES * middle);
            if (found == hash) {
                return true;
            }
            if (found < hash) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** The hashes of a content; empty when it is not known. */
    Optional<int[]> hashes(AnyObjectId blob) {
        var row = row(blob);
        return row < 0
                ? Optional.empty()
                : Optional.of(bytes.asSlice(begin(row), (long) Integer.BYTES * count(row))
                        .toArray(INT));
    }

    @Override
    public void close() {
        arena.close();
    }

    /** Writes a new file. */
    static final class Writer implements AutoCloseable {
        private final FileChannel channel;
        private final DataOutputStream out;
        private final Map<ObjectId, int[]> rows = new TreeMap<>();
        private int written;

        Writer(Path file) throws IOException {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        }

        boolean has(ObjectId blob) {
            return rows.containsKey(blob);
        }

        /** How many hashes it has. */
        int size() {
            return written;
        }

        /** Adds a content that it does not have. */
        void add(ObjectId blob, int[] hashes) throws IOException {
            rows.put(blob, new int[] {written, hashes.length});
            for (var hash : hashes) {
                out.writeInt(hash);
            }
            written += hashes.length;
        }

        /** Completes the file; afterwards it survives a crash. */
        void finish() throws IOException {
            for (var row : rows.entrySet()) {
                row.getKey().copyRawTo(out);
                for (var number : row.getValue()) {
                    out.writeInt(number);
                }
            }
            out.writeInt(rows.size());
            out.writeInt(VERSION);
            out.flush();
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
