package dev.granary.transport;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import dev.granary.kernel.StorageFull;
import dev.granary.refs.RefChange;
import dev.granary.refs.RefRules;
import dev.granary.refs.VisibleRefs;
import dev.granary.repositories.MovedRef;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.ConnectivityChecker.ConnectivityCheckInfo;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One push: receives the objects, checks them, asks the rules for every ref, moves the refs. Each step is durable before
 * the next begins, and each refusal says why, in the client's language, beside the ref it concerns.
 */
final class Push extends ReceivePack {
    private static final Logger log = LoggerFactory.getLogger(Push.class);

    /** The commands of a push of as many refs as a repository may have. */
    private static final long COMMAND_BYTES_PER_REF = 320;

    /** From so many on, refs are written together. */
    private static final int MANY_REFS = 20;

    private static final int ATTEMPTS_TOGETHER = 10;

    private final GitSession session;
    private final RefRules rules;
    private final RepositoryService repositories;
    private final Function<Problem, String> texts;
    private final long largestPack;
    private final long largestObject;
    private final ObjectChecker checker = ObjectRules.checker();
    private final Set<ReceiveCommand> explained = new HashSet<>();
    private @Nullable PushInput source;

    Push(
            GitSession session,
            Repository git,
            RefRules rules,
            RepositoryService repositories,
            Settings.Limits limits,
            Function<Problem, String> texts)
            throws IOException {
        super(git);
        this.session = session;
        this.rules = rules;
        this.repositories = repositories;
        this.texts = texts;
        this.largestPack = limits.pack().toBytes();
        this.largestObject = ObjectRules.largestObject(limits);
        setBiDirectionalPipe(!session.stateless());
        setRefFilter(VisibleRefs.FILTER);
        // Without this, the tips of repositories whose objects this one borrows would be shown as ".have".
        setAdvertisedRefs(null, Set.of());
        setAtomic(true);
        setAllowPushOptions(true);
        setMaxCommandBytes(COMMAND_BYTES_PER_REF * Math.max(limits.refs(), 10_000));
        setMaxPackSizeLimit(largestPack);
        check(limits);
        setPreReceiveHook((_, commands) -> askRules(commands));
    }

    private void check(Settings.Limits limits) {
        var largestFile = limits.pushedFile().toBytes();
        var foreign =
                session.repository().borrowsFromId() != null || session.hidden().any();
        setObjectChecker(checker);
        connectivityChecker = new PushConnectivity(foreign, largestFile);
        setRetainParsedObjectIDs(true);
        setCheckReferencedObjectsAreReachable(foreign);
        setMaxObjectSizeLimit(largestObject);
    }

    @Override
    protected void init(InputStream input, OutputStream output, @Nullable OutputStream messages) {
        source = new PushInput(input);
        super.init(source, output, messages);
    }

    @Override
    protected void receivePackAndCheckConnectivity() throws IOException {
        try {
            if (source == null || !receiveSmallPack(source)) {
                super.receivePackAndCheckConnectivity();
                repositories.syncReceivedPack(getRepository());
            }
        } catch (IOException | RuntimeException | SubmoduleValidationException | OutOfMemoryError failure) {
            if (source == null || source.ended() && !isRefusal(failure)) {
                throw new IOException("The client stopped in the middle of a push", failure);
            }
            refuseAll(failure);
            if (session.stateless()) {
                source.drain(largestPack);
            }
        }
    }

