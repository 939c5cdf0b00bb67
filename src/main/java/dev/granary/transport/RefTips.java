package dev.granary.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.refs.VisibleRefs;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RefStamp;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the refs that clients see point to at this moment. */
@Component
class RefTips {
    private static final int BYTES_PER_TIP = 300;
    private static final long MEMORY = Math.clamp(Runtime.getRuntime().maxMemory() / 64, 4L << 20, 32L << 20);

    private final RepositoryService repositories;
    private final Cache<String, Tips> kept = Caffeine.newBuilder()
            .maximumWeight(MEMORY)
            .weigher((String uuid, Tips tips) -> tips.weight() + uuid.length())
            .build();

    RefTips(RepositoryService repositories) {
        this.repositories = repositories;
    }

    /**
     * What visible refs point to.
     *
     * @param ids of branches, tags and HEAD
     * @param byName the same by full names
     * @param tags every tag and what it points to, as text
     * @param stamp how the refs looked then; null when that may not be kept
     */
    record Tips(
            Set<ObjectId> ids,
            Map<String, ObjectId> byName,
            String tags,
            @Nullable RefStamp stamp) {
        int weight() {
            return BYTES_PER_TIP * byName.size() + 2 * tags.length() + (stamp == null ? 0 : stamp.weight());
        }
    }

    /** The tips of this moment. */
    Tips of(HostedRepository repository) throws IOException {
        var known = kept.getIfPresent(repository.uuid());
        if (known != null && known.stamp != null && known.stamp.isCurrent()) {
            return known;
        }
        Optional<RefStamp> stamp = repositories.refStamp(repository);
        var tips = read(repository, stamp.orElse(null));
        if (stamp.isPresent()) {
            kept.put(repository.uuid(), tips);
        }
        return tips;
    }

    private Tips read(HostedRepository repository, @Nullable RefStamp stamp) throws IOException {
        try (var git = repositories.open(repository)) {
            var byName = new HashMap<String, ObjectId>();
            var tags = new StringBuilder();
            var refs = git.getRefDatabase().getRefs().stream()
                    .filter(ref -> ref.getObjectId() != null && VisibleRefs.contains(ref.getName()))
                    .sorted(Comparator.comparing(Ref::getName))
                    .toList();
            for (var ref : refs) {
                byName.put(ref.getName(), ref.getObjectId().copy());
                if (ref.getName().startsWith(Constants.R_TAGS)) {
                    tags.append(ref.getName())
                            .append(' ')
                            .append(ref.getObjectId().name())
                            .append('\n');
                }
            }
            return new Tips(new HashSet<>(byName.values()), byName, tags.toString(), stamp);
        }
    }
}
