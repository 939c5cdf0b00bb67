package dev.granary.reviews;

import dev.granary.merging.MergeResult.Made;
import dev.granary.repositories.CommitPack;
import java.io.IOException;
import org.eclipse.jgit.lib.Repository;

/** Stores what merges make. */
final class NewObjects {
    private NewObjects() {}

    /** Makes the objects of a result durable, so that a ref may name its commit. */
    static void write(Repository git, Made made) throws IOException {
        if (!made.objects().isEmpty()) {
            try (var inserter = CommitPack.into(git)) {
                made.writeTo(inserter);
                inserter.flush();
            }
        }
    }
}