    /** Does what JGit does with a pack, where that is a {@link SmallPack}; false, and nothing read, where it is not. */
    private boolean receiveSmallPack(PushInput input) throws IOException, SubmoduleValidationException {
        var pack = new SmallPack(getRepository(), input, largestPack);
        pack.setAllowThin(true);
        pack.setNeedNewObjectIds(true);
        pack.setNeedBaseObjectIds(isCheckReferencedObjectsAreReachable());
        pack.setCheckEofAfterPackFooter(session.stateless());
        pack.setObjectChecker(checker);
        pack.setMaxObjectSizeLimit(largestObject);
        input.record();
        try {
            pack.parse(NullProgressMonitor.INSTANCE);
        } catch (SmallPack.TooLargeException e) {
            input.rewind();
            return false;
        } finally {
            input.forget();
        }
        repositories.addObjects(getRepository(), pack.objects());
        ObjectRules.checkSubmodules(getRepository(), checker);
        var info = new ConnectivityCheckInfo();
        info.setRepository(getRepository());
        info.setParser(pack);
        info.setCommands(getAllCommands());
        connectivityChecker.checkConnectivity(info, getAdvertisedObjects(), NullProgressMonitor.INSTANCE);
        return true;
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Problem
                || StorageFull.causes(failure)
                || failure instanceof MissingObjectException
                || failure instanceof SubmoduleValidationException
                || failure instanceof TooLargePackException
                || failure instanceof TooLargeObjectInPackException;
    }

    /** The refs are refused one by one rather than the pack as a whole: that is where clients show a reason. */
    private void refuseAll(Throwable failure) {
        var reason = texts.apply(problem(failure));
        for (var command : filterCommands(Result.NOT_ATTEMPTED)) {
            refuse(command, reason);
        }
        // A client whose sending breaks off does not read the report, but it does show messages.
        sendError(reason);
    }

    private Problem problem(Throwable failure) {
        if (StorageFull.causes(failure)) {
            log.error("Storage is full: a push to {}: {}", session.repository().fullPath(), failure.toString());
            return new Problem(ErrorCode.STORAGE_FULL);
        }
        return switch (failure) {
            case Problem problem -> problem;
            case TooLargePackException _ -> new Problem(ErrorCode.PACK_TOO_LARGE, largestPack);
            case TooLargeObjectInPackException _ -> new Problem(ErrorCode.PUSHED_OBJECT_TOO_LARGE, largestObject);
            case MissingObjectException missing ->
                new Problem(ErrorCode.PUSH_INCOMPLETE, missing.getObjectId().name());
            case IOException broken -> new Problem(ErrorCode.PUSH_DAMAGED, oneLine(broken));
            case SubmoduleValidationException broken -> new Problem(ErrorCode.PUSH_DAMAGED, oneLine(broken));
            default -> {
                log.error("A push to {} failed", session.repository().fullPath(), failure);
                yield new Problem(ErrorCode.INTERNAL);
            }
        };
    }

