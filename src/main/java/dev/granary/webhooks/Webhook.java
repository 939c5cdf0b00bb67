package dev.granary.webhooks;

import dev.granary.kernel.Scope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address that is told of what happens at a place and below. Times are epoch milliseconds.
 *
 * @param id 0 before it is stored
 * @param receiver host and port of the address
 * @param token what proves to the receiver that it is this server; null for none
 * @param tokenType the header that the token is sent in
 * @param branchFilter pushes of other branches than those it matches as a whole are not told
 * @param noteFilters of notes, only those that hold one of these texts are told; empty for all
 * @param service what made it, as that called itself; empty for nothing
 * @param creatorId null when that user is gone
 */
public record Webhook(
        long id,
        Scope scope,
        String url,
        String receiver,
        String name,
        String description,
        @Nullable String token,
        String tokenType,
        Set<HookEvent> events,
        String branchFilter,
        List<String> noteFilters,
        boolean verifyTls,
        String service,
        @Nullable Long creatorId,
        long createdAt,
        long updatedAt,
        Health health) {
    /** What stands for a token wherever it is shown. */
    public static final String MASK = "******";

    public Webhook {
        events = Set.copyOf(events);
        noteFilters = List.copyOf(noteFilters);
    }

    /**
     * How it fares.
     *
     * @param failingSince null while the last delivery arrived
     * @param failures how many in a row
     * @param failure the last one; null for none
     * @param disabledAt since when nothing is sent any more; null while something is
     */
    public record Health(
            @Nullable Long failingSince,
            long failures,
            @Nullable String failure,
            @Nullable Long disabledAt) {
        static final Health NEW = new Health(null, 0, null, null);
    }

    /** Whether it is told of something. */
    public boolean wants(HookEvent event) {
        return events.contains(event);
    }
}
