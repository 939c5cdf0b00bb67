package dev.granary.reviews;

import dev.granary.merging.FilePatch;
import java.util.List;

/**
 * What a merge request changes.
 *
 * @param base the commit that is compared with {@code head}
 * @param files all of them, by path, without their lines
 * @param page some of them with how many lines they gained and lost
 * @param complete false when there are more files than are looked at
 */
public record ReviewedChanges(
        String base, String start, String head, List<ReviewedFile> files, List<ReviewedFile> page, boolean complete) {
    public ReviewedChanges {
        files = List.copyOf(files);
        page = List.copyOf(page);
    }

    /** One file with its lines. */
    public record Lines(String base, String start, String head, ReviewedFile file, FilePatch patch) {}
}
