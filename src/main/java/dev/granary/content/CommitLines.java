package dev.granary.content;

import dev.granary.commits.LineStats;
import java.io.IOException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.springframework.stereotype.Component;

/** Counts the lines that commits change, for other parts of the server. */
@Component
public class CommitLines {
    private final DiffReader diffs;

    CommitLines(DiffReader diffs) {
        this.diffs = diffs;
    }

    /**
     * How many lines a commit changed against its first parent, as the operations on commits say it: renames detected,
     * files that are binary or too large left out.
     *
     * @param walk that the commit was parsed by
     */
    public LineStats of(Repository git, RevWalk walk, RevCommit commit) throws IOException {
        return diffs.stats(git, walk, commit);
    }
}
