package dev.granary.merging;

import dev.granary.merging.Comparer.Comparison;
import dev.granary.merging.Positions.Place;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** Finds places in a difference. Files compared once are remembered. */
final class PositionFinder {
    private static final int CONTEXT = 3;
    private static final int MOST_HUNK_LINES = 60;

    private final Comparer comparer;
    private final Map<ChangedFile, Comparison> comparisons = new HashMap<>();

    PositionFinder(ObjectReader reader) {
        this.comparer = new Comparer(reader);
    }

    Optional<Place> find(ChangeList list, Position position) throws IOException {
        var file = file(list, position);
        if (file == null) {
            return Optional.empty();
        }
        if (position.wholeFile()) {
            return Optional.of(new Place(new Position(file.oldPath(), file.newPath(), 0, 0, 1), file, null));
        }
        var comparison = compare(file);
        var lines = LineMap.of(comparison);
        var full = both(file, lines, position);
        return full == null || position.lines() < 1
                ? Optional.empty()
                : hunk(comparison, full).map(hunk -> new Place(full, file, hunk));
    }

    private static @Nullable ChangedFile file(ChangeList list, Position position) {
        var found = position.removed() ? list.findOld(position.oldPath()) : list.find(position.newPath());
        return found.orElse(null);
    }

    Comparison compare(ChangedFile file) throws IOException {
        var known = comparisons.get(file);
        if (known == null) {
            known = comparer.compare(file, Whitespace.KEEP);
            comparisons.put(file, known);
        }
        return known;
    }

    /** The position with both lines where both sides have it; null if the file has no such line. */
    private static @Nullable Position both(ChangedFile file, LineMap lines, Position position) {
        if (position.removed()) {
            var exists = position.oldLine() <= lines.oldLines() && position.lines() <= position.oldLine();
            return exists ? at(file, position, position.oldLine(), lines.toNew(position.oldLine())) : null;
        }
        if (position.newLine() > lines.newLines() || position.lines() > position.newLine()) {
            return null;
        }
        var old = lines.toOld(position.newLine());
        return position.added() || position.oldLine() == old ? at(file, position, old, position.newLine()) : null;
    }

    private static Position at(ChangedFile file, Position position, int oldLine, int newLine) {
        return new Position(file.oldPath(), file.newPath(), oldLine, newLine, position.lines());
    }

    /** The hunk that all lines of a place are in; of a large one the part around the place. */
    private static Optional<Hunk> hunk(Comparison comparison, Position position) {
        return Comparer.hunkOf(comparison, CONTEXT, position.oldLine(), position.newLine())
                .flatMap(hunk -> excerpt(hunk, position));
    }

    private static Optional<Hunk> excerpt(Hunk hunk, Position position) {
        var removed = position.removed();
        var last = removed ? position.oldLine() : position.newLine();
        var first = last - position.lines() + 1;
        if (first < (removed ? hunk.oldStart() : hunk.newStart())) {
            return Optional.empty();
        }
        return hunk.lines().stream()
                .filter(line -> last == (removed ? line.oldLine() : line.newLine()))
                .findFirst()
                .map(line -> hunk.around(line, MOST_HUNK_LINES));
    }

    /** Whether a place is in a file's difference. */
    boolean shown(ChangedFile file, Position position) throws IOException {
        return hunk(compare(file), position).isPresent();
    }
}
