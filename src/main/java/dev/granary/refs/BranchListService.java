package dev.granary.refs;

import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.refs.RefQuery.Kind;
import dev.granary.refs.RefQuery.Order;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RefIndex;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists branches, and branches and tags together. */
@Service
public class BranchListService {
    private static final int LONGEST_SEARCH = 2_000;
    private static final int ACTIVE_MONTHS = 3;

    /** Nobody's id. */
    private static final long NOBODY = 0;

    private final RepositoryService repositories;
    private final RefIndex index;
    private final RefListStore store;
    private final RefStandings standings;
    private final Divergence divergence;
    private final UserService users;
    private final GitWork work;
    private final Clock clock;

    BranchListService(
            RepositoryService repositories,
            RefIndex index,
            RefListStore store,
            RefStandings standings,
            Divergence divergence,
            UserService users,
            GitWork work,
            Clock clock) {
        this.repositories = repositories;
        this.index = index;
        this.store = store;
        this.standings = standings;
        this.divergence = divergence;
        this.users = users;
        this.work = work;
        this.clock = clock;
    }

    /** What v4's list of branches was asked for; each as on the wire. */
    record Asked(
            @Nullable String branchType,
            @Nullable String creator,
            @Nullable String sort,
            @Nullable String queryView,
            @Nullable String view) {}

    /** The branches that match; every view shows what the public API declares for this list. */
    Page<BranchView> list(Caller caller, long repositoryId, Asked asked, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var query = sorted(RefQuery.of(Kind.BRANCH, slice), asked.sort());
        if (asked.creator() != null && !asked.creator().isEmpty()) {
            query = query.createdBy(user(asked.creator()));
        }
        query = viewed(caller, query, asked.queryView());
        requireOneOf("view", asked.view(), List.of("simple", "basic", "all"));
        requireOneOf("branch_type", asked.branchType(), List.of("not_protect"));
        index.bringUpToDate(repository);
        var standing = standings.of(caller, repository);
        var main = Kind.BRANCH.prefix() + repository.defaultBranch();
        var rows = unprotected(asked)
                ? chosen(repositoryId, query, slice, row -> !standing.isProtected(row.fullName()))
                : store.list(repositoryId, query);
        return rows.map(row -> BranchView.of(row.fullName(), row.fullName().equals(main), standing));
    }

    private static boolean unprotected(Asked asked) {
        return asked.branchType() != null && !asked.branchType().isEmpty();
    }

    /** Wildcards mean the same to every database only when they are compared here. */
    private Page<RefListStore.Row> chosen(
            long repositoryId, RefQuery query, @Nullable Slice slice, Predicate<RefListStore.Row> filter) {
        var rows = store.list(repositoryId, query.all()).items().stream()
                .filter(filter)
                .toList();
        return slice == null
                ? new Page<>(rows, rows.size())
                : new Page<>(
                        rows.stream().skip(slice.offset()).limit(slice.limit()).toList(), rows.size());
    }

