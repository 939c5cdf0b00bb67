package dev.granary.merging;

import dev.granary.kernel.Client;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.merging.MergeResult.MadeObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Reads a repository and keeps in memory what is made of it, so that what was made can be read as well. Ends with
 * {@link ErrorCode#BUSY} what takes too long or nobody waits for, and with {@link ErrorCode#MERGE_TOO_LARGE} what makes too much.
 */
final class Workspace implements AutoCloseable {
    /** Larger files are not merged by their lines. */
    static final long LARGEST_FILE = 10L << 20;

    private static final long MOST_BYTES = 128L << 20;
    private static final int DEEPEST = 500;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final ObjectReader reader;
    private final RevWalk walk;
    private final Map<ObjectId, MadeObject> made = new LinkedHashMap<>();
    /** What was made on the way and belongs to no result. */
    private final Map<ObjectId, MadeObject> temporary = new HashMap<>();

    private final ObjectInserter.Formatter formatter = new ObjectInserter.Formatter();
    private final long deadline = System.nanoTime() + PATIENCE_NANOS;
    private final Client client = Client.current();
    private long bytes;

    Workspace(Repository git) {
        this.reader = git.newObjectReader();
        this.walk = new RevWalk(reader);
    }

    RevWalk walk() {
        return walk;
    }

    ObjectReader reader() {
        return reader;
    }

    /** The object, of the repository or made here. */
    ObjectLoader open(ObjectId id, int type) throws IOException {
        var own = made.get(id);
        if (own == null) {
            own = temporary.get(id);
        }
        return own == null ? reader.open(id, type) : new ObjectLoader.SmallObject(type, own.content());
    }

    /** The content of a tree. */
    byte[] tree(ObjectId id) throws IOException {
        return open(id, Constants.OBJ_TREE).getCachedBytes(Integer.MAX_VALUE);
    }

    /** Keeps an object that belongs to the result. */
    ObjectId keep(int type, byte[] content) {
        return keep(made, type, content);
    }

    /** Keeps an object that is only needed on the way. */
    ObjectId keepTemporarily(int type, byte[] content) {
        return keep(temporary, type, content);
    }

    private ObjectId keep(Map<ObjectId, MadeObject> objects, int type, byte[] content) {
        requireTime();
        var id = formatter.idFor(type, content);
        if (objects.putIfAbsent(id, new MadeObject(id, type, content)) == null) {
            bytes += content.length;
            if (bytes > MOST_BYTES) {
                throw new Problem(ErrorCode.MERGE_TOO_LARGE);
            }
        }
        return id;
    }

    /** What was made of the history that ends with a commit, which need not have been made here itself. */
    List<MadeObject> madeFor(ObjectId commit) throws IOException {
        var found = new LinkedHashMap<ObjectId, MadeObject>();
        var open = new ArrayDeque<ObjectId>(List.of(commit));
        while (!open.isEmpty()) {
            var object = made.get(open.remove());
            if (object != null && found.putIfAbsent(object.id(), object) == null) {
                if (object.type() == Constants.OBJ_COMMIT) {
                    var parsed = RevCommit.parse(object.content());
                    open.add(parsed.getTree());
                    open.addAll(List.of(parsed.getParents()));
                } else if (object.type() == Constants.OBJ_TREE) {
                    Entry.read(this, object.id()).values().forEach(entry -> open.add(entry.id()));
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** Called wherever work may be long. */
    void requireTime() {
        if (client.isGone() || System.nanoTime() - deadline > 0) {
            throw new Problem(ErrorCode.BUSY);
        }
    }

    /** Called for every folder: nobody has so deep ones, and everything here goes down step by step. */
    void requireTimeAndDepth(String folder) {
        requireTime();
        if (folder.length() > DEEPEST
                && folder.chars().filter(sign -> sign == '/').count() > DEEPEST) {
            throw new Problem(ErrorCode.MERGE_TOO_LARGE);
        }
    }

    @Override
    public void close() {
        walk.close();
        reader.close();
        formatter.close();
    }
}
