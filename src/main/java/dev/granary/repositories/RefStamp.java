package dev.granary.repositories;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * What the files behind a repository's refs looked like: {@code HEAD}, {@code packed-refs}, the config file, and every
 * folder and file below {@code refs/}. While they look the same, the refs are the same, whoever writes there: this
 * server, or git run by hand.
 */
public final class RefStamp {
    /** With more loose refs than this, reading them anew is not much slower than looking at each. */
    private static final int MOST_FILES = 1_000;

    /** File systems step their clock every few milliseconds: a later change within a step would look the same. */
    private static final long STEP_MILLIS = 100;

    /** Some know whole seconds or two only. */
    private static final long COARSE_STEP_MILLIS = 3_000;

    private final List<Look> looks;

    private RefStamp(List<Look> looks) {
        this.looks = looks;
    }

    /** The look of one file or folder; all null when it is not there. */
    private record Look(
            Path path,
            @Nullable Long millis,
            long nanos,
            long size,
            @Nullable Object key) {
        static Look at(Path path) throws IOException {
            try {
                var attributes = Files.readAttributes(path, BasicFileAttributes.class);
                var time = attributes.lastModifiedTime().toInstant();
                // A folder's size follows what is in it on some file systems; its time says the same.
                var size = attributes.isDirectory() ? -1 : attributes.size();
                return new Look(path, time.toEpochMilli(), time.getNano(), size, attributes.fileKey());
            } catch (NoSuchFileException e) {
                return new Look(path, null, 0, 0, null);
            }
        }

        boolean settled(long now) {
            return millis == null || millis + (nanos == 0 ? COARSE_STEP_MILLIS : STEP_MILLIS) < now;
        }
    }

    /**
     * Looks at a repository's refs; to be called before they are read. Empty when a change that comes now could go
     * unnoticed because another came just before, or when there are too many files.
     */
    static Optional<RefStamp> of(Path repository) throws IOException {
        var now = System.currentTimeMillis();
        var looks = new ArrayList<Look>();
        for (var name : List.of(Constants.HEAD, Constants.PACKED_REFS, Constants.CONFIG)) {
            looks.add(Look.at(repository.resolve(name)));
        }
        var complete = addAll(repository.resolve("refs"), looks);
        return complete && looks.stream().allMatch(look -> look.settled(now))
                ? Optional.of(new RefStamp(List.copyOf(looks)))
                : Optional.empty();
    }

    private static boolean addAll(Path path, List<Look> looks) throws IOException {
        var look = Look.at(path);
        looks.add(look);
        if (looks.size() > MOST_FILES) {
            return false;
        }
        if (look.size() >= 0) {
            return true;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (var entry : entries) {
                if (!addAll(entry, looks)) {
                    return false;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false; // Gone meanwhile: not a moment to remember.
        }
        return true;
    }

    /** Whether the refs are still what they were. */
    public boolean isCurrent() {
        try {
            for (var look : looks) {
                if (!Objects.equals(look, Look.at(look.path()))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** About how much memory it takes, in bytes. */
    public int weight() {
        return 400 * looks.size();
    }
}
