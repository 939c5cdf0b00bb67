package dev.granary.refs;

import com.google.re2j.Pattern;
import dev.granary.access.Role;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Patterns;
import dev.granary.kernel.Problem;
import dev.granary.projects.GeneralPolicy;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** What the general policy says about new branches and tags: how they are called, and who creates them. */
final class CreationPolicy {
    private final GeneralPolicy policy;
    private final @Nullable Pattern branchName;
    private final @Nullable Pattern tagName;

    CreationPolicy(GeneralPolicy policy) {
        this.policy = policy;
        this.branchName = compile(policy.branchNameRegex());
        this.tagName = compile(policy.tagNameRegex());
    }

    private static @Nullable Pattern compile(String pattern) {
        return pattern.isEmpty() ? null : Patterns.compile(pattern);
    }

    /** Why a ref is not created; null when it may be, or when it exists. */
    @Nullable
    Problem check(Asker asker, RefChange change) {
        if (!change.creates()) {
            return null;
        }
        var name = Repository.shortenRefName(change.ref());
        var tag = change.ref().startsWith(Constants.R_TAGS);
        var pattern = tag ? tagName : branchName;
        if (pattern != null && !pattern.matcher(name).find()) {
            return new Problem(tag ? ErrorCode.TAG_NAME_POLICY : ErrorCode.BRANCH_NAME_POLICY, name, pattern.pattern());
        }
        if (!mayCreate(asker, tag)) {
            return new Problem(tag ? ErrorCode.TAG_CREATION_POLICY : ErrorCode.BRANCH_CREATION_POLICY, name);
        }
        return null;
    }

    /** Deploy keys and roles below the developer's count as developers. */
    private boolean mayCreate(Asker asker, boolean tag) {
        var restricted = tag
                ? policy.forbiddenDeveloperCreateTag()
                : policy.forbiddenDeveloperCreateBranch() || policy.forbiddenCommitterCreateBranch();
        if (!restricted || asker.isUser(policy.branchCreators()) && !tag) {
            return true;
        }
        if (asker.level() > Role.COMMITTER.level()) {
            return true;
        }
        return asker.level() == Role.COMMITTER.level()
                ? tag || !policy.forbiddenCommitterCreateBranch()
                : !tag && !policy.forbiddenDeveloperCreateBranch();
    }
}
