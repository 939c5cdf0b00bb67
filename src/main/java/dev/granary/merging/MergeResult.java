package dev.granary.merging;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.jspecify.annotations.Nullable;

/** What came of a merge. */
public sealed interface MergeResult {

    /**
     * A commit was made. It exists nowhere until its objects are stored.
     *
     * @param commit its id; of a rebase the last one's
     * @param tree the commit's tree
     * @param objects what has to be stored before a ref may name the commit; empty when the commit exists already
     */
    record Made(ObjectId commit, ObjectId tree, List<MadeObject> objects) implements MergeResult {
        public Made {
            objects = List.copyOf(objects);
        }

        /** Gives every object to an inserter ({@code CommitPack} for one), which is to be flushed afterwards. */
        public void writeTo(ObjectInserter inserter) throws IOException {
            for (var object : objects) {
                inserter.insert(object.type(), object.content());
            }
        }
    }

    /**
     * Nothing was made, for a person has to decide.
     *
     * @param conflicts in order of their paths; at least one
     * @param stoppedAt the commit that could not be applied; null for a merge as a whole
     */
    record Conflicting(List<Conflict> conflicts, @Nullable ObjectId stoppedAt) implements MergeResult {
        public Conflicting {
            conflicts = List.copyOf(conflicts);
        }
    }

    /** Nothing is to be done: all of the source is in the target already. */
    record Nothing() implements MergeResult {}

    /**
     * An object that a merge made.
     *
     * @param type JGit's number of its type
     * @param content without header; nobody changes it
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record MadeObject(ObjectId id, int type, byte[] content) {}
}
