package dev.granary.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What writers of a repository leave when they die. */
final class StaleFiles {
    private static final Pattern NAMES = Pattern.compile(
            ".*\\.lock|.*\\.keep|gc\\.pid|noz.*|incoming_.*|insert_.*|gc_.*|tmp_.*|commit_.*|granary_.*|\\.tmp-.*");

    private StaleFiles() {}

    /** Those in a repository that are older than a time in epoch milliseconds. */
    static List<String> in(Path repository, long before) throws IOException {
        var found = new ArrayList<String>();
        try (var paths = Files.walk(repository)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                var name = path.getFileName().toString();
                var time = path.toFile().lastModified();
                if (NAMES.matcher(name).matches() && time != 0 && time < before && Files.isRegularFile(path)) {
                    found.add(path.toString());
                }
            }
        }
        return found;
    }
}
