package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.commits.GitWork;
import dev.granary.commits.LineStats;
import dev.granary.commits.Revisions;
import dev.granary.commits.TreeDifference;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Shows what commits changed. Answers are bounded in files, in bytes a file and in bytes altogether. */
@Service
public class DiffService {
    /** The longest difference of a file in a list of them. */
    static final int LISTED_BYTES = 200_000;
    /** The longest difference of a file asked for by itself. */
    private static final int SINGLE_BYTES = 2_000_000;
    /** The most bytes of all differences in an answer. */
    private static final int ANSWER_BYTES = 5_000_000;

    private final RepositoryService repositories;
    private final GitWork work;
    private final DiffReader diffs;

    DiffService(RepositoryService repositories, GitWork work, DiffReader diffs) {
        this.repositories = repositories;
        this.work = work;
        this.diffs = diffs;
    }

    /** How differences are looked at: whether the amount of white space matters, and what is to be counted and shown. */
    record View(boolean ignoreWhitespaceChange, boolean hunks, boolean lineCounts, int maximumBytes) {}

    /** Every file that a commit changed, up to the bounds. */
    List<FileDiff> all(Caller caller, long repositoryId, String revision) {
        return read(caller, repositoryId, revision, (git, walk, commit) -> {
            var changes = diffs.changes(git, walk, commit);
            var differ = new FileDiffer(walk.getObjectReader(), false);
            return shown(differ, changes.entries(), new View(false, true, false, LISTED_BYTES));
        });
    }

    /** One page of the files that a commit changed, with their differences. */
    CommitDiff page(
            Caller caller,
            long repositoryId,
            String revision,
            Slice slice,
            boolean ignoreWhitespaceChange,
            boolean counted) {
        return read(caller, repositoryId, revision, (git, walk, commit) -> {
            var changes = diffs.changes(git, walk, commit);
            var view = new View(ignoreWhitespaceChange, true, false, LISTED_BYTES);
            var differ = new FileDiffer(walk.getObjectReader(), ignoreWhitespaceChange);
            var from = (int) Math.min(slice.offset(), changes.entries().size());
            var to = Math.min(from + slice.limit(), changes.entries().size());
            var files = shown(differ, changes.entries().subList(from, to), view);
            return answer(commit, changes, files, counted ? stats(differ, changes, from, to, files) : null);
        });
    }

    private static LineStats stats(FileDiffer differ, TreeDifference changes, int from, int to, List<FileDiff> files)
            throws IOException {
        var additions = files.stream().mapToInt(FileDiff::addedLines).sum();
        var deletions = files.stream().mapToInt(FileDiff::removedLines).sum();
        for (var index = 0; index < changes.entries().size(); index++) {
            if (index < from || index >= to) {
                var lines = differ.compare(changes.entries().get(index)).lines();
                additions += lines.additions();
                deletions += lines.deletions();
            }
        }
        return LineStats.of(additions, deletions);
    }

    /** Every file that a commit changed, without the differences themselves. */
    CommitDiff metadata(Caller caller, long repositoryId, String revision) {
        return read(caller, repositoryId, revision, (git, walk, commit) -> {
            var changes = diffs.changes(git, walk, commit);
            var differ = new FileDiffer(walk.getObjectReader(), false);
            var files = shown(differ, changes.entries(), new View(false, false, true, 0));
            var lines = LineStats.of(
                    files.stream().mapToInt(FileDiff::addedLines).sum(),
                    files.stream().mapToInt(FileDiff::removedLines).sum());
            return answer(commit, changes, files, lines);
        });
    }

    /**
     * What a commit changed in one file.
     *
     * @param path its path after the commit; null for that of a deleted file, or for every file
     * @param oldPath its path before the commit; null for the same
     * @throws Problem {@link ErrorCode#FILE_NOT_FOUND} when the commit did not change such a file
     */
    List<FileDiff> file(
            Caller caller,
            long repositoryId,
            String revision,
            @Nullable String path,
            @Nullable String oldPath,
            boolean ignoreWhitespaceChange) {
        var after = path == null || path.isEmpty()
                ? null
                : FilePath.parse("path", path).text();
        var before = oldPath == null || oldPath.isEmpty()
                ? null
                : FilePath.parse("old_path", oldPath).text();
        return read(caller, repositoryId, revision, (git, walk, commit) -> {
            var matching = diffs.changes(git, walk, commit).entries().stream()
                    .filter(entry -> after == null || DiffReader.path(entry).equals(after))
                    .filter(entry -> before == null || oldPathOf(entry).equals(before))
                    .limit(Slice.MAXIMUM)
                    .toList();
            var wanted = after == null ? before : after;
            if (matching.isEmpty() && wanted != null) {
                throw new Problem(ErrorCode.FILE_NOT_FOUND, wanted);
            }
            var differ = new FileDiffer(walk.getObjectReader(), ignoreWhitespaceChange);
            return shown(differ, matching, new View(ignoreWhitespaceChange, true, false, SINGLE_BYTES));
        });
    }

