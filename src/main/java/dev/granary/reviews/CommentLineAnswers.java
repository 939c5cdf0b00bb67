package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.kernel.Page;
import dev.granary.reviews.CommentLineService.Lines;
import dev.granary.reviews.DiscussionDetails.Detailed;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Discussed lines as the answers show them. */
@Component
class CommentLineAnswers {
    /**
     * A line.
     *
     * @param line its number on the side of the list that it is in
     * @param type {@code old} for a removed line, {@code new} for an added one, {@code unchanged-l} and {@code unchanged-r}
     *     for the sides of others
     */
    record Line(List<DiscussionAnswers.View> discussions, long line, String type) {}

    /**
     * A file.
     *
     * @param added lines of the new side, in order
     * @param removed lines of the old side
     */
    record File(
            @JsonProperty("new") List<Line> added,
            @JsonProperty("old") List<Line> removed,
            String path) {}

    /** Where a discussion is shown, in the order of the answer. */
    private record Place(String path, boolean left, long line, String type) implements Comparable<Place> {
        static Place of(Detailed detailed) {
            var spot = detailed.spot();
            var path = spot.newPath() == null ? "" : spot.newPath();
            if (spot.newLine() == null) {
                return new Place(path, true, spot.oldLine() == null ? 0 : spot.oldLine(), "old");
            }
            if (spot.oldLine() == null) {
                return new Place(path, false, spot.newLine(), "new");
            }
            return detailed.discussion().oldSide()
                    ? new Place(path, true, spot.oldLine(), "unchanged-l")
                    : new Place(path, false, spot.newLine(), "unchanged-r");
        }

        @Override
        public int compareTo(Place other) {
            var byPath = path.compareTo(other.path);
            var bySide = byPath == 0 ? Boolean.compare(left, other.left) : byPath;
            return bySide == 0 ? Long.compare(line, other.line) : bySide;
        }
    }

    /** The files with discussed lines, by path. */
    Page<File> files(Lines lines) {
        var places = new TreeMap<Place, List<DiscussionAnswers.View>>();
        for (var details : lines.details()) {
            for (var detailed : details.discussions()) {
                places.computeIfAbsent(Place.of(detailed), _ -> new ArrayList<>())
                        .add(DiscussionAnswers.view(detailed, details.known(), lines.hunks()));
            }
        }
        var files = new TreeMap<String, File>();
        places.forEach((place, views) -> {
            var file =
                    files.computeIfAbsent(place.path(), path -> new File(new ArrayList<>(), new ArrayList<>(), path));
            (place.left() ? file.removed() : file.added()).add(new Line(views, place.line(), place.type()));
        });
        return new Page<>(List.copyOf(files.values()), files.size());
    }
}
