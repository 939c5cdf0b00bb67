package dev.granary.search;

import java.util.Arrays;
import org.apache.lucene.util.BytesRef;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a repository is in the index.
 *
 * @param commit the commit whose files are in the index; null while the first is not complete
 * @param target the commit whose files replace them one after the other; null when none does
 * @param upTo the path up to which that is done, in the order of bytes; empty where there is no target
 */
record IndexState(@Nullable ObjectId commit, @Nullable ObjectId target, byte[] upTo) {
    private static final int ID = Constants.OBJECT_ID_LENGTH;

    /** Everything of a commit is in the index. */
    static IndexState of(ObjectId commit) {
        return new IndexState(commit, null, new byte[0]);
    }

    /** The commit to which a file belongs that is in the index; null where there cannot be one. */
    @Nullable
    ObjectId commitOf(byte[] path) {
        return target != null && Arrays.compareUnsigned(path, upTo) <= 0 ? target : commit;
    }

    BytesRef encode() {
        var bytes = new byte[2 * ID + upTo.length];
        (commit == null ? ObjectId.zeroId() : commit).copyRawTo(bytes, 0);
        (target == null ? ObjectId.zeroId() : target).copyRawTo(bytes, ID);
        System.arraycopy(upTo, 0, bytes, 2 * ID, upTo.length);
        return new BytesRef(bytes);
    }

    static IndexState decode(BytesRef encoded) {
        return new IndexState(
                id(encoded, 0),
                id(encoded, ID),
                Arrays.copyOfRange(encoded.bytes, encoded.offset + 2 * ID, encoded.offset + encoded.length));
    }

    private static @Nullable ObjectId id(BytesRef encoded, int at) {
        var id = ObjectId.fromRaw(encoded.bytes, encoded.offset + at);
        return id.equals(ObjectId.zeroId()) ? null : id;
    }
}
