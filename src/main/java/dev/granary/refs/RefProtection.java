package dev.granary.refs;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.util.Optional;
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
        var restricted = restricted(rule, asker, name, way);
        if (restricted.isPresent()) {
            return restricted.get();
        }
        return !rule.allowsForcePush() && !change.creates() && Rewrites.happen(repositories, repository, change)
                ? new Problem(ErrorCode.PROTECTED_BRANCH_FORCE, name, rule.pattern())
                : null;
    }

    /** Why a caller may not merge into a branch. */
    Optional<Problem> checkMerger(RuleSet rules, Asker asker, String ref) {
        var name = Repository.shortenRefName(ref);
        var rule = rules.branch(name);
        return rule == null ? Optional.empty() : restricted(rule, asker, name, RuleAction.MERGE);
    }

    private static Optional<Problem> restricted(AccessRule rule, Asker asker, String name, RuleAction way) {
        var code = way == RuleAction.MERGE ? ErrorCode.PROTECTED_BRANCH_MERGE : ErrorCode.PROTECTED_BRANCH_PUSH;
        return rule.restriction(way)
                .filter(allowed -> !asker.isAmong(allowed))
                .map(_ -> new Problem(code, name, rule.pattern()));
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
