package dev.granary.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
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
        // Where a commit is reached whose answer is known, the rest is known: a changed file costs its last changes.
        try (var walk = new BlameWalk(
                git,
                place.ignored(),
                (commit, path) -> known.getIfPresent(new Place(commit, path, place.ignored())),
                new Deadline(PATIENCE))) {
            return walk.run(place.last(), place.path());
        }
    }
}
