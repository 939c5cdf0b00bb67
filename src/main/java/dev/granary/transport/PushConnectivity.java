package dev.granary.transport;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.StopWalkException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectIdSubclassMap;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.transport.ConnectivityChecker;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jspecify.annotations.Nullable;

/**
 * Checks that everything the pushed refs reach is there, and that no file is too large.
 *
 * <p>Where the repository borrows objects of another, being there is not enough: whoever knows the id of an object in
 * the other repository could name it in a push and then read it here. There an object must have come with the push or
 * be reachable from this repository's refs. So it is where refs are hidden from the pusher. JGit's own check of that kind refuses good pushes whose client left out an
 * object of older history, so this one asks the whole history before it refuses.
 *
 * <p>A check without a parser is one of objects that came earlier.
 */
public final class PushConnectivity implements ConnectivityChecker {
    private final boolean foreign;
    private final long largestFile;

    /**
     * @param foreign whether the object store shows objects that are not the pusher's to read: of another repository, or
     *     of refs that are hidden
     * @param largestFile in bytes
     */
    public PushConnectivity(boolean foreign, long largestFile) {
        this.foreign = foreign;
        this.largestFile = largestFile;
    }

    @Override
    public void checkConnectivity(ConnectivityCheckInfo push, Set<ObjectId> tips, ProgressMonitor progress)
            throws IOException {
        progress.beginTask("Checking connectivity", ProgressMonitor.UNKNOWN);
        try {
            // Almost always a push continues what it moves. Looking at all that exists takes long where there is much.
            if (!check(push, likely(push), tips, true, progress)) {
                check(push, tips, tips, false, progress);
            }
        } finally {
            progress.endTask();
        }
    }

    /** Where the refs are that are to move, and the default branch. By this server's word, not by the client's. */
    private static Set<ObjectId> likely(ConnectivityCheckInfo push) throws IOException {
        var likely = new HashSet<ObjectId>();
        for (var command : push.getCommands()) {
            add(command.getRef(), likely);
        }
        add(push.getRepository().exactRef(Constants.HEAD), likely);
        return likely;
    }

    private static void add(@Nullable Ref ref, Set<ObjectId> ids) {
        if (ref != null && ref.getObjectId() != null) {
            ids.add(ref.getObjectId());
        }
    }

    /**
     * Whether the check came to its end.
     *
     * @param known what the walk ends at, some or all of the tips
     * @param quick whether to give up at the first commit that neither came with the push nor is before what is known
     */
    private boolean check(
            ConnectivityCheckInfo push,
            Set<ObjectId> known,
            Set<ObjectId> tips,
            boolean quick,
            ProgressMonitor progress)
            throws IOException {
        var received = push.getParser() == null
                ? new ObjectIdSubclassMap<ObjectId>()
                : push.getParser().getNewObjectIds();
        try (var walk = new ObjectWalk(push.getRepository())) {
            walk.setRetainBody(false);
            // Boundary commits mark their trees as known, so that only what changed is walked.
            walk.sort(RevSort.BOUNDARY, true);
            var stopping = new ReceivedOnly(received);
            if (quick) {
                walk.setRevFilter(stopping);
            }
            if (!start(push, known, tips, walk)) {
                return true;
            }
            var unproven = walk(walk, received, stopping, tooLarge(push), progress);
            if (stopping.stopped) {
                return false;
            }
            if (foreign) {
                if (push.getParser() != null) {
                    for (var base : push.getParser().getBaseObjectIds()) {
                        addIfUnknown(walk.parseAny(base), unproven);
                    }
                }
                prove(push.getRepository(), unproven, tips);
            }
            return true;
        }
    }

    /** Ends a walk at the first commit that did not come with the push. */
    private static final class ReceivedOnly extends RevFilter {
        private final ObjectIdSubclassMap<ObjectId> received;
        boolean stopped;

        ReceivedOnly(ObjectIdSubclassMap<ObjectId> received) {
            this.received = received;
        }

