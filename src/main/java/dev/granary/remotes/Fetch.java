package dev.granary.remotes;

import dev.granary.kernel.Settings;
import dev.granary.remotes.RefMove.Outcome;
import dev.granary.remotes.RemoteFailure.Reason;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.transport.ObjectRules;
import dev.granary.transport.PushConnectivity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ConnectivityChecker.ConnectivityCheckInfo;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * One fetch: lists the remote's refs, receives the objects that are new, checks them as those of a push are, and moves
 * refs. Objects are durable before any ref names them, so whenever the server dies, refs are whole; objects that came
 * before it died are not fetched again. Where much is new, it comes in steps: what a step brought remains.
 */
final class Fetch {
    private static final int LONGEST_NAME = 255;

    private final RepositoryService repositories;
    private final Settings.Limits limits;
    private final HostedRepository repository;
    private final Conversation conversation;
    private final Transfer transfer;
    private final FetchOrder order;
    private final ObjectChecker checker = ObjectRules.checker();
    private final Arrival arrival;

    Fetch(
            RepositoryService repositories,
            Settings.Limits limits,
            HostedRepository repository,
            Conversation conversation,
            FetchOrder order) {
        this.repositories = repositories;
        this.limits = limits;
        this.repository = repository;
        this.conversation = conversation;
        this.transfer = conversation.transfer();
        this.order = order;
        this.arrival = new Arrival(repositories, repository, transfer);
    }

