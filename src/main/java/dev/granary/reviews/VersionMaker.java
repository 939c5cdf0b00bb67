package dev.granary.reviews;

import dev.granary.commits.GitWork;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.springframework.stereotype.Component;

/** Makes versions in Git: their objects where the target is, and the refs that keep them. */
@Component
class VersionMaker {
    /** So many branches are asked whether the target has them, so that what they reach need not be looked at. */
    private static final int MOST_CANDIDATES = 100;

    private final RepositoryService repositories;
    private final ReviewRefs refs;
    private final GitWork work;

    VersionMaker(RepositoryService repositories, ReviewRefs refs, GitWork work) {
        this.repositories = repositories;
        this.refs = refs;
        this.work = work;
    }

    /** The three commits of a version. */
    record Commits(ObjectId base, ObjectId start, ObjectId head) {}

    /** Where a branch is. */
    static Optional<ObjectId> tip(Repository git, String branch) throws IOException {
        var name = Constants.R_HEADS + branch;
        var ref = Repository.isValidRefName(name) ? git.exactRef(name) : null;
        return Optional.ofNullable(ref == null ? null : ref.getObjectId());
    }

    /** Where a branch is; fails when there is none. */
    static ObjectId requireTip(Repository git, String branch) throws IOException {
        return tip(git, branch).orElseThrow(() -> new Problem(ErrorCode.REF_NOT_FOUND, branch));
    }

    /** Brings the objects of a commit from the source to the target, where they are two, and finds out where they parted. */
    Commits fetch(HostedRepository source, HostedRepository into, Repository target, ObjectId head, ObjectId start) {
        return work.run(() -> {
            if (source.id() != into.id()) {
                try (var from = repositories.open(source)) {
                    repositories.copyObjects(from, target, head, common(from, target, start));
                }
            }
            try (var walk = new RevWalk(target)) {
                walk.setRetainBody(false);
                walk.setRevFilter(RevFilter.MERGE_BASE);
                walk.markStart(walk.parseCommit(head));
                walk.markStart(walk.parseCommit(start));
                var base = walk.next();
                return new Commits(base == null ? start : base.copy(), start, head);
            }
        });
    }

    /** Commits that both repositories surely have, with all that they reach. */
    private static Set<ObjectId> common(Repository from, Repository target, ObjectId start) throws IOException {
        var candidates = new HashSet<>(Set.of(start));
        from.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                .limit(MOST_CANDIDATES)
                .forEach(branch -> candidates.add(branch.getObjectId()));
        var common = new HashSet<ObjectId>();
        try (var there = target.newObjectReader();
                var walk = new RevWalk(target);
                var here = from.newObjectReader()) {
            walk.setRetainBody(false);
            // Having an object is not having all that it reaches; what the target's own branch reaches, it has.
            var tip = walk.parseCommit(start);
            for (var id : candidates) {
                if (here.has(id) && there.has(id) && walk.isMergedInto(walk.parseCommit(id), tip)) {
                    common.add(id);
                }
            }
        }
        return common;
    }

    /** Makes a version durable. */
    void keep(Repository target, long iid, long number, Commits commits) throws IOException {
        refs.keep(target, iid, number, commits.head());
    }

    /** Whether one commit's history has another, which need not be there. */
    boolean contains(Repository git, ObjectId tip, ObjectId commit) {
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                walk.setRetainBody(false);
                return git.getObjectDatabase().has(commit)
                        && walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(tip));
            }
        });
    }

    /** Those of several commits that one tip reaches and an older one did not. */
    Set<ObjectId> arrived(Repository git, ObjectId before, ObjectId now, Set<ObjectId> sought) {
        return work.run(() -> {
            var found = new HashSet<ObjectId>();
            try (var walk = new RevWalk(git)) {
                walk.setRetainBody(false);
                walk.markStart(walk.parseCommit(now));
                if (git.getObjectDatabase().has(before)) {
                    walk.markUninteresting(walk.parseCommit(before));
                }
                for (var commit = walk.next(); commit != null && found.size() < sought.size(); commit = walk.next()) {
                    if (sought.contains(commit)) {
                        found.add(commit.copy());
                    }
                }
            }
            return found;
        });
    }
}
