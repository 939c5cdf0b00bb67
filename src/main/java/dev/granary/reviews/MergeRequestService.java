package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.springframework.stereotype.Service;

/** The one door to merge requests: who sees them may read them, and what is read knows all that was pushed. */
@Service
public class MergeRequestService {
    private final RepositoryService repositories;
    private final MergeRequestStore store;
    private final VersionStore versions;
    private final ReviewRefs refs;
    private final CatchUp catchUp;
    private final AccessService access;

    MergeRequestService(
            RepositoryService repositories,
            MergeRequestStore store,
            VersionStore versions,
            ReviewRefs refs,
            CatchUp catchUp,
            AccessService access) {
        this.repositories = repositories;
        this.store = store;
        this.versions = versions;
        this.refs = refs;
        this.catchUp = catchUp;
        this.access = access;
    }

    /** A request and the repository it is to be merged into. */
    public record Found(HostedRepository repository, MergeRequest request) {}

    /** The request of a number, if the caller holds the permission on its repository. */
    public Found require(Caller caller, long repositoryId, long iid, Permission permission) {
        var repository = repositories.require(caller, repositoryId, permission);
        return new Found(repository, current(repositoryId, iid));
    }

    /** The request of an id in the whole installation, where it is one into the repository. */
    Optional<Found> requireById(Caller caller, long repositoryId, long id, Permission permission) {
        var repository = repositories.require(caller, repositoryId, permission);
        return store.byId(id)
                .filter(request -> request.repositoryId() == repositoryId)
                .map(request -> new Found(repository, catchUp.current(request)));
    }

    /**
     * The request of a number, if the caller holds the permission on its repository, or made the request and still sees
     * the repository.
     */
    public Found requireOwn(Caller caller, long repositoryId, long iid, Permission permission) {
        var found = require(caller, repositoryId, iid, Permission.VIEW);
        var user = access.requireUser(caller);
        if (found.request().authorId() != user.id()) {
            access.require(caller, new Scope.Repository(repositoryId), permission);
        }
        return found;
    }

    private MergeRequest current(long repositoryId, long iid) {
        return store.find(repositoryId, iid)
                .map(catchUp::current)
                .orElseThrow(() -> new Problem(ErrorCode.MERGE_REQUEST_NOT_FOUND));
    }

    /** The request of an id as it is now; it must be there. */
    MergeRequest again(long id) {
        return store.byId(id).orElseThrow(() -> new Problem(ErrorCode.MERGE_REQUEST_NOT_FOUND));
    }

    /** Fails unless the request waits to be merged. */
    static void requireOpen(MergeRequest request) {
        if (!request.isOpen()) {
            throw new Problem(ErrorCode.MERGE_REQUEST_NOT_OPEN, request.state());
        }
    }

    /** The newest version of a request. */
    public Version version(MergeRequest request) {
        return versions.current(request.id());
    }

    /** The version of a diff id. */
    public Version version(MergeRequest request, long diffId) {
        return versions.find(request.id(), diffId)
                .orElseThrow(() -> new Problem(ErrorCode.MERGE_REQUEST_VERSION_NOT_FOUND, diffId));
    }

    /**
     * Opens the repository that has all commits of a request, and sees to it that its refs are there; the caller closes
     * it.
     */
    public Repository open(Found found) {
        var git = repositories.open(found.repository());
        try {
            repair(git, found.request());
            return git;
        } catch (IOException e) {
            git.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            git.close();
            throw e;
        }
    }

    /** Writes the refs that are missing, as far as their commits are there. */
    private void repair(Repository git, MergeRequest request) throws IOException {
        var head = git.exactRef(request.headRef());
        if (head != null && head.getObjectId().name().equals(request.headCommit())) {
            return;
        }
        var wanted = new LinkedHashMap<String, ObjectId>();
        for (var version : versions.all(request.id())) {
            var commit = ObjectId.fromString(version.headCommit());
            if (git.getObjectDatabase().has(commit)) {
                wanted.put(ReviewRefs.version(request.iid(), version.number()), commit);
            }
        }
        var commit = ObjectId.fromString(request.headCommit());
        if (git.getObjectDatabase().has(commit)) {
            wanted.put(request.headRef(), commit);
        }
        refs.write(git, wanted);
    }
}