    private static String oneLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    }

    private void askRules(Collection<ReceiveCommand> commands) {
        var changes = new HashMap<RefChange, ReceiveCommand>();
        for (var command : commands) {
            changes.put(new RefChange(command.getRefName(), command.getOldId(), command.getNewId()), command);
        }
        var existing = getAdvertisedRefs().size();
        rules.check(session.caller(), session.repository(), changes.keySet(), existing)
                .forEach((change, problem) -> refuse(changes.get(change), texts.apply(problem)));
        for (var command : filterCommands(Result.NOT_ATTEMPTED)) {
            if (command.getRefName().startsWith(Constants.R_HEADS) && !isCommit(command)) {
                refuse(command, texts.apply(new Problem(ErrorCode.BRANCH_NOT_A_COMMIT, command.getRefName())));
            }
        }
        explainWhatJGitRefused();
    }

    private boolean isCommit(ReceiveCommand command) {
        try {
            return command.getType() == ReceiveCommand.Type.DELETE
                    || getRevWalk().parseAny(command.getNewId()) instanceof RevCommit;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    protected void executeCommands() {
        var pending = filterCommands(Result.NOT_ATTEMPTED);
        repositories.creating(
                getRepository(),
                pending.stream()
                        .filter(command -> command.getType() == ReceiveCommand.Type.CREATE)
                        .map(ReceiveCommand::getRefName)
                        .toList());
        if (!isAtomic() && pending.size() >= MANY_REFS) {
            moveTogether(pending);
        }
        // What is left, one by one; or, if atomic, all together.
        super.executeCommands();
        explainWhatJGitRefused();
        var moved = filterCommands(Result.OK);
        if (!moved.isEmpty()) {
            var packed = moved.size() > 1 || moved.getFirst().getType() == ReceiveCommand.Type.DELETE;
            var names = moved.stream().map(ReceiveCommand::getRefName).toList();
            repositories.syncRefs(getRepository(), names, packed);
            var moves = moved.stream()
                    .map(command -> MovedRef.of(command.getRefName(), command.getOldId(), command.getNewId()))
                    .toList();
            repositories.moved(session.caller(), session.repository(), getRepository(), moves);
        }
    }

    /**
     * Moves many refs by writing the file of packed refs once, rather than a file for each, which takes minutes. That is
     * all or nothing, and this push is not: refs that cannot move are left out, until there have been too many of them.
     */
    private void moveTogether(List<ReceiveCommand> pending) {
        var left = pending;
        for (int attempt = 0; attempt < ATTEMPTS_TOGETHER && left.size() >= MANY_REFS; attempt++) {
            var batch = getRepository().getRefDatabase().newBatchUpdate();
            batch.setAllowNonFastForwards(isAllowNonFastForwards());
            batch.setAtomic(true);
            batch.setRefLogIdent(getRefLogIdent());
            batch.addCommand(left);
            try {
                batch.execute(getRevWalk(), NullProgressMonitor.INSTANCE);
            } catch (IOException e) {
                log.warn(
                        "Refs of {} could not be moved together",
                        session.repository().fullPath(),
                        e);
            }
            // The one that cannot move has its own reason; the others were only given up with it.
            left = left.stream().filter(ReceiveCommand::isTransactionAborted).toList();
            left.forEach(command -> command.setResult(Result.NOT_ATTEMPTED));
        }
    }

    /** Finds the words for what JGit refuses by itself. */
    private void explainWhatJGitRefused() {
        for (var command : getAllCommands()) {
            if (command.getResult() == Result.REJECTED_CURRENT_BRANCH) {
                refuse(command, texts.apply(new Problem(ErrorCode.REF_HIDDEN, command.getRefName())));
            } else if (command.getResult() == Result.LOCK_FAILURE || isStale(command)) {
                refuse(command, texts.apply(lockProblem(command)));
            } else if (isAbandoned(command)) {
                refuse(command, texts.apply(new Problem(ErrorCode.PUSH_ATOMIC)));
            }
        }
    }

    /** Whether the ref is elsewhere than where the client saw it when it began. */
    private boolean isStale(ReceiveCommand command) {
        if (command.getResult() != Result.REJECTED_OTHER_REASON || explained.contains(command)) {
            return false;
        }
        var ref = command.getRef();
        var known = ref == null || ref.getObjectId() == null ? ObjectId.zeroId() : ref.getObjectId();
        return !known.equals(command.getOldId());
    }

    /** Whether the ref was refused only because another one of an atomic push was. */
    private boolean isAbandoned(ReceiveCommand command) {
        return isAtomic()
                && command.getResult() == Result.REJECTED_OTHER_REASON
                && !explained.isEmpty()
                && !explained.contains(command);
    }

    private Problem lockProblem(ReceiveCommand command) {
        try {
            var conflicting = getRepository().getRefDatabase().getConflictingNames(command.getRefName());
            if (command.getType() == ReceiveCommand.Type.CREATE && !conflicting.isEmpty()) {
                return new Problem(
                        ErrorCode.REF_CONFLICT,
                        command.getRefName(),
                        conflicting.iterator().next());
            }
        } catch (IOException e) {
            log.warn("Refs of {} cannot be read", session.repository().fullPath(), e);
        }
        return new Problem(ErrorCode.REF_MOVED, command.getRefName());
    }

    private void refuse(@Nullable ReceiveCommand command, String reason) {
        if (command != null) {
            command.setResult(Result.REJECTED_OTHER_REASON, reason);
            explained.add(command);
        }
    }
}
