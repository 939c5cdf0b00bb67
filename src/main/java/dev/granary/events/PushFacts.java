package dev.granary.events;

import org.jspecify.annotations.Nullable;

/**
 * One ref that moved.
 *
 * @param ref the full name, for example {@code refs/heads/main}
 * @param before the object it pointed to, 40 hex digits; null when it is new
 * @param after the object it points to; null when it is gone
 * @param refs how many refs the same push moved; of more than a thousand, the others have no event
 */
public record PushFacts(
        String ref, @Nullable String before, @Nullable String after, int refs) {}
