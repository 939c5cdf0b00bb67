package dev.granary.reviews;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says of two branches whether a merge would need a person. */
@Service
class BranchConflictService {
    private final RepositoryService repositories;
    private final MergeRequestStore store;
    private final VersionMaker maker;
    private final MergeStatus status;

    BranchConflictService(
            RepositoryService repositories, MergeRequestStore store, VersionMaker maker, MergeStatus status) {
        this.repositories = repositories;
        this.store = store;
        this.maker = maker;
        this.status = status;
    }

    /** Two branches. */
    record Branches(
            @Nullable Long sourceRepositoryId,
            @Nullable String sourceBranch,
            @Nullable Long targetRepositoryId,
            @Nullable String targetBranch) {}

    /** What comes of them. */
    record Conflict(
            long sourceRepositoryId,
            long targetRepositoryId,
            String sourceBranch,
            String targetBranch,
            boolean isConflict) {}

    Conflict find(Caller caller, long repositoryId, Branches branches) {
        repositories.require(caller, repositoryId, Permission.VIEW);
        var source = repositories.require(
                caller, id("source_repository_id", branches.sourceRepositoryId()), Permission.DOWNLOAD);
        var target = repositories.require(
                caller, id("target_repository_id", branches.targetRepositoryId()), Permission.VIEW);
        if (source.id() != target.id() && !store.sameNetwork(source.id(), target.id())) {
            throw new Problem(ErrorCode.NOT_RELATED);
        }
        var sourceBranch = RequestInputs.branch("source_branch", branches.sourceBranch());
        var targetBranch = RequestInputs.branch("target_branch", branches.targetBranch());
        try (var git = repositories.open(target);
                var from = repositories.open(source)) {
            var into = VersionMaker.requireTip(git, targetBranch);
            var head = VersionMaker.requireTip(from, sourceBranch);
            maker.fetch(source, target, git, head, into);
            return new Conflict(
                    source.id(), target.id(), sourceBranch, targetBranch, status.conflicts(git, into, head));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long id(String field, @Nullable Long id) {
        if (id == null) {
            throw Problem.invalid(field, "required");
        }
        return id;
    }
}
