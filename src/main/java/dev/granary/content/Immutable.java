package dev.granary.content;

import dev.granary.commits.Revisions;
import dev.granary.kernel.Caller;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/**
 * Answers about a commit: what is addressed by its full id never changes, so clients may keep it, and ask with its
 * {@code ETag} whether it is still so. Caches on the way may keep only what a stranger was given, and not for long: a
 * public repository may cease to be one.
 */
final class Immutable {
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final Duration SHARED = Duration.ofHours(1);

    private Immutable() {}

    /** The answer, to be kept if the revision asked for is a full commit id. */
    static <T> ResponseEntity<T> answer(Caller caller, @Nullable String revision, T body) {
        return answer(caller, revision, body, CacheControl.maxAge(FOR_EVER).immutable());
    }

    /** The same for an answer that also tells of users, whose names change: to be kept, but asked about each time. */
    static <T> ResponseEntity<T> withUsers(Caller caller, @Nullable String revision, T body) {
        return answer(caller, revision, body, CacheControl.noCache());
    }

    private static <T> ResponseEntity<T> answer(
            Caller caller, @Nullable String revision, T body, CacheControl control) {
        if (!Revisions.isFullId(revision)) {
            return ResponseEntity.ok(body);
        }
        var shared = caller instanceof Caller.Anonymous;
        return ResponseEntity.ok()
                .cacheControl(shared ? control.cachePublic().sMaxAge(SHARED) : control.cachePrivate())
                .eTag(revision + "-" + Integer.toHexString(body.hashCode()))
                .body(body);
    }
}
