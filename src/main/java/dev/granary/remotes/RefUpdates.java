package dev.granary.remotes;

import dev.granary.remotes.RefMove.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves refs of a repository here, each from where it was seen and nowhere else. */
final class RefUpdates {
    private static final Logger log = LoggerFactory.getLogger(RefUpdates.class);

    /** From so many on, refs are written together: a file for each takes minutes. */
    private static final int MANY = 20;

    private static final int ATTEMPTS_TOGETHER = 10;

    private final Repository git;

    RefUpdates(Repository git) {
        this.git = git;
    }

    /** Moves them as far as they can be moved; what could not says why. */
    List<RefMove> apply(Collection<RefMove> planned) throws IOException {
        var commands = planned.stream()
                .map(move -> new ReceiveCommand(move.before(), move.after(), move.ref()))
                .toList();
        try (var walk = new RevWalk(git)) {
            var left = commands;
            for (int attempt = 0; attempt < ATTEMPTS_TOGETHER && left.size() >= MANY; attempt++) {
                execute(left, true, walk);
                // The one that cannot move has its own reason; the others were only given up with it.
                left = left.stream()
                        .filter(ReceiveCommand::isTransactionAborted)
                        .toList();
                left.forEach(command -> command.setResult(Result.NOT_ATTEMPTED));
            }
            execute(left, false, walk);
        }
        var results = new ArrayList<RefMove>();
        var command = commands.iterator();
        for (var move : planned) {
            results.add(result(move, command.next()));
        }
        return results;
    }

    private void execute(List<ReceiveCommand> commands, boolean together, RevWalk walk) throws IOException {
        if (commands.isEmpty()) {
            return;
        }
        var batch = git.getRefDatabase().newBatchUpdate();
        batch.setAllowNonFastForwards(true);
        batch.setAtomic(together);
        batch.disableRefLog();
        batch.addCommand(commands);
        batch.execute(walk, NullProgressMonitor.INSTANCE);
    }

    private RefMove result(RefMove move, ReceiveCommand command) throws IOException {
        if (command.getResult() == Result.OK) {
            return move;
        }
        log.debug("{} did not move: {} {}", move.ref(), command.getResult(), command.getMessage());
        var conflicts = command.getType() == ReceiveCommand.Type.CREATE
                && !git.getRefDatabase().getConflictingNames(move.ref()).isEmpty();
        var meanwhile = command.getResult() == Result.LOCK_FAILURE;
        return refused(move, conflicts ? "name-conflict" : meanwhile ? "moved-meanwhile" : "failed");
    }

    static RefMove refused(RefMove move, String reason) {
        return new RefMove(move.ref(), move.before(), move.after(), Outcome.REFUSED, reason);
    }
}
