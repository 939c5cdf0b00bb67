package dev.granary.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.content.FileDiff.CodeChange;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists and shows commits. */
@Service
public class HistoryService {
    private static final long UNASKED = -1;
    private static final int MAXIMUM_TEXT = 255;

    private final RepositoryService repositories;
    private final GitWork work;
    private final DiffReader diffs;

    /** Totals never change: the commits at which their histories begin are part of the key. */
    private final Cache<TotalKey, Long> totals =
            Caffeine.newBuilder().maximumSize(10_000).build();

    HistoryService(RepositoryService repositories, GitWork work, DiffReader diffs) {
        this.repositories = repositories;
        this.work = work;
        this.diffs = diffs;
    }

    private record TotalKey(long repositoryId, List<ObjectId> tips, CommitQuery query) {}

    /**
     * A commit and how much it changed in each file.
     *
     * @param changes null where nobody asked for them
     */
    record Found(Commit commit, @Nullable List<CodeChange> changes) {}

    /** One page of a repository's commits, and how many there are. */
    Page<Found> list(Caller caller, long repositoryId, CommitQuery query, Slice slice, boolean withChanges) {
        return list(caller, repositories.require(caller, repositoryId, Permission.VIEW), query, slice, withChanges);
    }

    /** The same for a repository named by its clone address. */
    Page<Found> list(Caller caller, String group, String name, CommitQuery query, Slice slice) {
        return list(caller, repositories.requireByPath(caller, group, name, Permission.VIEW), query, slice, false);
    }

    private Page<Found> list(
            Caller caller, HostedRepository repository, CommitQuery asked, Slice slice, boolean withChanges) {
        var query = checked(asked);
        try (var git = repositories.open(caller, repository)) {
            return work.run(() -> {
                try (var reader = git.newObjectReader();
                        var walk = new RevWalk(reader)) {
                    var tips = tips(git, walk, query);
                    var key = new TotalKey(repository.id(), tips, query);
                    var page = new HistoryWalk(reader, tips, query).page(slice, totals.getIfPresent(key));
                    totals.put(key, page.total());
                    var found = new ArrayList<Found>(page.items().size());
                    for (var commit : page.items()) {
                        found.add(new Found(commit, withChanges ? changes(git, walk, commit) : null));
                    }
                    return new Page<>(found, page.total());
                }
            });
        }
    }

    /** One page of a repository's commits, not counted, with changed lines where asked for. */
    List<Commit> some(Caller caller, long repositoryId, CommitQuery asked, Slice slice, boolean withStats) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var query = checked(asked);
        try (var git = repositories.open(caller, repository)) {
            return work.run(() -> {
                try (var reader = git.newObjectReader();
                        var walk = new RevWalk(reader)) {
                    var page = new HistoryWalk(reader, tips(git, walk, query), query).page(slice, UNASKED);
                    return withStats ? withStats(git, page.items()) : page.items();
                }
            });
        }
    }

    /**
     * Some commits of the history of a file or folder, newest first, not counted.
     *
     * @param text a part of the message, or the beginning of an id; empty for any
     */
    public List<Commit> commits(Caller caller, long repositoryId, BrowseService.Place place, String text, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var isDefault = place.ref().equals(repository.defaultBranch());
        var query = CommitQuery.of(isDefault ? null : place.ref())
                .touching(place.path(), false)
                .matching(text, null);
        return some(caller, repositoryId, query, slice, false);
    }

    /** One commit, named by a branch, a tag or its id. */
    public Commit commit(Caller caller, long repositoryId, String revision) {
        return show(caller, repositoryId, revision, false, false).commit();
    }

    private List<Commit> withStats(Repository git, List<Commit> commits) throws IOException {
        var counted = new ArrayList<Commit>(commits.size());
        for (var commit : commits) {
            counted.add(diffs.withStats(git, commit));
        }
        return counted;
    }

    private List<CodeChange> changes(Repository git, RevWalk walk, Commit commit) throws IOException {
        return diffs.codeChanges(git, walk, walk.parseCommit(ObjectId.fromString(commit.id())));
    }

    /**
     * One commit.
     *
     * @param revision a branch, tag or commit id, in the parameter {@code sha}
     */
    Found show(Caller caller, long repositoryId, String revision, boolean withStats, boolean withChanges) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        try (var git = repositories.open(caller, repository)) {
            return work.run(() -> {
                try (var walk = new RevWalk(git)) {
                    var revCommit = new Revisions(git, walk).require("sha", revision);
                    walk.parseBody(revCommit);
                    var commit = Commit.of(revCommit);
                    return new Found(
                            withStats ? diffs.withStats(git, commit) : commit,
                            withChanges ? changes(git, walk, commit) : null);
                }
            });
        }
    }

    private static List<ObjectId> tips(Repository git, RevWalk walk, CommitQuery query) throws IOException {
        if (!query.everything()) {
            return new Revisions(git, walk)
                    .orDefault(query.revisionField(), query.revision()).map(commit -> commit.copy()).stream()
                            .toList();
        }
        var tips = new ArrayList<ObjectId>();
        for (var ref : git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
            try {
                tips.add(walk.parseCommit(ref.getObjectId()).copy());
            } catch (MissingObjectException | IncorrectObjectTypeException _) {
                continue; // A tag may name a tree or a file.
            }
        }
        return tips.stream().distinct().toList();
    }

    private static CommitQuery checked(CommitQuery query) {
        for (var text : new String[][] {{"message", query.message()}, {"author", query.author()}}) {
            if (text[1] != null && text[1].length() > MAXIMUM_TEXT) {
                throw Problem.invalid(text[0], "length", 0, MAXIMUM_TEXT);
            }
        }
        if (query.since() != null && query.until() != null && query.since() > query.until()) {
            throw Problem.invalid("until", "date-order");
        }
        if (query.path() == null) {
            return query;
        }
        var path = query.path().endsWith("/")
                ? query.path().substring(0, query.path().length() - 1)
                : query.path();
        return query.touching(FilePath.parse("path", path).text(), query.follow());
    }
}
