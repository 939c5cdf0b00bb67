package dev.granary.ui;

import dev.granary.reviews.DiscussionThread;
import org.jspecify.annotations.Nullable;

/**
 * A discussion of a merge request or a commit, as a part of a page.
 *
 * @param discussions the address that those of its subject have in common
 * @param applies whether suggestions in it can be applied now
 * @param failure why the last change of it was refused; null for nothing
 */
public record Discussed(
        String discussions,
        DiscussionThread thread,
        Markdown markdown,
        boolean applies,
        @Nullable String failure) {
    /** A text in Markdown as harmless HTML. */
    public String html(String text) {
        return markdown.html(text);
    }

    /** The address of something that is done to the discussion. */
    public String address(String rest) {
        return discussions + "/" + thread.id() + rest;
    }
}
