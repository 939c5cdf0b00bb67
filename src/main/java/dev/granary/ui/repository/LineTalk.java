package dev.granary.ui.repository;

import dev.granary.content.ChangedFile;
import dev.granary.content.DiffLine;
import dev.granary.reviews.CommitDiscussionService.OnLines;
import dev.granary.reviews.DiscussionThread;
import dev.granary.ui.Discussed;
import dev.granary.ui.Markdown;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said of lines of a commit's files.
 *
 * @param discussions the address that the discussions of the commit have in common
 */
public record LineTalk(String discussions, OnLines said, Markdown markdown) {
    /** What is said of lines of a file. */
    public List<Discussed> of(ChangedFile file) {
        return said.threads().stream()
                .filter(thread -> isIn(thread, file))
                .map(thread -> new Discussed(discussions, thread, markdown, false, null))
                .toList();
    }

    private static boolean isIn(DiscussionThread thread, ChangedFile file) {
        var place = thread.place();
        return place != null && file.path().equals(file.kind().equals("deleted") ? place.oldPath() : place.newPath());
    }

    /** Which of them are about a line, or about several of which it is the last. */
    public static List<Discussed> on(DiffLine line, List<Discussed> ofFile) {
        return ofFile.isEmpty()
                ? ofFile
                : ofFile.stream().filter(each -> isOn(each.thread(), line)).toList();
    }

    private static boolean isOn(DiscussionThread thread, DiffLine line) {
        var place = Objects.requireNonNull(thread.place());
        return place.newLine() == null ? is(place.oldLine(), line.oldNumber()) : is(place.newLine(), line.newNumber());
    }

    private static boolean is(@Nullable Long line, int number) {
        return line != null && line == number;
    }
}
