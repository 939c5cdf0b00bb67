package dev.granary.content;

import dev.granary.repositories.NewObject;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;

/**
 * Writes the objects of one commit, durable once {@link #flush} returns; before, nothing of them is visible. Few and small
 * ones become loose objects, as those of small pushes do: a pack for every commit would soon be a thousand packs, and each
 * request looks into every one. More become one pack.
 */
final class CommitObjects extends ObjectInserter {
    private static final int MOST_LOOSE = 32;
    private static final long MOST_LOOSE_BYTES = 1024L * 1024;

    private final RepositoryService repositories;
    private final Repository git;
    private final ObjectInserter pack;
    private final Map<ObjectId, NewObject> loose = new LinkedHashMap<>();
    private long bytes;
    private boolean many;

    CommitObjects(RepositoryService repositories, Repository git) {
        this.repositories = repositories;
        this.git = git;
        this.pack = PackWriter.into(git);
    }

    @Override
    public ObjectId insert(int type, byte[] data, int offset, int length) throws IOException {
        if (!many && (loose.size() == MOST_LOOSE || bytes + length > MOST_LOOSE_BYTES)) {
            many = true;
            for (var object : loose.values()) {
                pack.insert(object.type(), object.content());
            }
            loose.clear();
        }
        if (many) {
            return pack.insert(type, data, offset, length);
        }
        var id = idFor(type, data, offset, length);
        if (loose.putIfAbsent(id, new NewObject(id, type, Arrays.copyOfRange(data, offset, offset + length))) == null) {
            bytes += length;
        }
        return id;
    }

    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
        return insert(type, in.readNBytes(Math.toIntExact(length)));
    }

    @Override
    public void flush() throws IOException {
        if (many) {
            pack.flush();
        } else {
            repositories.addObjects(git, loose.values());
            loose.clear();
        }
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
        pack.close();
    }
}
