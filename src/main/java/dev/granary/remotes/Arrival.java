package dev.granary.remotes;

import dev.granary.kernel.Caller;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.MovedRef;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * Moves the refs of a repository whose objects have come: first what is new, so that there is always a default branch,
 * then the default branch, then what is to go, and what could not be made beside that.
 */
final class Arrival {
    private final RepositoryService repositories;
    private final HostedRepository repository;
    private final Transfer transfer;

    /** What was to become of each ref. */
    private final Map<String, RefMove> intended = new TreeMap<>();

    /** What became of it. */
    private final Map<String, RefMove> result = new TreeMap<>();

    Arrival(RepositoryService repositories, HostedRepository repository, Transfer transfer) {
        this.repositories = repositories;
        this.repository = repository;
        this.transfer = transfer;
    }

    /** Whether something was decided of a ref. */
    boolean knows(String ref) {
        return intended.containsKey(ref);
    }

    /** What became of each ref. */
    List<RefMove> moves() {
        return List.copyOf(result.values());
    }

    /** Moves refs as far as they may be. */
    void arrived(Repository git, List<RefMove> moves, Optional<String> defaultBranch) throws IOException {
        moves.forEach(move -> intended.put(move.ref(), move));
        put(moves);
        var names = moves.stream().filter(RefMove::moved).map(RefMove::ref).toList();
        repositories.creating(
                git,
                defaultBranch
                        .map(branch -> List.of(Constants.R_HEADS + branch))
                        .filter(names::containsAll)
                        .orElse(names));
        apply(git, moves);
        followDefaultBranch(git, defaultBranch);
        finish(git, moves);
    }

    /** Deletes refs. The default branch is only reported. */
    void lost(Repository git, List<RefMove> lost, Optional<String> defaultBranch) throws IOException {
        if (lost.isEmpty()) {
            return;
        }
        var head = git.exactRef(Constants.HEAD);
        var current = head != null && head.isSymbolic() ? head.getTarget().getName() : "";
        var moves = lost.stream()
                .map(move -> move.ref().equals(current) ? RefUpdates.refused(move, "default-branch") : move)
                .toList();
        put(moves);
        apply(git, moves);
        var again = intended.values().stream()
                .filter(RefMove::moved)
                .filter(move -> "name-conflict".equals(reason(move)))
                .toList();
        apply(git, again);
        followDefaultBranch(git, defaultBranch);
        finish(git, moves);
        finish(git, again);
    }

    private String reason(RefMove move) {
        var now = result.get(move.ref());
        return now == null ? "" : String.valueOf(now.reason());
    }

    private void put(Collection<RefMove> moves) {
        moves.forEach(move -> result.put(move.ref(), move));
    }

    private void apply(Repository git, List<RefMove> moves) throws IOException {
        put(new RefUpdates(git).apply(moves.stream().filter(RefMove::moved).toList()));
        var names = moved(moves).stream().map(RefMove::ref).toList();
        if (!names.isEmpty()) {
            repositories.syncRefs(git, names);
        }
    }

    /** Those of some refs that moved in fact. */
    private List<RefMove> moved(List<RefMove> moves) {
        return moves.stream()
                .filter(move -> {
                    var became = result.get(move.ref());
                    return became != null && became.moved();
                })
                .toList();
    }

    private void finish(Repository git, List<RefMove> moves) {
        var moved = moved(moves).stream()
                .map(move -> MovedRef.of(move.ref(), move.before(), move.after()))
                .toList();
        if (!moved.isEmpty()) {
            repositories.moved(Caller.ANONYMOUS, repository, git, moved);
            transfer.progress()
                    .moved((int) result.values().stream().filter(RefMove::moved).count());
        }
    }

    private void followDefaultBranch(Repository git, Optional<String> branch) throws IOException {
        var head = git.exactRef(Constants.HEAD);
        if (branch.isPresent() && head != null && git.exactRef(Constants.R_HEADS + branch.get()) != null) {
            var current = head.isSymbolic() ? head.getTarget().getName() : "";
            if (!current.equals(Constants.R_HEADS + branch.get())) {
                repositories.changeDefaultBranch(repository, git, branch.get());
            }
        }
    }
}
