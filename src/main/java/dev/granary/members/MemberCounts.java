package dev.granary.members;

import dev.granary.kernel.Slice;
import org.springframework.stereotype.Component;

/** Counts members, for other parts of the server. */
@Component
public class MemberCounts {
    private static final Slice NONE_BUT_COUNTED = new Slice(0, 1);

    private final MembershipStore store;

    MemberCounts(MembershipStore store) {
        this.store = store;
    }

    /** How many users have a role in a repository, those from above among them. */
    public long ofRepository(long repositoryId) {
        return store.repository(repositoryId)
                .map(site -> store.list(site, MemberFilter.of("search", null), NONE_BUT_COUNTED)
                        .total())
                .orElse(0L);
    }
}
