package dev.granary.transport;

import dev.granary.api.Failures;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.refs.RefChange;
import dev.granary.refs.RefRules;
import dev.granary.refs.VisibleRefs;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;

/** One push: receives the objects, checks them, asks the rules for every ref, moves the refs. */
class Push extends ReceivePack {
    private final GitSession session;
    private final RefRules rules;
    private final RepositoryService repositories;
    private final Failures texts;

    Push(GitSession session, Repository git, RefRules rules, RepositoryService repositories, Failures texts)
            throws IOException {
        super(git);
        this.session = session;
        this.rules = rules;
        this.repositories = repositories;
        this.texts = texts;
        setBiDirectionalPipe(!session.stateless());
        setRefFilter(VisibleRefs.FILTER);
        // Without this, the tips of repositories whose objects this one borrows would be shown as ".have".
        setAdvertisedRefs(null, Set.of());
        setAtomic(true);
        setAllowPushOptions(true);
        setObjectChecker(new ObjectChecker());
        setPreReceiveHook((_, commands) -> askRules(commands));
    }

    private void askRules(Collection<ReceiveCommand> commands) {
        for (var command : commands) {
            var change = new RefChange(command.getRefName(), command.getOldId(), command.getNewId());
            rules.check(session.caller(), session.repository(), change)
                    .ifPresent(problem ->
                            command.setResult(Result.REJECTED_OTHER_REASON, texts.text(problem, session.locale())));
        }
    }

    @Override
    protected void executeCommands() {
        super.executeCommands();
        for (var command : filterCommands(Result.LOCK_FAILURE)) {
            command.setResult(
                    Result.REJECTED_OTHER_REASON,
                    texts.text(new Problem(ErrorCode.COMMIT_CONFLICT, command.getRefName()), session.locale()));
        }
        if (!filterCommands(Result.OK).isEmpty()) {
            repositories.pushed(session.repository());
        }
    }
}
