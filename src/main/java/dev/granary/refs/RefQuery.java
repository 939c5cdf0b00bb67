package dev.granary.refs;

import dev.granary.kernel.Slice;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Which branches or tags are asked for.
 *
 * @param kind of which kind; null for both
 * @param search a part of the name, whatever its case; empty for any
 * @param creatorId who created it; null for anybody
 * @param committedFrom the earliest time of its commit, in epoch milliseconds; null for any
 * @param committedBefore the first time too late; null for any
 * @param slice null for all
 */
record RefQuery(
        @Nullable Kind kind,
        String search,
        @Nullable Long creatorId,
        @Nullable Long committedFrom,
        @Nullable Long committedBefore,
        Order order,
        boolean descending,
        @Nullable Slice slice) {

    /** Branches or tags. */
    enum Kind {
        BRANCH(Constants.R_HEADS),
        TAG(Constants.R_TAGS);

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** What full names begin with, for example {@code refs/heads/}. */
        String prefix() {
            return prefix;
        }

        /** The name that clients use. */
        static String shortName(String fullName) {
            return fullName.substring((fullName.startsWith(Constants.R_TAGS) ? TAG : BRANCH).prefix.length());
        }
    }

    /** What refs are sorted by. */
    enum Order {
        NAME,
        COMMITTED,
        CREATED
    }

    static RefQuery of(@Nullable Kind kind, @Nullable Slice slice) {
        return new RefQuery(kind, "", null, null, null, Order.NAME, false, slice);
    }

    RefQuery matching(String text) {
        return new RefQuery(kind, text, creatorId, committedFrom, committedBefore, order, descending, slice);
    }

    RefQuery createdBy(@Nullable Long user) {
        return new RefQuery(kind, search, user, committedFrom, committedBefore, order, descending, slice);
    }

    RefQuery committed(@Nullable Long from, @Nullable Long before) {
        return new RefQuery(kind, search, creatorId, from, before, order, descending, slice);
    }

    RefQuery sorted(Order by, boolean backwards) {
        return new RefQuery(kind, search, creatorId, committedFrom, committedBefore, by, backwards, slice);
    }

    /** The same on one page. */
    RefQuery all() {
        return new RefQuery(kind, search, creatorId, committedFrom, committedBefore, order, descending, null);
    }
}
