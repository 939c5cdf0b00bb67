package dev.granary.remotes;

import dev.granary.remotes.RefMove.Outcome;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** One push: compares the refs on both sides, sends what the remote lacks, and reads what became of each ref. */
final class OutgoingPush {
    private final RepositoryService repositories;
    private final HostedRepository repository;
    private final Conversation conversation;
    private final Transfer transfer;
    private final PushOrder order;

    OutgoingPush(
            RepositoryService repositories, HostedRepository repository, Conversation conversation, PushOrder order) {
        this.repositories = repositories;
        this.repository = repository;
        this.conversation = conversation;
        this.transfer = conversation.transfer();
        this.order = order;
    }

    SyncResult run() throws IOException {
        try (var git = repositories.open(repository);
                var connection = conversation.push(git)) {
            var there = chosen(connection.getRefsMap());
            var moves = planned(git, there);
            var updates = new HashMap<String, RemoteRefUpdate>();
            for (var move : moves.values()) {
                if (move.moved()) {
                    updates.put(move.ref(), update(git, move));
                }
            }
            if (!updates.isEmpty()) {
                transfer.progress().phase("sending");
                connection.push(new Monitor(transfer), updates);
                transfer.check();
            }
            updates.forEach((name, update) -> moves.computeIfPresent(name, (_, move) -> result(move, update)));
            return new SyncResult(
                    List.copyOf(moves.values()),
                    there.size(),
                    transfer.bytes(),
                    Conversation.defaultBranch(connection.getRefsMap()),
                    Optional.ofNullable(transfer.hostKey()));
        }
    }

    private Map<String, ObjectId> chosen(Map<String, Ref> refs) {
        var choice = RefChoice.of(order.refSpecs());
        var chosen = new TreeMap<String, ObjectId>();
        refs.forEach((name, ref) -> {
            if (choice.includes(name) && ref.getObjectId() != null) {
                chosen.put(name, ref.getObjectId().copy());
            }
        });
        return chosen;
    }

    private Map<String, RefMove> planned(Repository git, Map<String, ObjectId> there) throws IOException {
        var refs = new HashMap<String, Ref>();
        for (var ref : git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
            refs.put(ref.getName(), ref);
        }
        var here = chosen(refs);
        var moves = new TreeMap<String, RefMove>();
        try (var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            for (var name : new ArrayList<>(here.keySet())) {
                transfer.check();
                var after = here.getOrDefault(name, ObjectId.zeroId());
                var before = there.getOrDefault(name, ObjectId.zeroId());
                if (!after.equals(before)) {
                    moves.put(name, new RefMove(name, before, after, outcome(git, walk, name, before, after), null));
                }
            }
        }
        // A repository that lost all its refs lost more than those: the remote keeps its own.
        if (order.prune() && !here.isEmpty()) {
            there.forEach((name, before) -> {
                if (!here.containsKey(name)) {
                    moves.put(name, new RefMove(name, before, ObjectId.zeroId(), Outcome.DELETED, null));
                }
            });
        }
        return moves;
    }

    private Outcome outcome(Repository git, RevWalk walk, String name, ObjectId before, ObjectId after)
            throws IOException {
        if (before.equals(ObjectId.zeroId())) {
            return Outcome.CREATED;
        }
        var forward = name.startsWith(Constants.R_HEADS)
                && git.getObjectDatabase().has(before)
                && walk.parseAny(before) instanceof RevCommit old
                && walk.parseAny(after) instanceof RevCommit latest
                && walk.isMergedInto(old, latest);
        if (forward) {
            return Outcome.UPDATED;
        }
        return order.force() ? Outcome.FORCED : Outcome.DIVERGED;
    }

    private static RemoteRefUpdate update(Repository git, RefMove move) throws IOException {
        // Without a source the ref is to go. There is no ref here that tracks the one there.
        return move.outcome() == Outcome.DELETED
                ? new RemoteRefUpdate(git, (String) null, null, move.ref(), true, null, move.before())
                : new RemoteRefUpdate(git, move.ref(), move.after(), move.ref(), true, null, move.before());
    }

    private static RefMove result(RefMove move, RemoteRefUpdate update) {
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE, NON_EXISTING -> move;
            case REJECTED_REMOTE_CHANGED -> RefUpdates.refused(move, "moved-meanwhile");
            case REJECTED_NODELETE, REJECTED_NONFASTFORWARD, REJECTED_OTHER_REASON ->
                RefUpdates.refused(move, "remote");
            case NOT_ATTEMPTED, AWAITING_REPORT -> RefUpdates.refused(move, "failed");
        };
    }
}
