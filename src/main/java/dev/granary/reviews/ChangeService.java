package dev.granary.reviews;

import dev.granary.access.Permission;
import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.merging.ChangedFile;
import dev.granary.merging.Changes;
import dev.granary.merging.DiffOptions;
import dev.granary.merging.FilePatch;
import dev.granary.merging.Whitespace;
import dev.granary.reviews.MergeRequestService.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What merge requests change: as a whole, between two versions, or by one of their commits. */
@Service
public class ChangeService {
    /** The most files that are listed with their differences. */
    private static final int MOST_PATCHES = 300;

    /** The most files that are listed without. */
    private static final int MOST_FILES = 5_000;

    /** The most characters of differences in an answer. */
    private static final int MOST_CHARACTERS = 5_000_000;

    private final MergeRequestService service;
    private final VersionStore versions;
    private final Changes changes;
    private final GitWork work;

    ChangeService(MergeRequestService service, VersionStore versions, Changes changes, GitWork work) {
        this.service = service;
        this.versions = versions;
        this.changes = changes;
        this.work = work;
    }

    /**
     * What is compared, as the request's parameters name it; all absent for the request as a whole.
     *
     * @param commit a commit of the request; its newest head and {@code all} stand for the request as a whole
     * @param from the diff id of a version whose head is compared
     * @param to the diff id of the version whose head is compared with that, or else with its own base
     */
    public record Range(
            @Nullable String commit,
            @Nullable Long from,
            @Nullable Long to) {}

    /** A changed file, and how its lines differ; null where that was not looked at. */
    record Change(ChangedFile file, @Nullable FilePatch patch) {}

    /**
     * What differs.
     *
     * @param total how many files do
     * @param complete false when more do than are looked at
     */
    record Listing(Found found, ChangedFileView.Refs refs, List<Change> changes, int total, boolean complete) {}

    private record Sides(@Nullable ObjectId before, ObjectId after, ObjectId start) {}

    /**
     * The files of a range, with their differences as far as the answer has room for them.
     *
     * @param path only this file; null for all
     * @param patches whether differences are wanted
     */
    Listing list(
            Caller caller,
            long repositoryId,
            long iid,
            Range range,
            @Nullable String path,
            boolean ignoreSpace,
            boolean patches) {
        return read(
                caller, repositoryId, iid, range, path, ignoreSpace, patches, 0, patches ? MOST_PATCHES : MOST_FILES);
    }

    /** A page of the files of a range, with their differences as far as the answer has room for them. */
    Listing page(Caller caller, long repositoryId, long iid, Range range, boolean ignoreSpace, Slice slice) {
        return read(caller, repositoryId, iid, range, null, ignoreSpace, true, slice.offset(), slice.limit());
    }

    private Listing read(
            Caller caller,
            long repositoryId,
            long iid,
            Range range,
            @Nullable String path,
            boolean ignoreSpace,
            boolean patches,
            long offset,
            int most) {
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        try (var git = service.open(found)) {
            var sides = sides(git, found.request(), range);
            var list = changes.between(git, sides.before(), sides.after());
            var files = list.files().stream()
                    .filter(file -> path == null
                            || file.newPath().equals(path)
                            || file.oldPath().equals(path))
                    .toList();
            if (path != null && files.isEmpty()) {
                throw new Problem(ErrorCode.FILE_NOT_FOUND, path);
            }
            var page = files.stream().skip(offset).limit(most).toList();
            var refs = new ChangedFileView.Refs(
                    ObjectId.toString(sides.before()),
                    sides.after().name(),
                    sides.start().name());
            return new Listing(
                    found, refs, read(git, page, ignoreSpace, patches, path != null), files.size(), list.complete());
        }
    }

