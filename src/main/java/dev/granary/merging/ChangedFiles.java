package dev.granary.merging;

import dev.granary.commits.TreeDifference;
import java.io.IOException;
import java.util.Comparator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Finds the files that differ between two trees. */
final class ChangedFiles {
    /** The most files that are looked at. */
    static final int MOST_FILES = 20_000;

    private ChangedFiles() {}

    static ChangeList between(Repository git, ObjectReader reader, @Nullable ObjectId before, ObjectId after)
            throws IOException {
        var difference = TreeDifference.between(git, reader, before, after, MOST_FILES);
        var files = difference.entries().stream()
                .map(ChangedFile::of)
                .sorted(Comparator.comparing(ChangedFile::path))
                .toList();
        return new ChangeList(files, difference.complete(), difference.renamesComplete());
    }
}
