package dev.granary.refs;

import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.CommitViews;
import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.refs.RefQuery.Kind;
import dev.granary.refs.RefQuery.Order;
import dev.granary.refs.RefRequests.NewTag;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.NewObject;
import dev.granary.repositories.RefIndex;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists, shows, creates and deletes tags. */
@Service
class TagService {
    private static final int LONGEST_SEARCH = 2_000;
    private static final int LONGEST_MESSAGE = 2_000;

    private final RepositoryService repositories;
    private final BranchListService lists;
    private final RefMover mover;
    private final RefIndex index;
    private final RefListStore store;
    private final RefStandings standings;
    private final CommitViews views;
    private final TagAnnotations annotations;
    private final GitWork work;
    private final Clock clock;

    TagService(
            RepositoryService repositories,
            BranchListService lists,
            RefMover mover,
            RefIndex index,
            RefListStore store,
            RefStandings standings,
            CommitViews views,
            TagAnnotations annotations,
            GitWork work,
            Clock clock) {
        this.repositories = repositories;
        this.lists = lists;
        this.mover = mover;
        this.index = index;
        this.store = store;
        this.standings = standings;
        this.views = views;
        this.annotations = annotations;
        this.work = work;
        this.clock = clock;
    }

    /** What v4's list of tags was asked for; each as on the wire. */
    record Asked(
            @Nullable String creator,
            @Nullable String sort,
            @Nullable String search,
            @Nullable String orderBy,
            @Nullable String view) {}

    /**
     * A tag as it was found.
     *
     * @param message null where the tag is only a name
     * @param target the commit's id, or the object's where the tag leads to no commit
     * @param commit null where the tag leads to no commit
     */
    record Found(
            String name,
            @Nullable String message,
            String target,
            @Nullable Commit commit) {}