    /** The first branches by name that contain a text, whatever its case, for those who choose one. */
    public List<String> names(Caller caller, long repositoryId, String search, int most) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        index.bringUpToDate(repository);
        var query = RefQuery.of(Kind.BRANCH, new Slice(0, most)).matching(search);
        return visible(caller, repository, query).items().stream()
                .map(RefListStore.Row::name)
                .toList();
    }

    /** The page that a query asks for of the refs that are not hidden from the caller. */
    Page<RefListStore.Row> visible(Caller caller, HostedRepository repository, RefQuery query) {
        var hidden = repositories.hidden(caller, repository);
        return hidden.any()
                ? chosen(repository.id(), query, query.slice(), row -> !hidden.contains(row.fullName()))
                : store.list(repository.id(), query);
    }

    private static RefQuery sorted(RefQuery query, @Nullable String sort) {
        return switch (sort == null ? "" : sort) {
            case "" -> query;
            case "name" -> query.sorted(Order.NAME, true);
            case "updated_asc" -> query.sorted(Order.COMMITTED, false);
            case "updated_desc" -> query.sorted(Order.COMMITTED, true);
            default -> throw Problem.invalid("sort", "one-of", "name, updated_desc, updated_asc");
        };
    }

    private RefQuery viewed(Caller caller, RefQuery query, @Nullable String view) {
        var since = clock.instant()
                .atOffset(ZoneOffset.UTC)
                .minusMonths(ACTIVE_MONTHS)
                .toInstant()
                .toEpochMilli();
        return switch (view == null ? "" : view) {
            case "", "all_branches" -> query;
            case "my_branches" -> query.createdBy(caller instanceof Caller.User user ? user.id() : NOBODY);
            case "active" -> query.committed(since, null);
            case "stale" -> query.committed(null, since);
            default -> throw Problem.invalid("query_view", "one-of", "my_branches, active, stale, all_branches");
        };
    }

    /** The numeric id of a user named by that or by the 32-digit id; nobody's where there is no such user. */
    long user(String text) {
        if (Ids.isUuid(text)) {
            return users.byUuid(text).map(UserAccount::id).orElse(NOBODY);
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.invalid("creator", "type");
        }
    }

    static void requireOneOf(String field, @Nullable String text, List<String> allowed) {
        if (text != null && !text.isEmpty() && !allowed.contains(text)) {
            throw Problem.invalid(field, "one-of", String.join(", ", allowed));
        }
    }

    /** Branches with their commits and how far they are from the default branch, in v2's form. */
    LegacyBranch.Listing listLegacy(Caller caller, long repositoryId, @Nullable String match, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var query = RefQuery.of(Kind.BRANCH, slice).matching(Texts.line("match", match, 0, LONGEST_SEARCH));
        index.bringUpToDate(repository);
        var page = store.list(repositoryId, query);
        try (var git = repositories.open(caller, repository)) {
            return work.run(() -> new LegacyBranch.Listing(items(repository, git, page.items()), page.total()));
        }
    }

    private List<LegacyBranch.Item> items(HostedRepository repository, Repository git, List<RefListStore.Row> rows)
            throws IOException {
        var main = git.exactRef(Kind.BRANCH.prefix() + repository.defaultBranch());
        var items = new ArrayList<LegacyBranch.Item>(rows.size());
        try (var bodies = new RevWalk(git);
                var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            var counter = divergence.with(walk);
            for (var row : rows) {
                var commit = commit(bodies, row.commitId());
                var counts = commit.isEmpty() || main == null || main.getObjectId() == null
                        ? new Divergence.Counts(0, 0)
                        : counter.count(ObjectId.fromString(commit.get().id()), main.getObjectId());
                items.add(new LegacyBranch.Item(
                        commit.map(LegacyBranch.ItemCommit::of).orElse(null), counts, row.name()));
            }
        }
        return items;
    }

    /** The commit of an id; empty if it is gone. */
    static Optional<Commit> commit(RevWalk walk, @Nullable String id) throws IOException {
        try {
            return id == null ? Optional.empty() : Optional.of(Commit.of(walk.parseCommit(ObjectId.fromString(id))));
        } catch (MissingObjectException e) {
            return Optional.empty();
        }
    }

    /** All branches in v1's form, of the repository of a numeric or 32-digit id. */
    LegacyBranch.Names names(Caller caller, String repositoryId) {
        var repository = require(caller, repositoryId);
        index.bringUpToDate(repository);
        var standing = standings.of(caller, repository);
        var all = store.list(repository.id(), RefQuery.of(Kind.BRANCH, null)).items().stream()
                .map(row -> new LegacyBranch.Name(standing.isProtected(row.fullName()), row.name()))
                .toList();
        return new LegacyBranch.Names(all, all.size());
    }

    /** The repository of a numeric or 32-digit id, if the caller may view it. */
    HostedRepository require(Caller caller, String repositoryId) {
        if (Ids.isUuid(repositoryId)) {
            return repositories.requireByUuid(caller, repositoryId, Permission.VIEW);
        }
        try {
            return repositories.require(caller, Long.parseLong(repositoryId), Permission.VIEW);
        } catch (NumberFormatException e) {
            throw Problem.invalid("repository_id", "type");
        }
    }

    /** The names of branches, or tags, or first branches and then tags. */
    Page<String> refs(Caller caller, long repositoryId, @Nullable String type, @Nullable String search, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var kind = type == null || type.isEmpty() ? null : kind(type);
        var query = RefQuery.of(kind, slice).matching(Texts.line("search", search, 0, LONGEST_SEARCH));
        index.bringUpToDate(repository);
        return visible(caller, repository, query).map(RefListStore.Row::name);
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "branch" -> Kind.BRANCH;
            case "tag" -> Kind.TAG;
            default -> throw Problem.invalid("type", "one-of", "branch, tag");
        };
    }

    /** The names of the branches, or tags, whose history has a commit. */
    Page<String> containing(Caller caller, long repositoryId, String revision, String type, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var kind = kind(type);
        index.bringUpToDate(repository);
        try (var git = repositories.open(caller, repository)) {
            return work.run(() -> {
                try (var naming = new RevWalk(git);
                        var walk = new RevWalk(git)) {
                    walk.setRetainBody(false);
                    var sought = walk.parseCommit(new Revisions(git, naming).require("sha", revision));
                    var tips = new ArrayList<>(store.tipsSince(repositoryId, kind, ContainingRefs.earliest(sought)));
                    var hidden = repositories.hidden(caller, repository);
                    tips.removeIf(tip -> hidden.contains(tip.fullName()));
                    return page(new ContainingRefs(walk, sought).among(tips), slice);
                }
            });
        }
    }

    private static Page<String> page(List<String> all, Slice slice) {
        var from = (int) Math.min(slice.offset(), all.size());
        var to = Math.min(from + slice.limit(), all.size());
        return new Page<>(all.subList(from, to).stream().map(Kind::shortName).toList(), all.size());
    }
}
