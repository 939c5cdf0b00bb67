package dev.granary.refs;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Holds changes of refs to the rules that protect branches and tags. */
@Component
class RefProtection {
    private final RepositoryService repositories;

    RefProtection(RepositoryService repositories) {
        this.repositories = repositories;
    }

    /**
     * Why a change is refused; null when it may happen.
     *
     * @param way {@link RuleAction#PUSH}, or {@link RuleAction#MERGE} for the merge of a request
     */
    @Nullable
    Problem check(RuleSet rules, Asker asker, HostedRepository repository, RefChange change, RuleAction way) {
        var name = Repository.shortenRefName(change.ref());
        return change.ref().startsWith(Constants.R_TAGS)
                ? checkTag(rules.tag(name), asker, change, name)
                : checkBranch(rules.branch(name), asker, repository, change, name, way);
    }

    private @Nullable Problem checkBranch(
            @Nullable AccessRule rule,
            Asker asker,
            HostedRepository repository,
            RefChange change,
            String name,
            RuleAction way) {
        if (rule == null) {
            return null;
        }
        if (change.deletes()) {
            return new Problem(ErrorCode.PROTECTED_BRANCH_DELETE, name, rule.pattern());
        }
        var restriction = rule.restriction(way);
        if (restriction.isPresent() && !asker.isAmong(restriction.get())) {
            var code = way == RuleAction.MERGE ? ErrorCode.PROTECTED_BRANCH_MERGE : ErrorCode.PROTECTED_BRANCH_PUSH;
            return new Problem(code, name, rule.pattern());
        }
        return !rule.allowsForcePush() && !change.creates() && Rewrites.happen(repositories, repository, change)
                ? new Problem(ErrorCode.PROTECTED_BRANCH_FORCE, name, rule.pattern())
                : null;
    }

    private static @Nullable Problem checkTag(@Nullable AccessRule rule, Asker asker, RefChange change, String name) {
        if (rule == null) {
            return null;
        }
        var all = rule.restriction(RuleAction.CREATE_DELETE);
        if (all.isPresent() && asker.isAmong(all.get())) {
            return null;
        }
        if (!change.creates()) {
            return new Problem(ErrorCode.PROTECTED_TAG_CHANGE, name, rule.pattern());
        }
        var create = rule.restriction(RuleAction.CREATE);
        var allowed = create.map(asker::isAmong).orElse(all.isEmpty());
        return allowed ? null : new Problem(ErrorCode.PROTECTED_TAG_CREATE, name, rule.pattern());
    }
}
