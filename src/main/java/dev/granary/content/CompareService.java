package dev.granary.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.CommitViews;
import dev.granary.commits.LineStats;
import dev.granary.commits.Revisions;
import dev.granary.commits.TreeDifference;
import dev.granary.content.DiffService.View;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Compares two revisions of a repository. */
@Service
public class CompareService {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_REMEMBERED = 5_000;

    private final RepositoryService repositories;
    private final RevisionReader revisions;
    private final CommitViews views;
    private final CompareConflicts conflicts;

    /** A comparison is looked at page by page, and its lines are as many each time. */
    private final Cache<Trees, LineStats> lines =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    CompareService(
            RepositoryService repositories, RevisionReader revisions, CommitViews views, CompareConflicts conflicts) {
        this.repositories = repositories;
        this.revisions = revisions;
        this.views = views;
        this.conflicts = conflicts;
    }

    /** What lines are counted of: two trees, of which the first is null for nothing. */
    private record Trees(
            @Nullable ObjectId before, ObjectId after, boolean ignoreWhitespaceChange, List<String> paths) {}

    private record Ahead(List<Commit> page, int count) {}

    private record Files(List<FileDiff> page, int count, boolean complete, int added, int removed) {}

    /**
     * What was found.
     *
     * @param base where the second left the first; null when they have nothing in common, or that was not asked for
     */
    private record Found(ObjectId from, Commit to, @Nullable ObjectId base, Ahead ahead, Files files) {
        ObjectId toId() {
            return ObjectId.fromString(to.id());
        }

        boolean same() {
            return from.equals(toId());
        }
    }

    /**
     * What a merge has in conflict.
     *
     * @param files null where that is not known
     * @param complete false when it took too much to find out
     */
    private record Conflicts(@Nullable List<CompareConflicts.Paths> files, boolean complete) {
        static final Conflicts UNKNOWN = new Conflicts(null, true);
    }

