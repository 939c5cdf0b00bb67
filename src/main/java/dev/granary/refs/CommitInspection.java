package dev.granary.refs;

import dev.granary.identity.CommitSignatures;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Holds the commits that a change brings to a ref to what commits must be like. Commits that the repository had before
 * are nobody's fault; as that may take long to find out, it is asked only when one breaks a rule.
 */
@Component
class CommitInspection {
    /** With so many refs or fewer, a new one is compared to all of them at once. */
    private static final int FEW_REFS = 1000;

    private final RepositoryService repositories;
    private final CommitSignatures signatures;
    private final Clock clock;

    CommitInspection(RepositoryService repositories, CommitSignatures signatures, Clock clock) {
        this.repositories = repositories;
        this.signatures = signatures;
        this.clock = clock;
    }

    /** Why a change is refused; null when it may happen. */
    @Nullable
    Problem check(CommitRuleSet rules, Caller caller, Asker asker, HostedRepository repository, RefChange change) {
        if (change.deletes() || !rules.looksAtCommits()) {
            return null;
        }
        var name = Repository.shortenRefName(change.ref());
        var branch = change.ref().startsWith(Constants.R_HEADS);
        var inForce = branch ? rules.on(name, clock.millis()) : List.<CommitRuleSet.Compiled>of();
        if (inForce.isEmpty() && !rules.general().looksAtCommits() && !rules.hasPaths()) {
            return null;
        }
        try (var git = repositories.open(repository);
                var walk = new RevWalk(git)) {
            var checks = new CommitChecks(name, rules, inForce, caller, asker, walk, signatures);
            var tips = change.creates() ? fewTips(git) : List.<ObjectId>of();
            var problem = inspect(walk, change, tips.isEmpty() ? likely(git, change) : tips, checks);
            return problem == null || !tips.isEmpty() ? problem : inspect(walk, change, tips(git), checks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Problem inspect(
            RevWalk walk, RefChange change, Collection<ObjectId> known, CommitChecks checks) throws IOException {
        walk.reset();
        walk.sort(RevSort.TOPO, true);
        walk.sort(RevSort.REVERSE, true);
        if (!(peel(walk, change.newId()) instanceof RevCommit tip)) {
            return null;
        }
        walk.markStart(tip);
        for (var id : known) {
            if (peel(walk, id) instanceof RevCommit commit) {
                walk.markUninteresting(commit);
            }
        }
        for (var commit = walk.next(); commit != null; commit = walk.next()) {
            var problem = checks.check(commit);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable RevObject peel(RevWalk walk, ObjectId id) throws IOException {
        try {
            return walk.peel(walk.parseAny(id));
        } catch (MissingObjectException e) {
            return null;
        }
    }

    /** Where the ref is, and the default branch: what most changes continue. */
    private static Collection<ObjectId> likely(Repository git, RefChange change) throws IOException {
        var known = new HashSet<ObjectId>();
        if (!change.creates()) {
            known.add(change.oldId());
        }
        var head = git.exactRef(Constants.HEAD);
        if (head != null && head.getObjectId() != null) {
            known.add(head.getObjectId());
        }
        return known;
    }

    private static Collection<ObjectId> fewTips(Repository git) throws IOException {
        var tips = tips(git);
        return tips.size() <= FEW_REFS ? tips : List.of();
    }

    private static Collection<ObjectId> tips(Repository git) throws IOException {
        var tips = new HashSet<ObjectId>();
        for (Ref ref : git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
            if (ref.getObjectId() != null) {
                tips.add(ref.getObjectId());
            }
        }
        return tips;
    }

    /** Of what the general rules refuse whatever the protection: branches that lose commits, tags that go. */
    @Nullable
    Problem checkGeneral(GeneralCommitRule general, HostedRepository repository, RefChange change) {
        if (change.creates()) {
            return null;
        }
        var name = Repository.shortenRefName(change.ref());
        if (change.ref().startsWith(Constants.R_TAGS)) {
            return general.denyDeleteTag() ? new Problem(ErrorCode.TAG_DELETE_DENIED, name) : null;
        }
        return general.denyForcePush() && !change.deletes() && Rewrites.happen(repositories, repository, change)
                ? new Problem(ErrorCode.FORCE_PUSH_DENIED, name)
                : null;
    }
}
