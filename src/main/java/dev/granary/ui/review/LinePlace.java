package dev.granary.ui.review;

import dev.granary.reviews.NewDiscussion;
import org.jspecify.annotations.Nullable;

/** Where in a difference something is said; named as the fields of the form. */
record LinePlace(
        @Nullable String base,
        @Nullable String start,
        @Nullable String head,
        String oldPath,
        String newPath,
        @Nullable Integer oldLine,
        @Nullable Integer newLine,
        @Nullable Integer firstOldLine,
        @Nullable Integer firstNewLine) {
    NewDiscussion.NewPosition position() {
        return new NewDiscussion.NewPosition(
                base, start, head, oldPath, newPath, "text", oldLine, newLine, firstOldLine, firstNewLine);
    }
}
