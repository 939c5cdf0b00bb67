package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A discussion of a merge request as people read it.
 *
 * @param id 40 letters and digits
 * @param resolvable whether it must be resolved; otherwise it is a mere remark
 * @param resolver who resolved it; empty when nobody did
 * @param severity how grave it is, for example {@code suggestion}
 * @param outdated whether its place is in the newest version no more
 * @param there whether its place is in the version that is looked at
 * @param place where it is in that version, or was; null for one about the whole
 * @param hunk the changed lines around the place where it was made, as unified text; null for one about the whole
 * @param mayReply whether the reader may say something, and resolve it
 */
public record DiscussionThread(
        String id,
        boolean resolvable,
        boolean resolved,
        String resolver,
        boolean archived,
        String severity,
        boolean outdated,
        boolean there,
        @Nullable Spot place,
        boolean oldSide,
        @Nullable String hunk,
        List<Remark> remarks,
        boolean mayReply) {
    public DiscussionThread {
        remarks = List.copyOf(remarks);
    }

    /**
     * What one person said.
     *
     * @param author a log-in name; empty for an account that is gone
     * @param createdAt epoch milliseconds
     * @param mayEdit whether the reader may change the text
     * @param mayDelete whether the reader may take it away; with the first one the whole discussion goes
     * @param suggestions how many it has that can be applied
     */
    public record Remark(
            long id,
            String author,
            boolean reply,
            String body,
            long createdAt,
            boolean edited,
            boolean mayEdit,
            boolean mayDelete,
            int suggestions) {}
}
