package dev.granary.search;

import com.google.re2j.Pattern;
import dev.granary.search.CodeFound.File;
import dev.granary.search.CodeFound.Line;
import dev.granary.search.CodeFound.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the lines of a text that match a query. A line ends before a line feed, or before both if one is after a return. */
final class LineSearch {
    private static final int LONGEST_SHOWN = 500;
    private static final int BEFORE_MATCH = 100;
    private static final int MOST_RANGES = 20;
    private static final int CONTEXT = 2;
    private static final int LINES_AT_ONCE = 64;

    private final Need need;
    private final boolean folding;

    /** What each line has that matches, folded if texts are; null where nothing is certain. */
    private final @Nullable String needle;

    /** Null where nothing can be ruled out quickly. */
    private final @Nullable LineShape shape;

    /** Null for a text that is looked for as it is. */
    private final @Nullable Pattern pattern;

    LineSearch(CodeQuery query) {
        var folded = Trigrams.fold(query.text());
        if (query.mode() == CodeQuery.Mode.REGEX) {
            var known = PatternNeeds.of(query.text());
            need = known.need();
            shape = LineShape.of(known.shape()).orElse(null);
            pattern = Pattern.compile(query.text(), query.caseSensitive() ? 0 : Pattern.CASE_INSENSITIVE);
            needle = need.certain().orElse(null);
            folding = needle != null || shape != null;
        } else {
            need = Need.oneOf(List.of(folded));
            pattern = null;
            shape = null;
            needle = query.caseSensitive() ? query.text() : folded;
            folding = !query.caseSensitive();
        }
    }

    /** What the files have that are worth looking at. */
    Need need() {
        return need;
    }

    /**
     * Lines that match.
     *
     * @param shown the first of them
     */
    record Lines(int count, List<Line> shown) {}

    /** The first line that matches, to be counted rather than shown. */
    Lines first(String text, Budget budget) {
        return search(text, budget, 0, 1);
    }

    /** The lines that match; fewer when the budget is over. */
    Lines lines(String text, Budget budget) {
        return search(text, budget, File.LINES, Integer.MAX_VALUE);
    }

    private Lines search(String text, Budget budget, int shown, int most) {
        var searched = folding ? Trigrams.fold(text) : text;
        var found = new ArrayList<Line>();
        var count = 0;
        var counted = 0;
        var number = 1;
        var looked = 0;
        for (var begin = 0; begin < text.length() && count < most; ) {
            if (looked++ % LINES_AT_ONCE == 0 && budget.isOver()) {
                break;
            }
            if (needle != null) {
                var hit = searched.indexOf(needle, begin);
                if (hit < 0) {
                    break;
                }
                begin = Math.max(begin, text.lastIndexOf('\n', hit) + 1);
            }
            var feed = text.indexOf('\n', begin);
            var next = feed < 0 ? text.length() : feed + 1;
            var end = end(text, begin, feed < 0 ? text.length() : feed);
            var ranges = ranges(text, searched, begin, end);
            if (ranges != null) {
                if (count++ < shown) {
                    number += breaks(text, counted, begin);
                    counted = begin;
                    found.add(line(text, number, begin, end, ranges));
                }
            }
            begin = next;
        }
        return new Lines(count, found);
    }

    private static int end(String text, int begin, int feed) {
        return feed > begin && text.charAt(feed - 1) == '\r' ? feed - 1 : feed;
    }

    private static int breaks(String text, int from, int to) {
        var count = 0;
        for (var at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
            count++;
        }
        return count;
    }

    /** Where a line matches, counted from its beginning; null where it does not. Empty matches are nowhere. */
    private @Nullable List<Range> ranges(String text, String searched, int begin, int end) {
        var ranges = new ArrayList<Range>();
        if (pattern == null) {
            var sought = Objects.requireNonNull(needle, "a text that is looked for is its own needle");
            for (var at = searched.indexOf(sought, begin);
                    at >= 0 && at + sought.length() <= end && ranges.size() < MOST_RANGES;
                    at = searched.indexOf(sought, at + sought.length())) {
                ranges.add(new Range(at - begin, at - begin + sought.length()));
            }
            return ranges.isEmpty() ? null : ranges;
        }
        if (shape != null && !shape.isIn(searched, begin, end)) {
            return null;
        }
        var matcher = pattern.matcher(text.substring(begin, end));
        var any = false;
        while (ranges.size() < MOST_RANGES && matcher.find()) {
            any = true;
            if (matcher.end() > matcher.start()) {
                ranges.add(new Range(matcher.start(), matcher.end()));
            }
        }
        return any ? ranges : null;
    }

    private static Line line(String text, int number, int begin, int end, List<Range> ranges) {
        var whole = text.substring(begin, end);
        var first = ranges.isEmpty() ? 0 : ranges.getFirst().begin();
        var from = whole.length() <= LONGEST_SHOWN ? 0 : Math.max(0, first - BEFORE_MATCH);
        if (from > 0 && Character.isLowSurrogate(whole.charAt(from))) {
            from--;
        }
        var shown = cut(whole.substring(from));
        var offset = from;
        var inside = ranges.stream()
                .filter(range -> range.begin() - offset < shown.length())
                .map(range -> new Range(range.begin() - offset, Math.min(shown.length(), range.end() - offset)))
                .toList();
        return new Line(
                number, shown, from, shown.length() < whole.length(), inside, before(text, begin), after(text, end));
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_SHOWN) {
            return text;
        }
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(LONGEST_SHOWN - 1)) ? LONGEST_SHOWN - 1 : LONGEST_SHOWN);
    }

    private static List<String> before(String text, int begin) {
        var lines = new ArrayList<String>();
        for (var feed = begin - 1; feed >= 0 && lines.size() < CONTEXT; ) {
            var previous = text.lastIndexOf('\n', feed - 1);
            lines.addFirst(cut(text.substring(previous + 1, end(text, previous + 1, feed))));
            feed = previous;
        }
        return lines;
    }

    private static List<String> after(String text, int end) {
        var lines = new ArrayList<String>();
        var feed = text.indexOf('\n', end);
        while (feed >= 0 && feed + 1 < text.length() && lines.size() < CONTEXT) {
            var next = text.indexOf('\n', feed + 1);
            lines.add(cut(text.substring(feed + 1, end(text, feed + 1, next < 0 ? text.length() : next))));
            feed = next;
        }
        return lines;
    }
}