        @Override
        public boolean include(RevWalk walk, RevCommit commit) {
            if (!received.contains(commit)) {
                stopped = true;
                throw StopWalkException.INSTANCE;
            }
            return true;
        }

        @Override
        public boolean requiresCommitBody() {
            return false;
        }

        @Override
        @SuppressWarnings("MissingSuperCall") // There is nothing to copy: it serves one walk.
        public RevFilter clone() {
            return this;
        }
    }

    private static boolean start(ConnectivityCheckInfo push, Set<ObjectId> known, Set<ObjectId> tips, ObjectWalk walk)
            throws IOException {
        var any = false;
        for (var command : push.getCommands()) {
            if (command.getType() != ReceiveCommand.Type.DELETE
                    && command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED
                    && !tips.contains(command.getNewId())) {
                walk.markStart(walk.parseAny(command.getNewId()));
                any = true;
            }
        }
        if (any) {
            for (var tip : known) {
                walk.markUninteresting(walk.parseAny(tip));
            }
        }
        return any;
    }

    private List<RevObject> walk(
            ObjectWalk walk,
            ObjectIdSubclassMap<ObjectId> received,
            ReceivedOnly stopping,
            ObjectIdOwnerMap<SizedObject> tooLarge,
            ProgressMonitor progress)
            throws IOException {
        var unproven = new ArrayList<RevObject>();
        for (var commit = walk.next(); commit != null; commit = walk.next()) {
            progress.update(1);
            if (!received.contains(commit)) {
                addIfUnknown(commit, unproven);
            }
        }
        if (stopping.stopped) {
            return unproven;
        }
        for (var object = walk.nextObject(); object != null; object = walk.nextObject()) {
            progress.update(1);
            if (object.has(RevFlag.UNINTERESTING)) {
                continue;
            }
            if (received.contains(object)) {
                refuseIfTooLarge(walk, tooLarge.get(object));
            } else if (foreign) {
                unproven.add(object);
                if (object instanceof RevTree) {
                    walk.skipTree();
                }
            } else if (object.getType() == Constants.OBJ_BLOB
                    && !walk.getObjectReader().has(object)) {
                throw new MissingObjectException(object, Constants.TYPE_BLOB);
            }
        }
        if (!tooLarge.isEmpty()) {
            throw new Problem(
                    ErrorCode.PUSHED_OBJECT_TOO_LARGE, tooLarge.iterator().next().size, largestFile);
        }
        return unproven;
    }

    private static void addIfUnknown(RevObject object, List<RevObject> unproven) {
        if (!object.has(RevFlag.UNINTERESTING)) {
            unproven.add(object);
        }
    }

    private void refuseIfTooLarge(ObjectWalk walk, @Nullable SizedObject object) {
        if (object != null) {
            throw new Problem(
                    ErrorCode.PUSHED_FILE_TOO_LARGE,
                    Objects.requireNonNullElse(walk.getPathString(), object.name()),
                    object.size,
                    largestFile);
        }
    }

    /** Refuses the push unless this repository's own refs reach every one of the objects. */
    private static void prove(Repository repository, List<RevObject> unproven, Set<ObjectId> tips) throws IOException {
        if (unproven.isEmpty()) {
            return;
        }
        try (var reader = repository.newObjectReader()) {
            var foreign = Reachability.unreachable(reader, unproven, tips);
            if (foreign.isPresent()) {
                throw new MissingObjectException(foreign.get(), "object");
            }
        }
    }

    private ObjectIdOwnerMap<SizedObject> tooLarge(ConnectivityCheckInfo push) {
        var found = new ObjectIdOwnerMap<SizedObject>();
        if (push.getParser() == null) {
            return found;
        }
        for (var object : push.getParser().getSortedObjectList(null)) {
            if (object.getFullSize() > largestFile) {
                found.addIfAbsent(new SizedObject(object, object.getFullSize()));
            }
        }
        return found;
    }

    private static final class SizedObject extends ObjectIdOwnerMap.Entry {
        final long size;

        SizedObject(AnyObjectId id, long size) {
            super(id);
            this.size = size;
        }
    }
}
