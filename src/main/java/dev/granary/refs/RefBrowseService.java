package dev.granary.refs;

import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.refs.RefQuery.Kind;
import dev.granary.refs.RefQuery.Order;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RefIndex;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Branches and tags as the page shows them. */
@Service
public class RefBrowseService {
    private static final int LONGEST_SEARCH = 2_000;

    private final RepositoryService repositories;
    private final BranchListService lists;
    private final BranchService branches;
    private final TagService tags;
    private final RefIndex index;
    private final RefStandings standings;
    private final Divergence divergence;
    private final GitWork work;

    RefBrowseService(
            RepositoryService repositories,
            BranchListService lists,
            BranchService branches,
            TagService tags,
            RefIndex index,
            RefStandings standings,
            Divergence divergence,
            GitWork work) {
        this.repositories = repositories;
        this.lists = lists;
        this.branches = branches;
        this.tags = tags;
        this.index = index;
        this.standings = standings;
        this.divergence = divergence;
        this.work = work;
    }

    /**
     * A branch.
     *
     * @param isDefault whether clones begin with it
     * @param guarded whether a rule protects it
     * @param mayDelete whether the reader may delete it
     * @param commit its last one; null where that went meanwhile
     * @param ahead how many commits it has that the default branch has not
     * @param behind how many the default branch has that it has not
     */
    public record BranchRow(
            String name,
            boolean isDefault,
            boolean guarded,
            boolean mayDelete,
            @Nullable Commit commit,
            int ahead,
            int behind) {}

    /**
     * A tag.
     *
     * @param guarded whether a rule protects it
     * @param mayDelete whether the reader may delete it
     * @param message empty where the tag is only a name
     * @param commit null where it leads to none
     */
    public record TagRow(
            String name,
            boolean guarded,
            boolean mayDelete,
            String message,
            @Nullable Commit commit) {}

    /** The names of branches that contain a text, sorted. */
    public Page<String> branchNames(Caller caller, long repositoryId, String search, Slice slice) {
        return lists.refs(caller, repositoryId, "branch", search, slice);
    }

    /** The names of tags that contain a text, sorted. */
    public Page<String> tagNames(Caller caller, long repositoryId, String search, Slice slice) {
        return lists.refs(caller, repositoryId, "tag", search, slice);
    }

    /** The branches whose names contain a text, those with the newest commits first. */
    public Page<BranchRow> branches(Caller caller, long repositoryId, String search, Slice slice) {
        return list(caller, repositoryId, Kind.BRANCH, search, slice, new Branches());
    }

    /** The tags whose names contain a text, those of the newest commits first. */
    public Page<TagRow> tags(Caller caller, long repositoryId, String search, Slice slice) {
        return list(caller, repositoryId, Kind.TAG, search, slice, new Tags());
    }

    /** The names of the branches whose history has a commit. */
    public Page<String> branchesWith(Caller caller, long repositoryId, String sha, Slice slice) {
        return lists.containing(caller, repositoryId, sha, "branch", slice);
    }

    /** The names of the tags whose history has a commit. */
    public Page<String> tagsWith(Caller caller, long repositoryId, String sha, Slice slice) {
        return lists.containing(caller, repositoryId, sha, "tag", slice);
    }

    /** Creates a branch at what another branch, a tag or a commit id names. */
    public void createBranch(Caller caller, long repositoryId, String name, String from) {
        branches.create(caller, repositoryId, new RefRequests.NewBranch(name, from, "", List.of()));
    }

    /** Deletes a branch. */
    public void deleteBranch(Caller caller, long repositoryId, String name) {
        branches.delete(caller, repositoryId, name);
    }

    /**
     * Creates a tag.
     *
     * @param message makes it an annotated one; empty: it is only a name
     */
    public void createTag(Caller caller, long repositoryId, String name, String from, String message) {
        tags.create(caller, repositoryId, new RefRequests.NewTag(name, from, message));
    }

    /** Deletes a tag. */
    public void deleteTag(Caller caller, long repositoryId, String name) {
        tags.delete(caller, repositoryId, name);
    }

    /** What of the rows of a page is read out of Git. */
    private interface Reading<T> {
        T read(
                HostedRepository repository,
                Repository git,
                RevWalk walk,
                RefStandings.Of standing,
                RefListStore.Row row)
                throws IOException;
    }

    private <T> Page<T> list(
            Caller caller, long repositoryId, Kind kind, String search, Slice slice, Reading<T> reading) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var query = RefQuery.of(kind, slice)
                .matching(Texts.line("search", search, 0, LONGEST_SEARCH))
                .sorted(Order.COMMITTED, true);
        index.bringUpToDate(repository);
        var page = lists.visible(caller, repository, query);
        var standing = standings.of(caller, repository);
        try (var git = repositories.open(caller, repository)) {
            return work.run(() -> {
                var rows = new ArrayList<T>(page.items().size());
                try (var walk = new RevWalk(git)) {
                    for (var row : page.items()) {
                        rows.add(reading.read(repository, git, walk, standing, row));
                    }
                }
                return new Page<>(rows, page.total());
            });
        }
    }

    /** Counts from the default branch, all of a page within one bound. */
    private final class Branches implements Reading<BranchRow> {
        private Divergence.@Nullable Counter counter;

        @Override
        public BranchRow read(
                HostedRepository repository,
                Repository git,
                RevWalk walk,
                RefStandings.Of standing,
                RefListStore.Row row)
                throws IOException {
            var ref = row.fullName();
            var commit = BranchListService.commit(walk, row.commitId()).orElse(null);
            var main = git.exactRef(Constants.R_HEADS + repository.defaultBranch());
            var counts = new Divergence.Counts(0, 0);
            if (commit != null && main != null && main.getObjectId() != null) {
                if (counter == null) {
                    // A walk of its own, which belongs to the same reader and keeps no messages.
                    var counting = new RevWalk(walk.getObjectReader());
                    counting.setRetainBody(false);
                    counter = divergence.with(counting);
                }
                counts = counter.count(ObjectId.fromString(commit.id()), main.getObjectId());
            }
            return new BranchRow(
                    row.name(),
                    row.name().equals(repository.defaultBranch()),
                    standing.isProtected(ref),
                    standing.mayDelete(ref),
                    commit,
                    counts.ahead(),
                    counts.behind());
        }
    }

    private static final class Tags implements Reading<TagRow> {
        @Override
        public TagRow read(
                HostedRepository repository,
                Repository git,
                RevWalk walk,
                RefStandings.Of standing,
                RefListStore.Row row)
                throws IOException {
            return new TagRow(
                    row.name(),
                    standing.isProtected(row.fullName()),
                    standing.mayDelete(row.fullName()),
                    message(walk, row),
                    BranchListService.commit(walk, row.commitId()).orElse(null));
        }

        private static String message(RevWalk walk, RefListStore.Row row) throws IOException {
            try {
                return walk.parseAny(ObjectId.fromString(row.objectId())) instanceof RevTag tag
                        ? tag.getFullMessage().strip()
                        : "";
            } catch (MissingObjectException e) {
                return ""; // It went while the list was made.
            }
        }
    }
}
