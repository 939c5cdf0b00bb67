package dev.granary.merging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.commits.GitWork;
import dev.granary.commits.LineStats;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What differs between two commits. Finding the files is cheap, counting their lines is not: {@link #between} reads trees
 * alone, and lines are counted only of the files asked for and remembered for as long as both contents are the same.
 * Every method runs on the threads of {@link GitWork} and must not be called from one.
 */
@Service
public class Changes {
    private static final long MOST_FILES_KEPT = 200_000;
    private static final long MOST_COUNTS_KEPT = 200_000;

    private final GitWork work;
    private final Cache<Trees, ChangeList> lists = Caffeine.newBuilder()
            .maximumWeight(MOST_FILES_KEPT)
            .weigher((Trees _, ChangeList list) -> list.files().size() + 1)
            .build();
    private final Cache<Contents, LineCount> counts =
            Caffeine.newBuilder().maximumSize(MOST_COUNTS_KEPT).build();

    Changes(GitWork work) {
        this.work = work;
    }

    private record Trees(@Nullable ObjectId before, ObjectId after) {}

    private record Contents(ObjectId before, ObjectId after, Whitespace whitespace) {}

    /**
     * The files that differ between two commits.
     *
     * @param before null for nothing, so that all files of the other are new
     */
    public ChangeList between(Repository git, @Nullable ObjectId before, ObjectId after) {
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                return list(git, walk, before, after);
            }
        });
    }

    /** The same for those who are on the right thread already. */
    ChangeList list(Repository git, RevWalk walk, @Nullable ObjectId before, ObjectId after) throws IOException {
        var from = before == null ? null : walk.parseCommit(before).getTree().copy();
        var to = walk.parseCommit(after).getTree().copy();
        var key = new Trees(from, to);
        var known = lists.getIfPresent(key);
        if (known == null) {
            known = ChangedFiles.between(git, walk.getObjectReader(), from, to);
            lists.put(key, known);
        }
        return known;
    }

    /** How many lines each of some files gained and lost, in their order. */
    public List<LineCount> count(Repository git, List<ChangedFile> files, Whitespace whitespace) {
        return work.run(() -> counted(git, files, whitespace));
    }

    private List<LineCount> counted(Repository git, List<ChangedFile> files, Whitespace whitespace) throws IOException {
        var found = new ArrayList<LineCount>(files.size());
        try (var reader = git.newObjectReader()) {
            var comparer = new Comparer(reader);
            for (var file : files) {
                var key = new Contents(file.oldId(), file.newId(), whitespace);
                var count = counts.getIfPresent(key);
                if (count == null) {
                    count = comparer.compare(file, whitespace).count();
                    counts.put(key, count);
                }
                found.add(count);
            }
        }
        return found;
    }

    /** How many lines all files gained and lost together. This may take seconds: not for the answer to a request. */
    public LineStats total(Repository git, List<ChangedFile> files) {
        var added = 0;
        var removed = 0;
        for (var count : count(git, files, Whitespace.KEEP)) {
            added += count.added();
            removed += count.removed();
        }
        return LineStats.of(added, removed);
    }

    /** How the lines of a file differ. */
    public FilePatch patch(Repository git, ChangedFile file, DiffOptions options) {
        return work.run(() -> {
            try (var reader = git.newObjectReader()) {
                var comparison = new Comparer(reader).compare(file, options.whitespace());
                counts.put(new Contents(file.oldId(), file.newId(), options.whitespace()), comparison.count());
                return Comparer.patch(comparison, options.context(), options.maximumBytes());
            }
        });
    }

    /**
     * Writes how the lines of a file differ as unified text without a file header, hunk by hunk. The writing is done by
     * the calling thread, however slow the reader is.
     *
     * @return how many lines differ; nothing is written for binary and too large files
     */
    public LineCount write(Repository git, ChangedFile file, DiffOptions options, OutputStream out) throws IOException {
        var comparison = work.run(() -> {
            try (var reader = git.newObjectReader()) {
                return new Comparer(reader).compare(file, options.whitespace());
            }
        });
        Comparer.write(comparison, options.context(), options.maximumBytes(), out);
        return comparison.count();
    }
}