    /**
     * How the second revision differs from the first.
     *
     * @param targetId the repository of the first by the contract; only the same one, or null
     */
    Comparison compare(Caller caller, long repositoryId, @Nullable Long targetId, CompareQuery query) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        if (targetId != null && targetId != repositoryId) {
            throw Problem.invalid("target_id", "not-offered", targetId.toString());
        }
        var found = find(caller, repository, query);
        var inConflict = conflicts(caller, repository, found, query);
        var diffs = query.view() == CompareQuery.View.FILES || query.view().diffs();
        return new Comparison(
                views.of(found.to()),
                query.view().commits() ? views.of(found.ahead().page()) : null,
                query.view().diffs() ? found.files().page() : null,
                diffs && !query.view().diffs() ? found.files().page() : null,
                !(found.files().complete() && inConflict.complete()),
                found.same(),
                inConflict.files(),
                query.countsLines() ? found.files().added() : null,
                query.countsLines() ? found.files().removed() : null,
                found.ahead().count(),
                found.files().count());
    }

    private Conflicts conflicts(Caller caller, HostedRepository repository, Found found, CompareQuery query) {
        var base = found.base();
        if (query.view() == CompareQuery.View.COUNT || base == null) {
            return Conflicts.UNKNOWN;
        }
        if (base.equals(found.from()) || base.equals(found.toId())) {
            return new Conflicts(List.of(), true);
        }
        try (var git = repositories.open(caller, repository)) {
            var files = conflicts.find(git, found.from(), found.toId()).stream()
                    .filter(file -> query.isAbout(file.newPath()) || query.isAbout(file.oldPath()))
                    .toList();
            return new Conflicts(files, true);
        } catch (Problem problem) {
            return new Conflicts(null, false);
        }
    }

    private Found find(Caller caller, HostedRepository repository, CompareQuery query) {
        return revisions.read(caller, repository, "to", query.to(), (git, walk, to) -> {
            var from = new Revisions(git, walk).require("from", query.from());
            return read(git, walk, from.copy(), to.copy(), query);
        });
    }

    /**
     * What a revision has that another one has not.
     *
     * @param commits the newest of its own commits
     * @param commitCount how many those are
     * @param files what differs from where it left the other one
     */
    public record Compared(List<Commit> commits, int commitCount, ChangedFiles files) {
        public Compared {
            commits = List.copyOf(commits);
        }
    }

    /**
     * What the second revision has that the first has not, as it is shown.
     *
     * @param slice which of the commits, and which of the files; lines are counted for the first ones only
     */
    public Compared compared(Caller caller, long repositoryId, String from, String to, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var counted = slice.offset() == 0 ? "change_lines" : "";
        var found = find(
                caller,
                repository,
                CompareQuery.of(from, to, null, false, slice).counting(counted));
        var files = found.files();
        return new Compared(
                found.ahead().page(),
                found.ahead().count(),
                new ChangedFiles(
                        files.page().stream()
                                .map(file -> ChangedFile.of(file, ChangedFile.LISTED_LINES))
                                .toList(),
                        slice.offset(),
                        files.count(),
                        files.complete(),
                        files.added(),
                        files.removed()));
    }

    /**
     * How one file differs.
     *
     * @param path in the second revision, or in the first where the second has it no more
     * @throws Problem {@link ErrorCode#FILE_NOT_FOUND} where it does not
     */
    public ChangedFile comparedFile(Caller caller, long repositoryId, String from, String to, String path) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var all = CompareQuery.of(from, to, null, false, new Slice(0, 1));
        var query = new CompareQuery(from, to, false, false, all.view(), false, List.of(path), all.slice());
        return find(caller, repository, query).files().page().stream()
                .findFirst()
                .map(file -> ChangedFile.of(file, ChangedFile.SINGLE_LINES))
                .orElseThrow(() -> new Problem(ErrorCode.FILE_NOT_FOUND, path));
    }

    private Found read(Repository git, RevWalk parent, ObjectId from, ObjectId to, CompareQuery query)
            throws IOException {
        try (var walk = new RevWalk(parent.getObjectReader())) {
            walk.setProgressMonitor(new Deadline(PATIENCE));
            var head = walk.parseCommit(to);
            walk.parseBody(head);
            var commit = Commit.of(head);
            var base = query.direct() ? walk.parseCommit(from) : mergeBase(walk, from, to);
            var files = files(git, walk, base, walk.parseCommit(to), query);
            var shared = query.direct() || base == null ? null : base.copy();
            return new Found(from, commit, shared, ahead(walk, from, to, query), files);
        }
    }

    /** Where the second left the first; null when they have nothing in common. */
    private static @Nullable RevCommit mergeBase(RevWalk walk, ObjectId from, ObjectId to) throws IOException {
        walk.reset();
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(walk.parseCommit(from));
        walk.markStart(walk.parseCommit(to));
        var base = walk.next();
        walk.reset();
        walk.setRevFilter(RevFilter.ALL);
        return base == null ? null : walk.parseCommit(base);
    }

    private static Ahead ahead(RevWalk walk, ObjectId from, ObjectId to, CompareQuery query) throws IOException {
        walk.reset();
        walk.sort(RevSort.COMMIT_TIME_DESC);
        walk.markStart(walk.parseCommit(to));
        walk.markUninteresting(walk.parseCommit(from));
        var page = new ArrayList<Commit>();
        var count = 0;
        for (var commit = walk.next(); commit != null; commit = walk.next()) {
            if (count >= query.slice().offset() && page.size() < query.slice().limit()) {
                walk.parseBody(commit);
                page.add(Commit.of(commit));
            }
            count++;
        }
        return new Ahead(page, count);
    }

    private Files files(Repository git, RevWalk walk, @Nullable RevCommit base, RevCommit head, CompareQuery query)
            throws IOException {
        var reader = walk.getObjectReader();
        var difference = TreeDifference.between(
                git, reader, base == null ? null : base.getTree(), head.getTree(), DiffReader.MAXIMUM_FILES);
        var entries = difference.entries().stream()
                .filter(entry -> query.isAbout(entry.getNewPath()) || query.isAbout(entry.getOldPath()))
                .toList();
        var from = (int) Math.min(query.slice().offset(), entries.size());
        var to = Math.min(from + query.slice().limit(), entries.size());
        var differ = new FileDiffer(reader, query.ignoreWhitespaceChange());
        var hunks = query.view().diffs();
        var view = new View(query.ignoreWhitespaceChange(), hunks, true, hunks ? DiffService.LISTED_BYTES : 0);
        var listed = hunks || query.view() == CompareQuery.View.FILES;
        var page = listed ? DiffService.shown(differ, entries.subList(from, to), view) : List.<FileDiff>of();
        var counted = LineStats.of(0, 0);
        if (query.countsLines()) {
            var key = new Trees(
                    base == null ? null : base.getTree().copy(),
                    head.getTree().copy(),
                    query.ignoreWhitespaceChange(),
                    query.paths());
            var known = lines.getIfPresent(key);
            counted = known == null ? count(differ, entries, from, page) : known;
            lines.put(key, counted);
        }
        return new Files(page, entries.size(), difference.complete(), counted.additions(), counted.deletions());
    }

    /** The lines of all entries, some of which have been compared. */
    private static LineStats count(FileDiffer differ, List<DiffEntry> entries, int from, List<FileDiff> compared)
            throws IOException {
        var added = compared.stream().mapToInt(FileDiff::addedLines).sum();
        var removed = compared.stream().mapToInt(FileDiff::removedLines).sum();
        for (var index = 0; index < entries.size(); index++) {
            if (index < from || index >= from + compared.size()) {
                var each = differ.compare(entries.get(index)).lines();
                added += each.additions();
                removed += each.deletions();
            }
        }
        return LineStats.of(added, removed);
    }
}
