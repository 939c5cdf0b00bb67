package dev.granary.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.merging.Conflict;
import dev.granary.merging.Merges;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.springframework.stereotype.Component;

/**
 * Tells which files a merge of what is compared would have in conflict. A comparison is looked at page by page, and its
 * conflicts stay what they are: they are remembered.
 */
@Component
class CompareConflicts {
    /** More are not listed. */
    private static final int MOST = 1_000;

    private static final int MOST_REMEMBERED = 20_000;

    private final Merges merges;
    private final Cache<Pair, List<Paths>> known = Caffeine.newBuilder()
            .maximumWeight(MOST_REMEMBERED)
            .<Pair, List<Paths>>weigher((_, files) -> 1 + files.size())
            .build();

    CompareConflicts(Merges merges) {
        this.merges = merges;
    }

    private record Pair(ObjectId from, ObjectId to) {}

    /**
     * A file in conflict.
     *
     * @param oldPath where it is in the first revision; where it is gone there, as {@code newPath}
     * @param newPath where it is in the second revision; where it is gone there, as {@code oldPath}
     */
    record Paths(String oldPath, String newPath) {}

    /**
     * The files in conflict, by their paths.
     *
     * @throws Problem {@link ErrorCode#UNRELATED_HISTORIES}, and as {@link Merges} where that takes too much
     */
    List<Paths> find(Repository git, ObjectId from, ObjectId to) {
        var pair = new Pair(from.copy(), to.copy());
        var files = known.getIfPresent(pair);
        if (files == null) {
            files = merges.conflicts(git, from, to).stream()
                    .limit(MOST)
                    .map(CompareConflicts::paths)
                    .toList();
            known.put(pair, files);
        }
        return files;
    }

    private static Paths paths(Conflict conflict) {
        var ours = conflict.ours() == null ? null : conflict.ours().path();
        var theirs = conflict.theirs() == null ? null : conflict.theirs().path();
        return new Paths(
                Objects.requireNonNullElse(ours, conflict.path()), Objects.requireNonNullElse(theirs, conflict.path()));
    }
}
