package dev.granary.repositories;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** Writes the {@code packed-refs} file of a repository that nobody uses yet. */
final class PackedRefs {
    private static final String HEADER = "# pack-refs with: peeled fully-peeled sorted \n";

    private PackedRefs() {}

    /** Copies branches and tags of a repository, with what annotated tags point to. */
    static void copyBranchesAndTags(Repository source, Path target) throws IOException {
        var database = source.getRefDatabase();
        var refs = new ArrayList<Ref>(database.getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS));
        refs.removeIf(ref -> ref.isSymbolic() || ref.getObjectId() == null);
        if (refs.isEmpty()) {
            return;
        }
        // Git compares names as bytes; so do these, which UTF-16 order would not always agree with.
        refs.sort(Comparator.comparing(ref -> ref.getName().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        try (var out = Files.newBufferedWriter(target.resolve(Constants.PACKED_REFS))) {
            out.write(HEADER);
            for (var ref : refs) {
                var peeled = database.peel(ref).getPeeledObjectId();
                out.write(ref.getObjectId().name() + ' ' + ref.getName() + '\n');
                if (peeled != null) {
                    out.write('^' + peeled.name() + '\n');
                }
            }
        }
    }
}