    SyncResult run() throws IOException, SubmoduleValidationException {
        while (true) {
            var result = round();
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    /** One listing and what follows from it; empty while there is more to fetch. */
    private Optional<SyncResult> round() throws IOException, SubmoduleValidationException {
        var choice = RefChoice.of(order.refSpecs());
        try (var git = repositories.openUnready(repository);
                var receiving = new ReceivingRepository(git.getDirectory(), ObjectRules.largestObject(limits));
                var connection = conversation.fetch(receiving, checker, choice.beginnings())) {
            var remote = connection.getRefsMap();
            var defaultBranch = Conversation.defaultBranch(remote);
            var wanted = wanted(remote, choice, defaultBranch);
            var here = here(git);
            var planned = planned(wanted, here);
            var step = FetchSteps.next(planned, here.size(), defaultBranch);
            arrival.arrived(git, classified(git, receiving, connection, step, here), defaultBranch);
            if (step.size() < planned.size()) {
                return Optional.empty();
            }
            if (order.prune() && !order.onlyDefaultBranch() && !wanted.isEmpty()) {
                arrival.lost(git, lost(wanted, here, choice), defaultBranch);
            }
            return Optional.of(new SyncResult(
                    arrival.moves(),
                    wanted.size(),
                    transfer.bytes(),
                    defaultBranch,
                    Optional.ofNullable(transfer.hostKey())));
        }
    }

    private Map<String, ObjectId> wanted(Map<String, Ref> remote, RefChoice choice, Optional<String> defaultBranch)
            throws TransferStopped {
        var only = order.onlyDefaultBranch() ? Constants.R_HEADS + defaultBranch.orElse("") : "";
        var wanted = new TreeMap<String, ObjectId>();
        for (var ref : remote.values()) {
            var chosen = only.isEmpty()
                    ? choice.includes(ref.getName())
                    : ref.getName().equals(only);
            if (chosen && ref.getObjectId() != null) {
                wanted.put(ref.getName(), ref.getObjectId().copy());
            }
        }
        if (wanted.size() > limits.refs()) {
            throw transfer.stop(Reason.TOO_MANY_REFS, limits.refs());
        }
        return wanted;
    }

    private static Map<String, ObjectId> here(Repository git) throws IOException {
        return git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS).stream()
                .filter(ref -> ref.getObjectId() != null)
                .collect(Collectors.toMap(
                        Ref::getName, ref -> ref.getObjectId().copy(), (first, _) -> first, HashMap::new));
    }

    /** The refs that are elsewhere than at the remote, or missing here, and of which nothing was decided yet. */
    private List<RefMove> planned(Map<String, ObjectId> wanted, Map<String, ObjectId> here) {
        var planned = new ArrayList<RefMove>();
        wanted.forEach((name, target) -> {
            var before = here.getOrDefault(name, ObjectId.zeroId());
            if (!before.equals(target) && !arrival.knows(name)) {
                var outcome = before.equals(ObjectId.zeroId()) ? Outcome.CREATED : Outcome.UPDATED;
                planned.add(new RefMove(name, before, target, outcome, null));
            }
        });
        return planned;
    }

    /** Gets the objects, and finds out which refs may move. */
    private List<RefMove> classified(
            Repository git,
            ReceivingRepository receiving,
            FetchConnection connection,
            List<RefMove> planned,
            Map<String, ObjectId> here)
            throws IOException, SubmoduleValidationException {
        var valid = new ArrayList<RefMove>();
        var result = new ArrayList<RefMove>();
        for (var move : planned) {
            if (move.ref().length() > LONGEST_NAME || !Repository.isValidRefName(move.ref())) {
                result.add(RefUpdates.refused(move, "invalid-name"));
            } else {
                valid.add(move);
            }
        }
        if (!valid.isEmpty()) {
            receive(git, receiving, connection, valid, here);
            transfer.progress().phase("updating");
            try (var walk = new RevWalk(receiving)) {
                for (var move : valid) {
                    transfer.check();
                    result.add(classified(walk, move));
                }
            }
        }
        return result;
    }

    private void receive(
            Repository git,
            ReceivingRepository receiving,
            FetchConnection connection,
            List<RefMove> moves,
            Map<String, ObjectId> here)
            throws IOException, SubmoduleValidationException {
        var tips = new HashSet<>(here.values());
        var missing = missing(receiving, moves, tips);
        if (missing.isEmpty()) {
            return;
        }
        transfer.progress().phase("receiving");
        var wants = connection.getRefs().stream()
                .filter(ref -> missing.contains(ref.getName()))
                .toList();
        connection.fetch(new Monitor(transfer), wants, tips);
        transfer.check(); // JGit is silent about being stopped.
        repositories.syncReceivedPack(git);
        transfer.progress().phase("checking");
        ObjectRules.checkSubmodules(receiving, checker);
        checkConnectivity(receiving, moves, tips);
    }

    /** The refs whose objects have to be fetched. They may be here already: a run that died left them. */
    private Set<String> missing(ReceivingRepository receiving, List<RefMove> moves, Set<ObjectId> tips)
            throws IOException {
        var present = new ArrayList<RefMove>();
        var missing = new HashSet<String>();
        for (var move : moves) {
            if (receiving.getObjectDatabase().has(move.after())) {
                present.add(move);
            } else {
                missing.add(move.ref());
            }
        }
        try {
            checkConnectivity(receiving, present, tips);
        } catch (MissingObjectException e) {
            present.forEach(move -> missing.add(move.ref()));
        }
        return missing;
    }

    private void checkConnectivity(ReceivingRepository receiving, List<RefMove> moves, Set<ObjectId> tips)
            throws IOException {
        if (moves.isEmpty()) {
            return;
        }
        var commands = new ArrayList<ReceiveCommand>();
        for (var move : moves) {
            commands.add(new ReceiveCommand(move.before(), move.after(), move.ref()));
        }
        var info = new ConnectivityCheckInfo();
        info.setRepository(receiving);
        info.setCommands(commands);
        var parser = receiving.parser();
        if (parser != null) {
            info.setParser(parser);
        }
        var borrows = repository.borrowsFromId() != null;
        new PushConnectivity(borrows, limits.pushedFile().toBytes())
                .checkConnectivity(info, tips, new StoppingMonitor(transfer));
    }

    private RefMove classified(RevWalk walk, RefMove move) throws IOException {
        var isBranch = move.ref().startsWith(Constants.R_HEADS);
        var target = walk.parseAny(move.after());
        if (isBranch && !(target instanceof RevCommit)) {
            return RefUpdates.refused(move, "not-a-commit");
        }
        if (move.outcome() == Outcome.CREATED) {
            return move;
        }
        // A tag that moves is a tag that somebody rewrote.
        var forward = isBranch
                && target instanceof RevCommit after
                && walk.parseAny(move.before()) instanceof RevCommit before
                && walk.isMergedInto(before, after);
        if (forward) {
            return move;
        }
        return new RefMove(
                move.ref(), move.before(), move.after(), order.force() ? Outcome.FORCED : Outcome.DIVERGED, null);
    }

    /**
     * What the remote no longer has. A remote without any refs has lost more than its refs: this is not asked then.
     */
    private static List<RefMove> lost(Map<String, ObjectId> wanted, Map<String, ObjectId> here, RefChoice choice) {
        return here.entrySet().stream()
                .filter(ref -> choice.includes(ref.getKey()) && !wanted.containsKey(ref.getKey()))
                .map(ref -> new RefMove(ref.getKey(), ref.getValue(), ObjectId.zeroId(), Outcome.DELETED, null))
                .toList();
    }
}
