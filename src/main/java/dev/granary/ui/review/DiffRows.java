package dev.granary.ui.review;

import dev.granary.merging.Hunk;
import dev.granary.merging.Hunk.Line;
import dev.granary.merging.Hunk.Side;
import dev.granary.reviews.DiscussionThread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays the hunks of a file out in rows, with discussions where they belong. */
final class DiffRows {
    private final boolean split;
    private final int most;
    private final Map<Long, List<DiscussionThread>> onNew = new HashMap<>();
    private final Map<Long, List<DiscussionThread>> onOld = new HashMap<>();
    private final List<DiffRow> rows = new ArrayList<>();

    private DiffRows(boolean split, int most, List<DiscussionThread> threads) {
        this.split = split;
        this.most = most;
        for (var thread : threads) {
            var place = thread.place();
            if (place != null && place.newLine() != null) {
                onNew.computeIfAbsent(place.newLine(), _ -> new ArrayList<>()).add(thread);
            } else if (place != null && place.oldLine() != null) {
                onOld.computeIfAbsent(place.oldLine(), _ -> new ArrayList<>()).add(thread);
            }
        }
    }

    /** The rows of some hunks, at most so many. */
    static List<DiffRow> of(List<Hunk> hunks, boolean split, int most, List<DiscussionThread> threads) {
        var rows = new DiffRows(split, most, threads);
        for (var hunk : hunks) {
            if (rows.isFull()) {
                break;
            }
            rows.add(hunk);
        }
        return rows.rows;
    }

    private boolean isFull() {
        return rows.size() >= most;
    }

    private void add(Hunk hunk) {
        rows.add(new DiffRow(hunk.header(), null, null, List.of()));
        var removed = new ArrayList<Line>();
        var added = new ArrayList<Line>();
        for (var line : hunk.lines()) {
            if (isFull()) {
                return;
            }
            if (line.side() == Side.CONTEXT) {
                flush(removed, added);
                row(line, line);
            } else if (!split) {
                row(line.side() == Side.REMOVED ? line : null, line.side() == Side.ADDED ? line : null);
            } else {
                (line.side() == Side.REMOVED ? removed : added).add(line);
            }
        }
        flush(removed, added);
    }

    /** Puts what was removed and what was added in its place side by side. */
    private void flush(List<Line> removed, List<Line> added) {
        for (var index = 0; index < Math.max(removed.size(), added.size()); index++) {
            row(index < removed.size() ? removed.get(index) : null, index < added.size() ? added.get(index) : null);
        }
        removed.clear();
        added.clear();
    }

    private void row(@Nullable Line left, @Nullable Line right) {
        var here = new ArrayList<DiscussionThread>();
        if (right != null) {
            here.addAll(onNew.getOrDefault((long) right.newLine(), List.of()));
        }
        if (left != null) {
            here.addAll(onOld.getOrDefault((long) left.oldLine(), List.of()));
        }
        rows.add(new DiffRow(null, left, right, here));
    }
}
