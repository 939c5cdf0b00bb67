package dev.granary.refs;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.repositories.HostedRepository;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.springframework.stereotype.Service;

/** Decides, before any ref moves and whichever way the change comes in, whether it may. */
@Service
public class RefRules {
    private final AccessService access;

    RefRules(AccessService access) {
        this.access = access;
    }

    /** Why a change is refused; empty when it may happen. */
    public Optional<Problem> check(Caller caller, HostedRepository repository, RefChange change) {
        if (repository.locked()) {
            return Optional.of(new Problem(ErrorCode.REPOSITORY_LOCKED));
        }
        try {
            access.require(caller, new Scope.Repository(repository.id()), permission(change));
            return Optional.empty();
        } catch (Problem problem) {
            return Optional.of(problem);
        }
    }

    private static Permission permission(RefChange change) {
        var tag = change.ref().startsWith(Constants.R_TAGS);
        if (change.creates()) {
            return tag ? Permission.TAG_CREATE : Permission.BRANCH_CREATE;
        }
        if (change.deletes()) {
            return tag ? Permission.TAG_DELETE : Permission.BRANCH_DELETE;
        }
        return tag ? Permission.TAG_DELETE : Permission.COMMIT;
    }
}
