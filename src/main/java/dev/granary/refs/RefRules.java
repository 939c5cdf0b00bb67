package dev.granary.refs;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Settings;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.springframework.stereotype.Service;

/** Decides, before any ref moves and whichever way the change comes in, whether it may. */
@Service
public class RefRules {
    private static final int LONGEST_NAME = 200;

    private final AccessService access;
    private final RepositoryService repositories;
    private final RuleSets ruleSets;
    private final RefProtection protection;
    private final CommitInspection inspection;
    private final RuleUserGroupStore userGroups;
    private final int mostRefs;

    RefRules(
            AccessService access,
            RepositoryService repositories,
            RuleSets ruleSets,
            RefProtection protection,
            CommitInspection inspection,
            RuleUserGroupStore userGroups,
            Settings settings) {
        this.access = access;
        this.repositories = repositories;
        this.ruleSets = ruleSets;
        this.protection = protection;
        this.inspection = inspection;
        this.userGroups = userGroups;
        this.mostRefs = settings.limits().refs();
    }

    /**
     * Why a change is refused; empty when it may happen. What the ref is to name must be in the repository: see {@link
     * #looksInside}.
     */
    public Optional<Problem> check(Caller caller, HostedRepository repository, RefChange change) {
        var existing = change.creates() ? count(repository) : 0;
        return Optional.ofNullable(
                check(caller, repository, List.of(change), existing).get(change));
    }

    /** As {@link #check(Caller, HostedRepository, RefChange)}, for the merge of a request into its target. */
    public Optional<Problem> checkMerge(Caller caller, HostedRepository repository, RefChange change) {
        return Optional.ofNullable(
                check(caller, repository, List.of(change), 0, RuleAction.MERGE, _ -> Permission.MERGE_REQUEST_MERGE)
                        .get(change));
    }

    /** Why a caller may merge no request into a branch, whatever is in it; {@code ref} is the full name. */
    public Optional<Problem> checkMerger(Caller caller, HostedRepository repository, String ref) {
        var rules = ruleSets.of(repository);
        var asker = new Asker(caller, repository, access, userGroups);
        return closed(repository)
                .or(() -> byPermission(caller, repository, Permission.MERGE_REQUEST_MERGE))
                .or(() -> protection.checkMerger(rules, asker, ref));
    }

    /** Whether the rules of a repository look at more than names, so that new objects must be in place before they do. */
    public boolean looksInside(HostedRepository repository) {
        return ruleSets.of(repository).looksInside();
    }

    /**
     * Why changes that come together are refused; those that may happen are missing from the answer.
     *
     * @param existing how many branches and tags there are before the changes
     */
    public Map<RefChange, Problem> check(
            Caller caller, HostedRepository repository, Collection<RefChange> changes, int existing) {
        return check(caller, repository, changes, existing, RuleAction.PUSH, RefRules::permission);
    }

    private Map<RefChange, Problem> check(
            Caller caller,
            HostedRepository repository,
            Collection<RefChange> changes,
            int existing,
            RuleAction way,
            Function<RefChange, Permission> permissionFor) {
        var rules = ruleSets.of(repository);
        var asker = new Asker(caller, repository, access, userGroups);
        var refused = new LinkedHashMap<RefChange, Problem>();
        var permissions = new EnumMap<Permission, Optional<Problem>>(Permission.class);
        var room = mostRefs - existing;
        for (var change : changes) {
            var problem = byName(repository, change)
                    .or(() -> permissions.computeIfAbsent(
                            permissionFor.apply(change), permission -> byPermission(caller, repository, permission)))
                    .or(() -> Optional.ofNullable(rules.creation().check(asker, change)))
                    .or(() -> Optional.ofNullable(protection.check(rules, asker, repository, change, way)))
                    .or(() -> Optional.ofNullable(
                            inspection.checkGeneral(rules.commits().general(), repository, change)))
                    .or(() ->
                            Optional.ofNullable(inspection.check(rules.commits(), caller, asker, repository, change)));
            if (problem.isPresent()) {
                refused.put(change, problem.get());
            } else if (change.deletes()) {
                room++;
            } else if (change.creates() && --room < 0) {
                refused.put(change, new Problem(ErrorCode.TOO_MANY_REFS, mostRefs));
            }
        }
        return refused;
    }

    /** Whether a rule protects a branch, by its full name. */
    public boolean isProtected(HostedRepository repository, String ref) {
        return ruleSets.of(repository).branch(ref.substring(Constants.R_HEADS.length())) != null;
    }

    private int count(HostedRepository repository) {
        try (var git = repositories.open(repository)) {
            var database = git.getRefDatabase();
            return database.getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Problem> byName(HostedRepository repository, RefChange change) {
        var ref = change.ref();
        var closed = closed(repository);
        if (closed.isPresent()) {
            return closed;
        }
        if (!VisibleRefs.isBranchOrTag(ref)) {
            return Optional.of(new Problem(ErrorCode.REF_HIDDEN, ref));
        }
        if (change.deletes()) {
            return ref.equals(Constants.R_HEADS + repository.defaultBranch())
                    ? Optional.of(new Problem(ErrorCode.DEFAULT_BRANCH_DELETE, repository.defaultBranch()))
                    : Optional.empty();
        }
        return change.creates() ? byNewName(ref) : Optional.empty();
    }

    /** Why nothing moves in the repository at all. */
    private static Optional<Problem> closed(HostedRepository repository) {
        if (repository.locked()) {
            return Optional.of(new Problem(ErrorCode.REPOSITORY_LOCKED));
        }
        return repository.mirrored() ? Optional.of(new Problem(ErrorCode.REPOSITORY_MIRRORED)) : Optional.empty();
    }

    private static Optional<Problem> byNewName(String ref) {
        var branch = ref.startsWith(Constants.R_HEADS);
        var name = ref.substring((branch ? Constants.R_HEADS : Constants.R_TAGS).length());
        if (name.length() > LONGEST_NAME) {
            return Optional.of(
                    new Problem(ErrorCode.REF_NAME_TOO_LONG, name.substring(0, LONGEST_NAME) + "…", LONGEST_NAME));
        }
        // A branch that looks like a commit's id, or is called HEAD, would be taken for the other in most places.
        var ambiguous = branch && (ObjectId.isId(name) || name.equals(Constants.HEAD));
        return ambiguous || !Repository.isValidRefName(ref)
                ? Optional.of(new Problem(ErrorCode.REF_NAME_INVALID, name))
                : Optional.empty();
    }

    private Optional<Problem> byPermission(Caller caller, HostedRepository repository, Permission permission) {
        try {
            access.require(caller, new Scope.Repository(repository.id()), permission);
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
