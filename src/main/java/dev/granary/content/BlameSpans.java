package dev.granary.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.diff.EditList;

/** Lines of the file whose lines are told, and where they are in an earlier version of it; in the order of the latter. */
final class BlameSpans {
    private final List<Span> spans = new ArrayList<>();

    /**
     * Lines that follow each other in both.
     *
     * @param begin the first one in the earlier version, counted from 0
     * @param result the first one in the file
     */
    record Span(int begin, int result, int length) {
        int end() {
            return begin + length;
        }

        private Span from(int skipped) {
            return new Span(begin + skipped, result + skipped, length - skipped);
        }

        private boolean isBefore(Span other) {
            return end() == other.begin && result + length == other.result;
        }
    }

    /** All lines of the file itself. */
    static BlameSpans all(int lines) {
        var all = new BlameSpans();
        if (lines > 0) {
            all.add(0, 0, lines);
        }
        return all;
    }

    List<Span> list() {
        return List.copyOf(spans);
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    private void add(int begin, int result, int length) {
        var span = new Span(begin, result, length);
        if (!spans.isEmpty() && spans.getLast().isBefore(span)) {
            var last = spans.removeLast();
            span = new Span(last.begin, last.result, last.length + length);
        }
        spans.add(span);
    }

    /** Takes in what came another way to the same version. */
    void addAll(BlameSpans others) {
        var all = new ArrayList<>(spans);
        all.addAll(others.spans);
        all.sort(Comparator.comparingInt(Span::begin).thenComparingInt(Span::result));
        spans.clear();
        all.forEach(span -> add(span.begin, span.result, span.length));
    }

    /**
     * Lines told apart by whether the version before has them.
     *
     * @param before where they are there
     * @param kept those that it has not
     */
    record Split(BlameSpans before, BlameSpans kept) {}

    /**
     * Tells which lines the version before has.
     *
     * @param edits how it became this one
     * @param ignoring whether a line that was changed counts as the one in its place
     */
    Split split(EditList edits, boolean ignoring) {
        var split = new Split(new BlameSpans(), new BlameSpans());
        var first = 0;
        for (var span : spans) {
            while (first < edits.size() && edits.get(first).getEndB() <= span.begin) {
                first++;
            }
            split(span, edits, first, ignoring, split);
        }
        split.before.spans.sort(Comparator.comparingInt(Span::begin));
        return split;
    }

    private static void split(Span whole, EditList edits, int first, boolean ignoring, Split split) {
        var rest = whole;
        for (var number = first; number < edits.size() && rest.length > 0; number++) {
            var edit = edits.get(number);
            var same = Math.min(edit.getBeginB() - rest.begin, rest.length);
            if (same > 0) {
                split.before.add(rest.begin + edit.getBeginA() - edit.getBeginB(), rest.result, same);
                rest = rest.from(same);
            }
            var changed = Math.min(edit.getEndB() - rest.begin, rest.length);
            if (changed > 0) {
                var offset = rest.begin - edit.getBeginB();
                var told = ignoring ? Math.clamp(edit.getLengthA() - (long) offset, 0, changed) : 0;
                if (told > 0) {
                    split.before.add(edit.getBeginA() + offset, rest.result, told);
                }
                if (told < changed) {
                    split.kept.add(rest.begin + told, rest.result + told, changed - told);
                }
                rest = rest.from(changed);
            }
        }
        if (rest.length > 0) {
            var shift = edits.isEmpty()
                    ? 0
                    : edits.getLast().getEndA() - edits.getLast().getEndB();
            split.before.add(rest.begin + shift, rest.result, rest.length);
        }
    }
}
