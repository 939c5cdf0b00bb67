package dev.granary.content;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/** Answers about a commit: those addressed by its full id never change, so clients may keep them. */
final class Immutable {
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    private Immutable() {}

    /** The answer, to be kept by the client alone if the revision asked for is a full commit id. */
    static <T> ResponseEntity<T> answer(@Nullable String revision, T body) {
        var answer = ResponseEntity.ok();
        return (Revisions.isFullId(revision) ? answer.cacheControl(FOR_EVER) : answer).body(body);
    }
}