    /** The tags that match; every view shows what the public API declares for this list. */
    Page<TagView.Listed> list(Caller caller, long repositoryId, Asked asked, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var query = sorted(RefQuery.of(Kind.TAG, slice), asked.orderBy(), asked.sort())
                .matching(Texts.line("search", asked.search(), 0, LONGEST_SEARCH));
        if (asked.creator() != null && !asked.creator().isEmpty()) {
            query = query.createdBy(lists.user(asked.creator()));
        }
        BranchListService.requireOneOf("view", asked.view(), List.of("simple", "basic", "detail"));
        index.bringUpToDate(repository);
        var page = lists.visible(caller, repository, query);
        var standing = standings.of(caller, repository);
        try (var git = repositories.open(caller, repository)) {
            var said = annotations.of(git, page.items());
            var listed = new ArrayList<TagView.Listed>(page.items().size());
            for (var row : page.items()) {
                var annotation = said.get(row.objectId());
                listed.add(new TagView.Listed(
                        row.name(),
                        annotation == null ? null : annotation.message(),
                        row.commitId() == null ? row.objectId() : row.commitId(),
                        annotation == null ? null : annotation.signature(),
                        standing.mayDelete(row.fullName()),
                        standing.mayRead(row.fullName(), Permission.VIEW),
                        standing.mayRead(row.fullName(), Permission.DOWNLOAD)));
            }
            return new Page<>(listed, page.total());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RefQuery sorted(RefQuery query, @Nullable String orderBy, @Nullable String sort) {
        var order = switch (orderBy == null ? "" : orderBy) {
            case "", "name" -> Order.NAME;
            case "updated" -> Order.COMMITTED;
            case "created" -> Order.CREATED;
            default -> throw Problem.invalid("order_by", "one-of", "name, updated, created");
        };
        return switch (sort == null ? "" : sort) {
            case "" -> query.sorted(order, order != Order.NAME);
            case "asc" -> query.sorted(order, false);
            case "desc" -> query.sorted(order, true);
            default -> throw Problem.invalid("sort", "one-of", "asc, desc");
        };
    }

    /** All tags in v2's form, of the repository of a numeric or 32-digit id. */
    TagView.Names names(Caller caller, String repositoryId) {
        var repository = lists.require(caller, repositoryId);
        index.bringUpToDate(repository);
        var shared = new HashSet<>(store.tagsNamedLikeBranches(repository.id()));
        var all = lists.visible(caller, repository, RefQuery.of(Kind.TAG, null)).items().stream()
                .map(row -> new TagView.Name(shared.contains(row.name()), row.name()))
                .toList();
        return new TagView.Names(all, all.size());
    }

    /** One tag in v4's form. */
    TagView show(Caller caller, long repositoryId, String name) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        try (var git = repositories.open(caller, repository)) {
            var ref = RefNames.existing(git, Kind.TAG, "tag_name", name);
            return view(found(git, Kind.shortName(ref.getName()), ref.getObjectId()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tag in v4's form. */
    TagView view(Found found) {
        return new TagView(
                found.name(),
                found.message(),
                found.target(),
                found.commit() == null ? null : views.of(found.commit()));
    }

    private static Found found(Repository git, String name, ObjectId id) throws IOException {
        try (var walk = new RevWalk(git)) {
            var object = walk.parseAny(id);
            var message = object instanceof RevTag tag ? TagAnnotations.message(tag) : null;
            var peeled = walk.peel(object);
            if (peeled instanceof RevCommit revCommit) {
                walk.parseBody(revCommit);
                return new Found(name, message, revCommit.name(), Commit.of(revCommit));
            }
            return new Found(name, message, peeled.name(), null);
        }
    }

    /** Creates a tag at the commit that a branch, another tag or a commit id names; annotated if it has a message. */
    Found create(Caller caller, long repositoryId, NewTag order) {
        var repository = repositories.require(caller, repositoryId, Permission.TAG_CREATE);
        var full = RefNames.created(Kind.TAG, "tag_name", order.tagName());
        var message = Texts.lines("message", order.message(), LONGEST_MESSAGE);
        var from = order.ref();
        if (from == null) {
            throw Problem.invalid("ref", "required");
        }
        try (var git = repositories.open(caller, repository)) {
            var commit = work.run(() -> {
                try (var walk = new RevWalk(git)) {
                    return new Revisions(git, walk).require("ref", from).copy();
                }
            });
            var tag = message.isBlank() ? null : annotated(caller, Kind.shortName(full), commit, message);
            var change = List.of(RefMover.creation(full, tag == null ? commit : tag.id()));
            mover.check(caller, repository, change);
            if (git.exactRef(full) != null) {
                throw new Problem(ErrorCode.TAG_EXISTS, Kind.shortName(full));
            }
            if (tag != null) {
                repositories.addObjects(git, List.of(tag));
            }
            mover.move(caller, repository, git, change);
            return found(git, Kind.shortName(full), change.getFirst().newId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NewObject annotated(Caller caller, String name, ObjectId commit, String message) throws IOException {
        if (!(caller instanceof Caller.User user)) {
            throw new Problem(ErrorCode.UNAUTHENTICATED);
        }
        var builder = new TagBuilder();
        builder.setTag(name);
        builder.setObjectId(commit, Constants.OBJ_COMMIT);
        builder.setTagger(new PersonIdent(user.name(), user.email(), clock.instant(), ZoneId.systemDefault()));
        builder.setMessage(message.endsWith("\n") ? message : message + "\n");
        var content = builder.build();
        try (var ids = new ObjectInserter.Formatter()) {
            return new NewObject(ids.idFor(Constants.OBJ_TAG, content), Constants.OBJ_TAG, content);
        }
    }

    /** Deletes a tag. */
    void delete(Caller caller, long repositoryId, String name) {
        HostedRepository repository = repositories.require(caller, repositoryId, Permission.TAG_DELETE);
        try (var git = repositories.open(caller, repository)) {
            var change = List.of(RefMover.deletion(RefNames.existing(git, Kind.TAG, "tag_name", name)));
            mover.check(caller, repository, change);
            mover.move(caller, repository, git, change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
