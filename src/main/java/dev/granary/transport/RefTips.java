package dev.granary.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.refs.VisibleRefs;
import dev.granary.repositories.HiddenRefs;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RefStamp;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
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

        /** What refs point to, sorted by their full names. */
        static Tips of(SortedMap<String, ObjectId> refs, @Nullable RefStamp stamp) {
            var tags = new StringBuilder();
            refs.tailMap(Constants.R_TAGS).forEach((name, id) -> {
                if (name.startsWith(Constants.R_TAGS)) {
                    tags.append(name).append(' ').append(id.name()).append('\n');
                }
            });
            return new Tips(new HashSet<>(refs.values()), refs, tags.toString(), stamp);
        }

        /** The same for somebody from whom refs are hidden. */
        Tips without(HiddenRefs hidden) {
            if (!hidden.any()) {
                return this;
            }
            var visible = new TreeMap<>(byName);
            visible.keySet().removeIf(hidden::contains);
            return of(visible, stamp);
        }

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
            var refs = new TreeMap<String, ObjectId>();
            for (var ref : git.getRefDatabase().getRefs()) {
                if (ref.getObjectId() != null && VisibleRefs.contains(ref.getName())) {
                    refs.put(ref.getName(), ref.getObjectId().copy());
                }
            }
            return Tips.of(refs, stamp);
        }
    }
}
