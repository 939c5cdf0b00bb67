package dev.granary.refs;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import dev.granary.repositories.RepositoryService;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says what a caller may do with a branch or tag, by role and by the rules that protect it. */
@Service
class RefPermissionService {
    private static final int LONGEST_REF = 210;

    /** The documentation spells the prefixes without the final s; Git spells them with it. */
    private static final String HEAD_PREFIX = "refs/head/";

    private static final String TAG_PREFIX = "refs/tag/";

    private final RepositoryService repositories;
    private final AccessService access;
    private final RefStandings standings;

    RefPermissionService(RepositoryService repositories, AccessService access, RefStandings standings) {
        this.repositories = repositories;
        this.access = access;
        this.standings = standings;
    }

    /** Whether one action is allowed, and whether a rule protects the ref. */
    record Allowed(boolean hasPermission, boolean isProtect) {}

    /** All actions; null for those that were not asked for. */
    record Permissions(
            @Nullable Allowed read,
            @Nullable Allowed review,
            @Nullable Allowed approval,
            @Nullable Allowed createChange,
            @Nullable Allowed merge,
            @Nullable Allowed createDelete,
            @Nullable Allowed push) {}

    /**
     * What the caller may do.
     *
     * @param target a branch's or tag's full name, or a branch's short one
     * @param action which action is asked for; null for all
     */
    Permissions show(Caller caller, long repositoryId, String target, @Nullable String action) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        access.requireUser(caller);
        var ref = ref(target);
        var standing = standings.of(caller, repository);
        var guarded = standing.isProtected(ref);
        var allowed = new TreeMap<String, Allowed>();
        allowed.put("read", new Allowed(standing.mayRead(ref, Permission.VIEW), guarded));
        allowed.put("review", new Allowed(standing.holds(Permission.MERGE_REQUEST_REVIEW), guarded));
        allowed.put("approval", new Allowed(standing.holds(Permission.MERGE_REQUEST_APPROVE), guarded));
        allowed.put("create-change", new Allowed(standing.mayChange(Permission.MERGE_REQUEST_CREATE), guarded));
        allowed.put("merge", new Allowed(standing.mayMerge(ref), guarded));
        allowed.put("create-delete", new Allowed(standing.mayCreateAndDelete(ref), guarded));
        allowed.put("push", new Allowed(standing.mayPush(ref), guarded));
        if (action != null && !action.isEmpty()) {
            if (!allowed.containsKey(action)) {
                throw Problem.invalid("action", "one-of", String.join(", ", allowed.keySet()));
            }
            allowed.keySet().retainAll(Set.of(action));
        }
        return new Permissions(
                allowed.get("read"),
                allowed.get("review"),
                allowed.get("approval"),
                allowed.get("create-change"),
                allowed.get("merge"),
                allowed.get("create-delete"),
                allowed.get("push"));
    }

    private static String ref(String target) {
        var text = Texts.line("target_ref", target, 1, LONGEST_REF);
        var ref = text.startsWith(HEAD_PREFIX)
                ? Constants.R_HEADS + text.substring(HEAD_PREFIX.length())
                : text.startsWith(TAG_PREFIX) ? Constants.R_TAGS + text.substring(TAG_PREFIX.length()) : text;
        var full = VisibleRefs.isBranchOrTag(ref) ? ref : Constants.R_HEADS + ref;
        if (!Repository.isValidRefName(full)) {
            throw Problem.invalid("target_ref", "ref-name");
        }
        return full;
    }
}
