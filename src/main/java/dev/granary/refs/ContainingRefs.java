package dev.granary.refs;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.refs.RefListStore.Tip;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Finds the refs whose history has a commit: one pass over what was committed since, however many refs there are. Every
 * commit is looked at once, and remembered with whether it leads to the one sought.
 */
final class ContainingRefs {
    /** Clocks differ: a commit may be this much older than its parents, in milliseconds. */
    static final long SKEW = 24 * 60 * 60 * 1000L;

    private static final int MOST_COMMITS = 200_000;
    private static final long SECOND = 1000;

    private final RevWalk walk;
    private final RevCommit sought;
    private final long earliest;
    private final Map<RevCommit, Boolean> leads = new HashMap<>();

    /** Looks for a commit of the walk, whose commits keep no bodies. */
    ContainingRefs(RevWalk walk, RevCommit sought) {
        this.walk = walk;
        this.sought = sought;
        this.earliest = earliest(sought);
        leads.put(sought, true);
    }

    /** The time, in epoch milliseconds, before which no commit is taken to have the sought one in its history. */
    static long earliest(RevCommit sought) {
        return sought.getCommitTime() * SECOND - SKEW;
    }

    /** The names of those refs, in the order given. */
    List<String> among(List<Tip> tips) throws IOException {
        var names = new ArrayList<String>();
        for (var tip : tips) {
            try {
                if (leads(walk.parseCommit(ObjectId.fromString(tip.commitId())))) {
                    names.add(tip.fullName());
                }
            } catch (MissingObjectException _) {
                continue; // The ref went, and with it the commit.
            }
        }
        return names;
    }

    /** Depth first with a stack of its own: histories are longer than a thread's stack. */
    private boolean leads(RevCommit tip) throws IOException {
        var stack = new ArrayDeque<RevCommit>();
        stack.push(tip);
        while (!stack.isEmpty()) {
            var commit = stack.peek();
            if (leads.containsKey(commit)) {
                stack.pop();
                continue;
            }
            var found = false;
            var unknown = false;
            for (var parent : commit.getParents()) {
                var known = leads.get(parent);
                if (known == null) {
                    walk.parseHeaders(parent);
                    if (parent.getCommitTime() * SECOND < earliest) {
                        remember(parent, false);
                    } else {
                        stack.push(parent);
                        unknown = true;
                    }
                } else if (known) {
                    found = true;
                }
            }
            if (found || !unknown) {
                remember(commit, found);
            }
        }
        return Boolean.TRUE.equals(leads.get(tip));
    }

    private void remember(RevCommit commit, boolean leadsThere) {
        if (leads.size() >= MOST_COMMITS) {
            throw new Problem(ErrorCode.HISTORY_TOO_LONG, sought.name());
        }
        leads.put(commit, leadsThere);
    }
}
