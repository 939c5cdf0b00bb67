package dev.granary.transport;

import dev.granary.repositories.NewObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.PackedObjectInfo;

/**
 * Parses a pushed pack in memory, for as long as it is small. Its objects then become loose ones, as with native git: a
 * pack of its own for every small push would soon be a thousand packs, and each request looks into every one.
 */
final class SmallPack extends PackParser {
    private static final int MOST_OBJECTS = 32;
    private static final int MOST_PACKED_BYTES = 256 * 1024;
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final List<NewObject> objects = new ArrayList<>();
    private final List<Blob> blobs = new ArrayList<>();
    private final Stored stored = new Stored();
    private final long mostPacked;
    private long objectBegin;
    private int objectType;
    private long objectSize;
    private long contentBegin;
    private long bytes;

    /**
     * Reads a pack from a stream.
     *
     * @param limit how many bytes a pack may have; one that is larger is not small
     */
    SmallPack(Repository repository, InputStream in, long limit) {
        super(new Uncached(repository.getObjectDatabase()), in);
        mostPacked = Math.min(MOST_PACKED_BYTES, limit - Constants.OBJECT_ID_LENGTH);
    }

    /** The pack is not small after all; what was read of it must be read again by a parser that writes a file. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** Where a file's content is in the pack; JGit checks it, but does not keep it. */
    private record Blob(ObjectId id, int begin, int size) {}

    /** What the pack holds, once it is parsed. */
    List<NewObject> objects() throws IOException {
        for (var blob : blobs) {
            objects.add(new NewObject(blob.id(), Constants.OBJ_BLOB, stored.inflate(blob.begin(), blob.size())));
        }
        blobs.clear();
        return objects;
    }

    private void hold(long size) throws TooLargeException {
        bytes += size;
        if (bytes > MOST_BYTES) {
            throw new TooLargeException();
        }
    }

    @Override
    protected void onPackHeader(long count) throws IOException {
        if (count > MOST_OBJECTS) {
            throw new TooLargeException();
        }
    }

    @Override
    protected void onStoreStream(byte[] raw, int position, int length) throws IOException {
        stored.write(raw, position, length);
        if (stored.size() > mostPacked) {
            throw new TooLargeException();
        }
    }

    @Override
    protected void onBeginWholeObject(long position, int type, long size) throws IOException {
        hold(size);
        objectBegin = position;
        objectType = type;
        objectSize = size;
    }

    @Override
    protected void onObjectHeader(Source source, byte[] raw, int position, int length) {
        contentBegin = objectBegin + length;
    }

    @Override
    protected void onEndWholeObject(PackedObjectInfo info) {
        if (objectType == Constants.OBJ_BLOB) {
            blobs.add(new Blob(info.copy(), (int) contentBegin, (int) objectSize));
        }
    }

    @Override
    protected void onBeginOfsDelta(long position, long basePosition, long size) throws IOException {
        hold(size);
    }

    @Override
    protected void onBeginRefDelta(long position, AnyObjectId base, long size) throws IOException {
        hold(size);
    }

    @Override
    protected void onInflatedObjectData(PackedObjectInfo info, int type, byte[] content) throws IOException {
        hold(content.length);
        objects.add(new NewObject(info.copy(), type, content));
    }

    @Override
    protected void onObjectData(Source source, byte[] raw, int position, int length) {}

    @Override
    protected void onPackFooter(byte[] hash) {}

    /** Bases that a client left out are in the repository already, and stay what they are. */
    @Override
    protected boolean onAppendBase(int type, byte[] content, PackedObjectInfo info) {
        return false;
    }

    @Override
    protected void onEndThinPack() {}

    @Override
    protected ObjectTypeAndSize seekDatabase(PackedObjectInfo object, ObjectTypeAndSize info) throws IOException {
        stored.position = (int) object.getOffset();
        return readObjectHeader(info);
    }

    @Override
    protected ObjectTypeAndSize seekDatabase(UnresolvedDelta delta, ObjectTypeAndSize info) throws IOException {
        stored.position = (int) delta.getOffset();
        return readObjectHeader(info);
    }

    @Override
    protected int readDatabase(byte[] target, int position, int count) {
        return stored.read(target, position, count);
    }

    /** What is read again never left memory. */
    @Override
    protected boolean checkCRC(int earlier) {
        return true;
    }

    /** The pack's bytes, and where they are read again. */
    private static final class Stored extends ByteArrayOutputStream {
        int position;

        Stored() {
            super(8 * 1024);
        }

        int read(byte[] target, int to, int most) {
            var length = Math.min(most, count - position);
            System.arraycopy(buf, position, target, to, length);
            position += length;
            return length;
        }

        byte[] inflate(int begin, int size) throws CorruptObjectException {
            var inflater = new Inflater();
            try {
                inflater.setInput(buf, begin, count - begin);
                var content = new byte[size];
                var done = 0;
                while (done < size) {
                    var inflated = inflater.inflate(content, done, size - done);
                    if (inflated == 0) {
                        throw new CorruptObjectException("A file in the pack ends early");
                    }
                    done += inflated;
                }
                return content;
            } catch (DataFormatException e) {
                throw new CorruptObjectException(String.valueOf(e.getMessage()), e);
            } finally {
                inflater.end();
            }
        }
    }

    /**
     * An object database that gives itself where a parser asks for a cached one: making that would list every loose
     * object of the repository.
     */
    private static final class Uncached extends ObjectDatabase {
        private final ObjectDatabase objects;

        Uncached(ObjectDatabase objects) {
            this.objects = objects;
        }

        @Override
        public ObjectInserter newInserter() {
            return objects.newInserter();
        }

        @Override
        public ObjectReader newReader() {
            return objects.newReader();
        }

        @Override
        public long getApproximateObjectCount() {
            return objects.getApproximateObjectCount();
        }

        @Override
        public void close() {}
    }
}
