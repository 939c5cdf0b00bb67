package dev.granary.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.blame.BlameGenerator;
import org.eclipse.jgit.blame.cache.BlameCache;
import org.eclipse.jgit.blame.cache.CacheRegion;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds where the lines of files come from. What a file is and where it comes from does not change until a commit changes
 * it: answers are remembered by the last commit that did, so most pushes leave them as they are.
 */
@Component
class BlameReader {
    private static final long MOST_BYTES = 32L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cache<Place, Blame> known = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .<Place, Blame>weigher((_, blame) -> blame.weight())
            .build();

    /** @param ignored commits whose changes count as those of the commits before */
    private record Place(ObjectId last, String path, Set<ObjectId> ignored) {}

    /**
     * Where the lines of a file come from.
     *
     * @param last the last commit that changed it
     * @param ignored commits that are not to be named, as far as lines can be told to come from before them
     */
    Blame read(Repository git, ObjectId last, String path, Set<ObjectId> ignored) throws IOException {
        var place = new Place(last.copy(), path, ignored);
        var blame = known.getIfPresent(place);
        if (blame == null) {
            blame = compute(git, place);
            known.put(place, blame);
        }
        return blame;
    }

    private Blame compute(Repository git, Place place) throws IOException {
        var deadline = new Deadline(PATIENCE);
        // Where a commit is reached whose answer is known, the rest is known: a changed file costs its last changes.
        BlameCache earlier = (_, commit, path) -> cached(new Place(commit.copy(), path, place.ignored()));
        var starts = new TreeMap<Integer, Blame.Region>();
        try (var generator = new BlameGenerator(git, place.path(), earlier)) {
            generator.setDiffAlgorithm(new Bounded(deadline));
            generator.setFollowFileRenames(true);
            generator.setUseCommitGraphOptimizations(true);
            generator.setIgnoreRevs(place.ignored());
            generator.push(null, place.last());
            while (generator.next()) {
                deadline.check();
                var commit = Objects.requireNonNull(generator.getSourceCommit()).copy();
                starts.put(
                        generator.getResultStart(),
                        new Blame.Region(commit, generator.getSourcePath(), generator.getRegionLength()));
            }
        }
        return new Blame(joined(List.copyOf(starts.values())));
    }

    private @Nullable List<CacheRegion> cached(Place place) {
        var blame = known.getIfPresent(place);
        if (blame == null) {
            return null;
        }
        var regions = new ArrayList<CacheRegion>(blame.regions().size());
        var start = 0;
        for (var region : blame.regions()) {
            regions.add(new CacheRegion(region.path(), region.commit(), start, start + region.count()));
            start += region.count();
        }
        return regions;
    }

    private static List<Blame.Region> joined(List<Blame.Region> regions) {
        var joined = new ArrayList<Blame.Region>();
        for (var region : regions) {
            var before = joined.isEmpty() ? null : joined.getLast();
            if (before != null && before.isFromWhere(region)) {
                joined.removeLast();
                joined.add(new Blame.Region(region.commit(), region.path(), before.count() + region.count()));
            } else {
                joined.add(region);
            }
        }
        return List.copyOf(joined);
    }

    /** Fails with {@link ErrorCode#TOOK_TOO_LONG} once time is up: the generator itself cannot be stopped. */
    private static final class Bounded extends DiffAlgorithm {
        private final DiffAlgorithm algorithm = new HistogramDiff();
        private final Deadline deadline;

        private Bounded(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public <S extends Sequence> EditList diffNonCommon(
                SequenceComparator<? super S> comparator, S before, S after) {
            deadline.check();
            return algorithm.diffNonCommon(comparator, before, after);
        }
    }
}
