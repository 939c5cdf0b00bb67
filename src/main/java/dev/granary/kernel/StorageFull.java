package dev.granary.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises failures for want of space on a disk, the server's or its database's, by what systems call them. */
public final class StorageFull {
    private static final List<String> WORDS = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "not enough space on the disk",
            "database or disk is full",
            "could not extend file");

    private StorageFull() {}

    /** Whether a failure, or what caused or accompanied it, is of that kind. */
    public static boolean causes(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var text = String.valueOf(cause.getMessage());
            if (WORDS.stream().anyMatch(text::contains)) {
                return true;
            }
            for (var other : cause.getSuppressed()) {
                if (causes(other)) {
                    return true;
                }
            }
        }
        return false;
    }
}
