package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.projects.GeneralPolicyService;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Forks: repositories that begin with another one's branches and tags and borrow its objects. */
@Service
class ForkService {
    private final RepositoryService repositories;
    private final RepositoryCreationService creation;
    private final RepositoryCreator creator;
    private final RepositoryListStore lists;
    private final GitFolders folders;
    private final GeneralPolicyService policies;
    private final AccessService access;

    ForkService(
            RepositoryService repositories,
            RepositoryCreationService creation,
            RepositoryCreator creator,
            RepositoryListStore lists,
            GitFolders folders,
            GeneralPolicyService policies,
            AccessService access) {
        this.repositories = repositories;
        this.creation = creation;
        this.creator = creator;
        this.lists = lists;
        this.folders = folders;
        this.policies = policies;
        this.access = access;
    }

    /** Forks a repository into the project of a name, which is created where there is none. */
    HostedRepository fork(Caller caller, NewProjectRepositoryBody body) {
        access.requireUser(caller);
        var asked = RepositoryCreationService.creation(body);
        var source = source(caller, body.templateId());
        if (source.status() != HostedRepository.READY) {
            throw new Problem(ErrorCode.REPOSITORY_NOT_READY);
        }
        if (policies.of(new Scope.Repository(source.id())).disableFork()) {
            throw new Problem(ErrorCode.FORK_FORBIDDEN);
        }
        // A fork says what its source says until somebody describes it anew.
        var described = new RepositoryCreation(
                asked.name(), source.description(), asked.visibility(), asked.inheritsMembers(), asked.files());
        return creation.inNamespace(
                caller,
                body,
                namespace -> creator.create(
                        caller,
                        namespace,
                        described,
                        source.defaultBranch(),
                        source.id(),
                        uuid -> folders.createFork(
                                source.uuid(), repositories.hidden(caller, source), uuid, source.defaultBranch())));
    }

    private HostedRepository source(Caller caller, @Nullable String id) {
        if (!RepositoryCreation.given(id)) {
            throw Problem.invalid("template_id", "required");
        }
        var text = Objects.requireNonNull(id).strip();
        if (Ids.isUuid(text)) {
            return repositories.requireByUuid(caller, text, Permission.FORK);
        }
        try {
            return repositories.require(caller, Long.parseLong(text), Permission.FORK);
        } catch (NumberFormatException e) {
            throw Problem.invalid("template_id", "uuid");
        }
    }

    /** The forks of a repository that the caller may view, with what {@code basic} or {@code least} shows of them. */
    Page<Fork> list(
            Caller caller,
            long repositoryId,
            @Nullable String orderBy,
            @Nullable String sort,
            @Nullable String view,
            Slice slice) {
        var source = repositories.require(caller, repositoryId, Permission.VIEW);
        var order = RepositoryQuery.Order.of(orderBy, sort, List.of("created_at", "updated_at"));
        var page = lists.list(
                caller, new RepositoryQuery(null, null, source.id(), null, null, "", false, false, order, slice));
        return switch (view == null || view.isEmpty() ? "least" : view) {
            case "least" -> page.map(Fork::least);
            case "basic" -> {
                var forks = lists.forkCounts(
                        page.items().stream().map(HostedRepository::id).toList());
                yield page.map(fork -> Fork.basic(fork, forks.getOrDefault(fork.id(), 0)));
            }
            default -> throw Problem.invalid("view", "one-of", "basic, least");
        };
    }
}
