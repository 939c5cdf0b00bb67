package dev.granary.repositories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import org.eclipse.jgit.lib.Constants;

/**
 * Which other repositories' objects a repository uses: the lines of {@code objects/info/alternates}, each relative to
 * its objects folder, so that the data folder can be moved and a backup restored elsewhere.
 */
final class SharedObjects {
    private SharedObjects() {}

    /** The file that names the object folders a repository borrows from. */
    static Path file(Path repository) {
        return objects(repository).resolve(Constants.INFO_ALTERNATES);
    }

    /**
     * Lets a new repository borrow from a source, and from whatever that borrows from: native git follows a chain of
     * alternates only five deep, so every folder is named directly, the oldest first: git does not follow one it knows.
     *
     * @param temporary where the new repository is being made
     * @param target where it will be, which is what the lines are relative to
     */
    static void borrow(Path source, Path temporary, Path target) throws IOException {
        var from = objects(target);
        var lines = new LinkedHashSet<String>();
        for (var inherited : read(source)) {
            lines.add(from.relativize(inherited).toString());
        }
        lines.add(from.relativize(objects(source)).toString());
        Files.createDirectories(file(temporary).getParent());
        Files.write(file(temporary), lines);
    }

    /** The object folders that a repository borrows from. */
    static List<Path> read(Path repository) throws IOException {
        var file = file(repository);
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> objects(repository).resolve(line).normalize())
                .toList();
    }

    private static Path objects(Path repository) {
        return repository.resolve("objects");
    }
}
