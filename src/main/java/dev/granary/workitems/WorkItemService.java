package dev.granary.workitems;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.kernel.WorkItemIds;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RefIndex;
import dev.granary.repositories.RepositoryService;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Links branches with work items, lists work items, and takes down what trackers say of them. */
@Service
class WorkItemService {
    private static final int LONGEST_SEARCH = 200;
    private static final int LONGEST_BRANCH = 200;
    private static final int LONGEST_ID = 32;
    private static final String BRANCHES = "refs/heads/";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    /** The most work items of a branch. */
    private static final int MOST_OF_BRANCH = 500;

    private final WorkItemStore store;
    private final LinkStore links;
    private final E2eSettings settings;
    private final TrackerLinks trackers;
    private final AccessService access;
    private final RepositoryService repositories;
    private final RefIndex index;
    private final TransactionTemplate transaction;
    private final Clock clock;

    WorkItemService(
            WorkItemStore store,
            LinkStore links,
            E2eSettings settings,
            TrackerLinks trackers,
            AccessService access,
            RepositoryService repositories,
            RefIndex index,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.links = links;
        this.settings = settings;
        this.trackers = trackers;
        this.access = access;
        this.repositories = repositories;
        this.index = index;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A branch and the work items to link it with.
     *
     * @param branch without {@code refs/heads/}
     * @param projectId the 32-digit id of the repository's project
     * @param repoId the repository's numeric or 32-digit id
     */
    record Association(
            @Nullable String branch,
            @Nullable String projectId,
            @Nullable List<@Nullable String> relatedId,
            @Nullable String repoId) {}

    /** A work item of a branch, and its page, or null where none is known. */
    record Related(String relatedId, @Nullable String relatedUrl) {}

    /** Links a branch with work items, besides those that it has. */
    void associate(Caller caller, Association order) {
        var user = access.requireUser(caller);
        var id = Texts.line("repo_id", order.repoId(), 1, LONGEST_ID);
        var repository = NUMBER.matcher(id).matches()
                ? repositories.require(caller, Long.parseLong(id), Permission.BRANCH_CREATE)
                : repositories.requireByUuid(caller, id, Permission.BRANCH_CREATE);
        requireProject(repository, Texts.line("project_id", order.projectId(), 1, LONGEST_ID));
        var items = WorkItemIds.checked("related_id", order.relatedId());
        if (items.isEmpty()) {
            throw Problem.invalid("related_id", "required");
        }
        var branch = Texts.line("branch", order.branch(), 1, LONGEST_BRANCH);
        index.bringUpToDate(repository);
        transaction.executeWithoutResult(_ -> {
            if (!links.holdBranch(repository.id(), BRANCHES + branch)) {
                throw new Problem(ErrorCode.REF_NOT_FOUND, branch);
            }
            links.linkBranch(repository.id(), BRANCHES + branch, items, user.id(), clock.millis());
            if (links.ofBranch(repository.id(), BRANCHES + branch).size() > MOST_OF_BRANCH) {
                throw new Problem(ErrorCode.TOO_MANY_WORK_ITEMS, MOST_OF_BRANCH);
            }
        });
    }

    /** The work items that a branch is linked to. */
    List<Related> ofBranch(Caller caller, long repositoryId, @Nullable String name) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var branch = Texts.line("branch_name", name, 1, LONGEST_BRANCH);
        index.bringUpToDate(repository);
        var items = links.ofBranch(repositoryId, BRANCHES + branch);
        if (items.isEmpty() && !links.hasBranch(repositoryId, BRANCHES + branch)) {
            throw new Problem(ErrorCode.REF_NOT_FOUND, branch);
        }
        var tracker = trackers.of(new Scope.Repository(repositoryId));
        return items.stream().map(item -> new Related(item, tracker.page(item))).toList();
    }

    /**
     * Which work items of a repository to list.
     *
     * @param projectId the 32-digit id of the repository's project
     * @param isIpd whether those that are numbered in a sequence, or the others
     * @param subject part of the subject or id
     * @param targetBranch only those that a merge request into this branch may have; null: all
     */
    record Filter(
            @Nullable String projectId,
            @Nullable Boolean isIpd,
            @Nullable String subject,
            @Nullable String targetBranch) {}

    /** The work items of the project that its tracker told about, and those that are linked in the repository. */
    Page<WorkItem> list(Caller caller, long repositoryId, Filter filter, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        requireProject(repository, Texts.line("project_id", filter.projectId(), 1, LONGEST_ID));
        access.requireProject(caller, repository.projectUuid(), Permission.PROJECT_VIEW);
        var sequenced = filter.isIpd();
        if (sequenced == null) {
            throw Problem.invalid("is_ipd", "required");
        }
        var branch = filter.targetBranch();
        var limits = branch == null
                ? ItemLimits.NONE
                : ItemLimits.of(
                        settings.of(new Scope.Repository(repositoryId)),
                        Texts.line("target_branch", branch, 1, LONGEST_BRANCH));
        var search = Texts.line("subject", filter.subject(), 0, LONGEST_SEARCH);
        return store.list(
                new WorkItemStore.Query(repository.projectId(), repositoryId, sequenced, search, limits), slice);
    }

    /** Takes down what a tracker says of a work item of a project; what it said before is forgotten. */
    WorkItem put(Caller caller, String projectUuid, String itemId, WorkItem said) {
        var project = access.requireProject(caller, projectUuid, Permission.PROJECT_MANAGE);
        var item = said.checked(itemId);
        transaction.executeWithoutResult(_ -> store.put(project.id(), item, clock.millis()));
        return item;
    }

    /** Forgets what a tracker said of a work item; its links stay. */
    void delete(Caller caller, String projectUuid, String itemId) {
        var project = access.requireProject(caller, projectUuid, Permission.PROJECT_MANAGE);
        var item = WorkItemIds.checked("item_id", itemId);
        transaction.executeWithoutResult(_ -> {
            if (!store.delete(project.id(), item)) {
                throw new Problem(ErrorCode.WORK_ITEM_NOT_FOUND, item);
            }
        });
    }

    /** Work items belong to the project that a repository is in. */
    private static void requireProject(HostedRepository repository, String projectUuid) {
        if (!repository.projectUuid().equals(projectUuid)) {
            throw new Problem(ErrorCode.PROJECT_NOT_FOUND);
        }
    }
}