    /** Some of the files that a commit changed, as they are shown. */
    public ChangedFiles changedFiles(Caller caller, long repositoryId, String revision, Slice slice) {
        var page = page(caller, repositoryId, revision, slice, false, slice.offset() == 0);
        return new ChangedFiles(
                page.diffs().stream()
                        .map(file -> ChangedFile.of(file, ChangedFile.LISTED_LINES))
                        .toList(),
                slice.offset(),
                page.changeFileCount(),
                !page.tooLarge(),
                Objects.requireNonNullElse(page.addedLines(), 0),
                Objects.requireNonNullElse(page.removedLines(), 0));
    }

    /**
     * One of them.
     *
     * @param path after the commit, or before if it deleted the file
     */
    public ChangedFile changedFile(Caller caller, long repositoryId, String revision, String path) {
        return ChangedFile.of(
                file(caller, repositoryId, revision, path, null, false).getFirst(), ChangedFile.SINGLE_LINES);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(Repository git, RevWalk walk, RevCommit commit) throws IOException;
    }

    private <T> T read(Caller caller, long repositoryId, String revision, Reading<T> reading) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        try (var git = repositories.open(caller, repository)) {
            return work.run(() -> {
                try (var reader = git.newObjectReader();
                        var walk = new RevWalk(reader)) {
                    return reading.read(git, walk, new Revisions(git, walk).require("sha", revision));
                }
            });
        }
    }

    private static CommitDiff answer(
            RevCommit commit, TreeDifference changes, List<FileDiff> files, @Nullable LineStats lines) {
        var parent = commit.getParentCount() == 0 ? null : commit.getParent(0).name();
        return new CommitDiff(
                files,
                new CommitDiff.Refs(parent, commit.name(), parent),
                lines == null ? null : lines.additions(),
                lines == null ? null : lines.deletions(),
                changes.entries().size(),
                lines == null ? null : lines.total(),
                !changes.complete());
    }

    /** Files with how they differ, as far as an answer has room. */
    static List<FileDiff> shown(FileDiffer differ, List<DiffEntry> entries, View view) throws IOException {
        var files = new ArrayList<FileDiff>(entries.size());
        var room = ANSWER_BYTES;
        for (var entry : entries) {
            var file = shown(differ, entry, view, room);
            room -= file.diff().length();
            files.add(file);
        }
        return files;
    }

    private static FileDiff shown(FileDiffer differ, DiffEntry entry, View view, int room) throws IOException {
        var comparison = differ.compare(entry);
        var lines = comparison.lines();
        var collapsed = view.hunks() && room <= 0;
        var hunks = view.hunks() && !collapsed ? comparison.hunks(view.maximumBytes()) : "";
        return new FileDiff(
                oldPathOf(entry),
                DiffReader.path(entry),
                entry.getOldMode().toString(),
                entry.getNewMode().toString(),
                DiffReader.path(entry),
                entry.getChangeType() == DiffEntry.ChangeType.ADD,
                type(entry, comparison.binary()),
                entry.getChangeType() == DiffEntry.ChangeType.RENAME,
                entry.getChangeType() == DiffEntry.ChangeType.DELETE,
                hunks == null ? "" : hunks,
                comparison.binary(),
                comparison.tooLarge() || hunks == null,
                collapsed,
                view.lineCounts()
                        ? List.of(comparison.before().size(), comparison.after().size())
                        : null,
                lines.additions(),
                lines.deletions());
    }

    private static String oldPathOf(DiffEntry entry) {
        return entry.getChangeType() == DiffEntry.ChangeType.ADD ? entry.getNewPath() : entry.getOldPath();
    }

    private static String type(DiffEntry entry, boolean binary) {
        var mode = entry.getChangeType() == DiffEntry.ChangeType.DELETE ? entry.getOldMode() : entry.getNewMode();
        if (mode.equals(FileMode.GITLINK)) {
            return "submodule";
        }
        if (mode.equals(FileMode.SYMLINK)) {
            return "symlink";
        }
        return binary ? "binary" : "text";
    }
}