    /** All files of a range, and how many lines differ in some of them. */
    public ReviewedChanges files(
            Caller caller, long repositoryId, long iid, Range range, boolean ignoreSpace, long offset, int most) {
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        try (var git = service.open(found)) {
            var sides = sides(git, found.request(), range);
            var list = changes.between(git, sides.before(), sides.after());
            var page = list.files().stream().skip(offset).limit(most).toList();
            var counts = changes.count(git, page, whitespace(ignoreSpace));
            return new ReviewedChanges(
                    ObjectId.toString(sides.before()),
                    sides.start().name(),
                    sides.after().name(),
                    list.files().stream()
                            .map(file -> ReviewedFile.of(file, null))
                            .toList(),
                    IntStream.range(0, page.size())
                            .mapToObj(index -> ReviewedFile.of(page.get(index), counts.get(index)))
                            .toList(),
                    list.complete());
        }
    }

    /** The lines of one file of a range, as many as a page with many files has room for; or far more. */
    public ReviewedChanges.Lines lines(
            Caller caller, long repositoryId, long iid, Range range, String path, boolean ignoreSpace, boolean more) {
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        try (var git = service.open(found)) {
            var sides = sides(git, found.request(), range);
            var file = changes.between(git, sides.before(), sides.after()).files().stream()
                    .filter(each -> each.newPath().equals(path))
                    .findFirst()
                    .orElseThrow(() -> new Problem(ErrorCode.FILE_NOT_FOUND, path));
            var whitespace = whitespace(ignoreSpace);
            var patch =
                    changes.patch(git, file, more ? DiffOptions.single(whitespace) : DiffOptions.listed(whitespace));
            return new ReviewedChanges.Lines(
                    ObjectId.toString(sides.before()),
                    sides.start().name(),
                    sides.after().name(),
                    ReviewedFile.of(file, patch.count()),
                    patch);
        }
    }

    private static Whitespace whitespace(boolean ignoreSpace) {
        return ignoreSpace ? Whitespace.IGNORE_CHANGE : Whitespace.KEEP;
    }

    private List<Change> read(
            Repository git, List<ChangedFile> files, boolean ignoreSpace, boolean patches, boolean single) {
        var whitespace = whitespace(ignoreSpace);
        var options = single ? DiffOptions.single(whitespace) : DiffOptions.listed(whitespace);
        var room = MOST_CHARACTERS;
        var read = new ArrayList<Change>(files.size());
        for (var file : files) {
            var patch = patches && room > 0 ? changes.patch(git, file, options) : null;
            if (patch != null) {
                room -= patch.text().length();
            }
            read.add(new Change(file, patch));
        }
        return read;
    }

    private Sides sides(Repository git, MergeRequest request, Range range) {
        var current = versions.current(request.id());
        if (range.from() != null || range.to() != null) {
            var to = range.to() == null ? current : service.version(request, range.to());
            var before = range.from() == null
                    ? to.baseCommit()
                    : service.version(request, range.from()).headCommit();
            return new Sides(
                    ObjectId.fromString(before),
                    ObjectId.fromString(to.headCommit()),
                    ObjectId.fromString(to.startCommit()));
        }
        var commit = range.commit();
        if (commit == null || commit.isEmpty() || commit.equals("all") || commit.equals(current.headCommit())) {
            return new Sides(
                    ObjectId.fromString(current.baseCommit()),
                    ObjectId.fromString(current.headCommit()),
                    ObjectId.fromString(current.startCommit()));
        }
        return single(git, current, commit);
    }

    /** A commit that a version brings, against its first parent. */
    private Sides single(Repository git, Version version, String id) {
        if (!Revisions.isFullId(id)) {
            throw Problem.invalid("commit_id", "commit-id");
        }
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                var sought = ObjectId.fromString(id);
                if (!git.getObjectDatabase().has(sought)) {
                    throw new Problem(ErrorCode.REF_NOT_FOUND, id);
                }
                var commit = walk.parseCommit(sought);
                var head = walk.parseCommit(ObjectId.fromString(version.headCommit()));
                var start = walk.parseCommit(ObjectId.fromString(version.startCommit()));
                if (!walk.isMergedInto(commit, head) || walk.isMergedInto(commit, start)) {
                    throw new Problem(ErrorCode.REF_NOT_FOUND, id);
                }
                var parent = commit.getParentCount() == 0
                        ? null
                        : commit.getParent(0).copy();
                return new Sides(parent, commit.copy(), Objects.requireNonNullElse(parent, start.copy()));
            }
        });
    }
}
