package dev.granary.reviews;

import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.reviews.MergeRequestService.Found;
import dev.granary.reviews.NoteStore.SystemNote;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.revwalk.RevWalk;
import org.springframework.stereotype.Service;

/** What belongs to one merge request. */
@Service
public class MergeRequestDetailService {
    private final MergeRequestService service;
    private final VersionStore versions;
    private final VersionCounts counts;
    private final PersonStore people;
    private final NoteStore notes;
    private final GitWork work;

    MergeRequestDetailService(
            MergeRequestService service,
            VersionStore versions,
            VersionCounts counts,
            PersonStore people,
            NoteStore notes,
            GitWork work) {
        this.service = service;
        this.versions = versions;
        this.counts = counts;
        this.people = people;
        this.notes = notes;
        this.work = work;
    }

    /** A request, for whoever sees its repository. */
    public Found show(Caller caller, long repositoryId, long iid) {
        return service.require(caller, repositoryId, iid, Permission.VIEW);
    }

    /** The request of an id in the whole installation; where the repository has none, the one of that number. */
    Found showById(Caller caller, long repositoryId, long id) {
        return service.requireById(caller, repositoryId, id, Permission.VIEW)
                .orElseGet(() -> show(caller, repositoryId, id));
    }

    /** The ids of all who have to do with a request: who made it, have a part in it, or wrote something about it. */
    Page<Long> participants(Caller caller, long repositoryId, long iid, Slice slice) {
        var request = show(caller, repositoryId, iid).request();
        var all = new LinkedHashSet<Long>();
        all.add(request.authorId());
        people.of(request.id()).forEach(person -> all.add(person.userId()));
        all.addAll(notes.authors(request.id()));
        all.addAll(UserViews.present(request.mergeUserId(), request.closedById()));
        return new Page<>(all.stream().skip(slice.offset()).limit(slice.limit()).toList(), all.size());
    }

    /** A page of the versions, the newest first, each counted. */
    public Page<Version> versions(Caller caller, long repositoryId, long iid, Slice slice) {
        var found = show(caller, repositoryId, iid);
        try (var git = service.open(found)) {
            return versions.list(found.request().id(), slice).map(version -> counts.counted(git, version));
        }
    }

    /** A page of what happened to a request, the oldest first. */
    Page<SystemNote> systemNotes(Caller caller, long repositoryId, long iid, Slice slice) {
        return notes.list(show(caller, repositoryId, iid).request().id(), slice);
    }

    /** A page of the newest version's commits, the newest first. */
    public Page<Commit> commits(Caller caller, long repositoryId, long iid, Slice slice) {
        var found = show(caller, repositoryId, iid);
        try (var git = service.open(found)) {
            var version = counts.counted(git, versions.current(found.request().id()));
            var commits = work.run(() -> {
                try (var walk = new RevWalk(git)) {
                    VersionCounts.start(walk, version);
                    var page = new ArrayList<Commit>();
                    var skipped = 0L;
                    for (var commit = walk.next();
                            commit != null && page.size() < slice.limit();
                            commit = walk.next()) {
                        if (skipped++ >= slice.offset()) {
                            walk.parseBody(commit);
                            page.add(Commit.of(commit));
                        }
                    }
                    return List.copyOf(page);
                }
            });
            return new Page<>(commits, Objects.requireNonNullElse(version.commitCount(), 0L));
        }
    }
}
