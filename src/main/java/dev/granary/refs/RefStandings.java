package dev.granary.refs;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.repositories.HiddenRefs;
import dev.granary.repositories.HostedRepository;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a caller may do with branches and tags, by role and by the rules that protect them. */
@Component
class RefStandings {
    private final AccessService access;
    private final RuleSets ruleSets;
    private final RuleUserGroupStore userGroups;
    private final TagSecrecy secrecy;

    RefStandings(AccessService access, RuleSets ruleSets, RuleUserGroupStore userGroups, TagSecrecy secrecy) {
        this.access = access;
        this.ruleSets = ruleSets;
        this.userGroups = userGroups;
        this.secrecy = secrecy;
    }

    /** Asks what a caller may do in a repository. */
    Of of(Caller caller, HostedRepository repository) {
        return new Of(
                repository,
                ruleSets.of(repository),
                access.permissions(caller, new Scope.Repository(repository.id())),
                new Asker(caller, repository, access, userGroups),
                secrecy.hiddenFrom(caller, repository));
    }

    /** What one caller may do in one repository, asked for once for all of its refs. Names of refs are full ones. */
    static final class Of {
        private final HostedRepository repository;
        private final RuleSet rules;
        private final Set<Permission> held;
        private final Asker asker;
        private final HiddenRefs hidden;

        private Of(HostedRepository repository, RuleSet rules, Set<Permission> held, Asker asker, HiddenRefs hidden) {
            this.repository = repository;
            this.rules = rules;
            this.held = held;
            this.asker = asker;
            this.hidden = hidden;
        }

        /** Whether the caller holds a permission that changes nothing. */
        boolean holds(Permission permission) {
            return held.contains(permission);
        }

        /** Whether the caller holds a permission and the repository is not locked. */
        boolean mayChange(Permission permission) {
            return !repository.locked() && held.contains(permission);
        }

        /** What protects a branch. */
        Protection protection(String ref) {
            return Protection.of(rule(ref));
        }

        /** Whether a rule protects a ref. */
        boolean isProtected(String ref) {
            return rule(ref) != null;
        }

        /** Whether the caller holds a permission that changes nothing, and sees the ref. */
        boolean mayRead(String ref, Permission permission) {
            return held.contains(permission) && !hidden.contains(ref);
        }

        boolean mayPush(String ref) {
            return isTag(ref)
                    ? mayChange(Permission.TAG_CREATE) && mayBy(ref, RuleAction.CREATE)
                    : mayChange(Permission.COMMIT) && mayBy(ref, RuleAction.PUSH);
        }

        boolean mayMerge(String ref) {
            return mayChange(Permission.MERGE_REQUEST_MERGE) && mayBy(ref, RuleAction.MERGE);
        }

        /** Nobody deletes protected branches; protected tags are for those to whom just this is left. */
        boolean mayDelete(String ref) {
            return isTag(ref)
                    ? mayChange(Permission.TAG_DELETE) && mayBy(rule(ref), RuleAction.CREATE_DELETE, false)
                    : mayChange(Permission.BRANCH_DELETE)
                            && rule(ref) == null
                            && !ref.equals(Constants.R_HEADS + repository.defaultBranch());
        }

        boolean mayCreateAndDelete(String ref) {
            return mayDelete(ref) && mayChange(isTag(ref) ? Permission.TAG_CREATE : Permission.BRANCH_CREATE);
        }

        private boolean mayBy(String ref, RuleAction action) {
            return mayBy(rule(ref), action, true);
        }

        /** Whether a rule leaves an action to the caller; {@code otherwise} is what holds where it does not speak of it. */
        private boolean mayBy(@Nullable AccessRule rule, RuleAction action, boolean otherwise) {
            return rule == null || rule.restriction(action).map(asker::isAmong).orElse(otherwise);
        }

        private @Nullable AccessRule rule(String ref) {
            var name = Repository.shortenRefName(ref);
            return isTag(ref) ? rules.tag(name) : rules.branch(name);
        }

        private static boolean isTag(String ref) {
            return ref.startsWith(Constants.R_TAGS);
        }
    }
}
