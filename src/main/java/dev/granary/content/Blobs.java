package dev.granary.content;

import dev.granary.commits.GitWork;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.BitmapWalker;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevBlob;
import org.eclipse.jgit.revwalk.RevObject;
import org.springframework.stereotype.Component;

/**
 * Files named by the id of their content. One that no branch or tag leads to does not exist: the object store may be
 * shared with forks, and what was removed from the history stays in it for a while.
 */
@Component
class Blobs {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");

    private final RepositoryService repositories;
    private final GitWork work;

    Blobs(RepositoryService repositories, GitWork work) {
        this.repositories = repositories;
        this.work = work;
    }

    /** Reads an id; a Problem if it is none. */
    static ObjectId id(String text) {
        if (!ID.matcher(text).matches()) {
            throw Problem.invalid("blob_id", "blob-id");
        }
        return ObjectId.fromString(text);
    }

    /** Fails with {@link ErrorCode#FILE_NOT_FOUND} unless a branch or tag that the caller may see leads to it. */
    void requireVisible(Caller caller, HostedRepository repository, ObjectId id) {
        try (var git = repositories.open(caller, repository)) {
            if (!work.run(() -> reachable(git, id))) {
                throw new Problem(ErrorCode.FILE_NOT_FOUND, id.name());
            }
        }
    }

    private static boolean reachable(Repository git, ObjectId id) throws IOException {
        var deadline = new Deadline(PATIENCE);
        try (var reader = git.newObjectReader();
                var walk = new ObjectWalk(reader)) {
            if (!(walk.parseAny(id) instanceof RevBlob blob)) {
                return false;
            }
            var tips = new ArrayList<RevObject>();
            for (var ref : git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
                tips.add(walk.parseAny(ref.getObjectId()));
            }
            var bitmaps = reader.getBitmapIndex();
            return bitmaps == null
                    ? found(walk, tips, blob, deadline)
                    : new BitmapWalker(walk, bitmaps, deadline)
                            .findObjects(tips, null, true)
                            .contains(blob);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
        }
    }

    /** Where nothing tells quickly, everything is looked at. */
    private static boolean found(ObjectWalk walk, List<RevObject> tips, RevBlob blob, Deadline deadline)
            throws IOException {
        walk.setRetainBody(false);
        for (var tip : tips) {
            walk.markStart(tip);
        }
        while (walk.next() != null) {
            deadline.check();
        }
        for (var object = walk.nextObject(); object != null; object = walk.nextObject()) {
            if (object.equals(blob)) {
                return true;
            }
            deadline.check();
        }
        return false;
    }
}
