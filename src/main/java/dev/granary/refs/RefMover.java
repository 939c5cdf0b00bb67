package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.springframework.stereotype.Component;

/** Moves refs for operations: asks the rules as pushes do, moves all or none, and makes that durable. */
@Component
public class RefMover {
    private final RefRules rules;
    private final RefListStore store;
    private final RepositoryService repositories;

    RefMover(RefRules rules, RefListStore store, RepositoryService repositories) {
        this.rules = rules;
        this.store = store;
        this.repositories = repositories;
    }

    /** A ref that is to be. */
    public static RefChange creation(String ref, ObjectId target) {
        return new RefChange(ref, ObjectId.zeroId(), target.copy());
    }

    static RefChange deletion(Ref ref) {
        return new RefChange(ref.getName(), ref.getObjectId(), ObjectId.zeroId());
    }

    /** Fails with the first reason why the caller may not make the changes. */
    public void check(Caller caller, HostedRepository repository, List<RefChange> changes) {
        rules.check(caller, repository, changes, store.count(repository.id())).values().stream()
                .findFirst()
                .ifPresent(problem -> {
                    throw problem;
                });
    }

    /**
     * Makes changes that passed {@link #check}, all or none.
     *
     * @throws Problem {@link ErrorCode#REF_MOVED} when a ref is elsewhere already; {@link ErrorCode#BRANCH_EXISTS},
     *     {@link ErrorCode#TAG_EXISTS} or {@link ErrorCode#REF_CONFLICT} when one cannot be created
     */
    public void move(Caller caller, HostedRepository repository, Repository git, List<RefChange> changes)
            throws IOException {
        apply(git, changes);
        repositories.moved(
                caller, repository, git, changes.stream().map(RefChange::moved).toList());
    }

    /**
     * Moves refs, all or none, and makes that durable, without recording it.
     *
     * @throws Problem as {@link #move}
     */
    public void apply(Repository git, List<RefChange> changes) throws IOException {
        var commands = changes.stream()
                .map(change -> new ReceiveCommand(change.oldId(), change.newId(), change.ref()))
                .toList();
        repositories.creating(
                git,
                commands.stream()
                        .filter(command -> command.getType() == ReceiveCommand.Type.CREATE)
                        .map(ReceiveCommand::getRefName)
                        .toList());
        var batch = git.getRefDatabase().newBatchUpdate();
        batch.setAtomic(true);
        batch.setAllowNonFastForwards(true);
        batch.addCommand(commands);
        try (var walk = new RevWalk(git)) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        }
        for (var command : commands) {
            if (command.getResult() != ReceiveCommand.Result.OK && !ReceiveCommand.isTransactionAborted(command)) {
                throw problem(git, command);
            }
        }
        repositories.syncRefs(git, changes.stream().map(RefChange::ref).toList());
    }

    private static Problem problem(Repository git, ReceiveCommand command) throws IOException {
        var name = command.getRefName();
        var shortName = RefQuery.Kind.shortName(name);
        if (command.getType() == ReceiveCommand.Type.CREATE) {
            if (git.exactRef(name) != null) {
                return new Problem(
                        name.startsWith(Constants.R_TAGS) ? ErrorCode.TAG_EXISTS : ErrorCode.BRANCH_EXISTS, shortName);
            }
            var conflicting = git.getRefDatabase().getConflictingNames(name);
            if (!conflicting.isEmpty()) {
                return new Problem(
                        ErrorCode.REF_CONFLICT,
                        shortName,
                        RefQuery.Kind.shortName(conflicting.iterator().next()));
            }
        }
        return switch (command.getResult()) {
            case LOCK_FAILURE, REJECTED_OTHER_REASON, REJECTED_NONFASTFORWARD ->
                new Problem(ErrorCode.REF_MOVED, shortName);
            case NOT_ATTEMPTED,
                    REJECTED_NOCREATE,
                    REJECTED_NODELETE,
                    REJECTED_CURRENT_BRANCH,
                    REJECTED_MISSING_OBJECT,
                    OK -> throw new IOException("A ref was not moved: " + command);
        };
    }
}
