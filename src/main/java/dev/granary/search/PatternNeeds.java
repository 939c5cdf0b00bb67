package dev.granary.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a line holds if a regular expression of RE2 matches in it. It understands as much of the syntax as it
 * takes not to be wrong: what it does not understand may be anything.
 */
final class PatternNeeds {
    /** So many texts are told apart before they count as anything. */
    private static final int MOST_TEXTS = 16;

    private static final int MOST_IN_CLASS = 4;
    private static final int ASCII = 128;

    /** What is repeated more often may be so in its shape from here on. */
    private static final int MOST_TIMES = 8;

    private static final int END = -1;

    private final String pattern;
    private int at;
    private boolean unsure;

    private PatternNeeds(String pattern) {
        this.pattern = pattern;
    }

    /**
     * What is known of a pattern.
     *
     * @param need what each line has that matches
     * @param shape texts among which are all, folded, that match
     */
    record Known(Need need, Automaton shape) {}

    /** Looks at a pattern that RE2/J accepts. */
    static Known of(String pattern) {
        var parser = new PatternNeeds(pattern);
        var part = parser.alternatives();
        return parser.unsure || parser.at < pattern.length()
                ? new Known(Need.NOTHING, Automata.makeAnyString())
                : new Known(part.need(), part.shape());
    }

    /**
     * A part of a pattern.
     *
     * @param texts all texts it stands for, folded; null where they are too many or not known
     * @param further what is certain where the texts are not known
     * @param shape of its texts and perhaps more
     */
    private record Part(@Nullable List<String> texts, Need further, Automaton shape) {
        static Part empty() {
            return new Part(List.of(""), Need.NOTHING, Automata.makeEmptyString());
        }

        static Part anyCharacter() {
            return new Part(null, Need.NOTHING, Automata.makeAnyChar());
        }

        static Part text(int point) {
            var folded = Trigrams.fold(point);
            return new Part(List.of(Character.toString(folded)), Need.NOTHING, Automata.makeChar(folded));
        }

        /** At least so many times, and more than that perhaps. */
        Part times(int least) {
            var repeated = Operations.repeat(shape, Math.min(least, MOST_TIMES));
            return new Part(null, least == 0 ? Need.NOTHING : need(), repeated);
        }

        Need need() {
            return texts == null ? further : Need.oneOf(texts);
        }
    }

    /** Parts that follow each other. */
    private static final class Row {
        private final List<Need> needs = new ArrayList<>();
        private List<String> open = List.of("");
        private final List<Automaton> shapes = new ArrayList<>();
        private boolean known = true;

        void add(Part part) {
            shapes.add(part.shape());
            var texts = part.texts();
            if (texts != null && open.size() * texts.size() <= MOST_TEXTS) {
                open = open.stream()
                        .flatMap(begin -> texts.stream().map(begin::concat))
                        .toList();
                return;
            }
            close();
            if (texts == null) {
                needs.add(part.further());
            } else {
                open = texts;
            }
        }

        private void close() {
            known = false;
            needs.add(Need.oneOf(open));
            open = List.of("");
        }

        Part whole() {
            var shape = shapes.isEmpty() ? Automata.makeEmptyString() : Operations.concatenate(shapes);
            if (known) {
                return new Part(open, Need.NOTHING, shape);
            }
            close();
            return new Part(null, Need.all(needs), shape);
        }
    }

    private int peek() {
        return at < pattern.length() ? pattern.codePointAt(at) : END;
    }

    private int take() {
        var point = peek();
        at += point == END ? 0 : Character.charCount(point);
        return point;
    }

    private Part alternatives() {
        var parts = new ArrayList<Part>();
        parts.add(row());
        while (peek() == '|') {
            take();
            parts.add(row());
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        var shape = Operations.union(parts.stream().map(Part::shape).toList());
        var texts = new LinkedHashSet<String>();
        for (var part : parts) {
            if (part.texts() == null) {
                return new Part(null, Need.any(parts.stream().map(Part::need).toList()), shape);
            }
            texts.addAll(part.texts());
        }
        return texts.size() <= MOST_TEXTS
                ? new Part(List.copyOf(texts), Need.NOTHING, shape)
                : new Part(null, Need.oneOf(List.copyOf(texts)), shape);
    }

    private Part row() {
        var row = new Row();
        while (peek() != END && peek() != '|' && peek() != ')') {
            if (pattern.startsWith("\\Q", at)) {
                quoted(row);
            } else {
                row.add(repeated(atom()));
            }
        }
        return row.whole();
    }

    /** Whatever follows the quotation repeats its last character only; so the last one is taken by itself. */
    private void quoted(Row row) {
        var begin = at + 2;
        var end = pattern.indexOf("\\E", begin);
        var text = pattern.substring(begin, end < 0 ? pattern.length() : end);
        at = end < 0 ? pattern.length() : end + 2;
        // A repetition behind an empty quotation is one of what stands before it.
        unsure |= text.isEmpty();
        for (var unit = 0; unit < text.length(); unit += Character.charCount(text.codePointAt(unit))) {
            var part = Part.text(text.codePointAt(unit));
            var last = unit + Character.charCount(text.codePointAt(unit)) == text.length();
            row.add(last ? repeated(part) : part);
        }
    }

    private Part repeated(Part atom) {
        var part = atom;
        while (true) {
            var next = peek();
            if (next == '*' || next == '?') {
                take();
                part = part.times(0);
            } else if (next == '+') {
                take();
                part = part.times(1);
            } else if (next == '{' && times() != END) {
                var least = times();
                at = pattern.indexOf('}', at) + 1;
                part = part.times(least);
            } else {
                return part;
            }
        }
    }

    /** The least number of a repetition in braces; {@link #END} where there is no such thing. */
    private int times() {
        var end = pattern.indexOf('}', at);
        var text = end < 0 ? "" : pattern.substring(at + 1, end);
        if (!text.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
            return END;
        }
        var comma = text.indexOf(',');
        return Integer.parseInt(comma < 0 ? text : text.substring(0, comma));
    }

    private Part atom() {
        var point = take();
        return switch (point) {
            case '(' -> group();
            case '[' -> characters();
            case '.' -> Part.anyCharacter();
            case '^', '$' -> Part.empty();
            case '\\' -> escaped();
            default -> Part.text(point);
        };
    }

    private Part group() {
        if (peek() == '?') {
            take();
            if (peek() == 'P' || peek() == '<') {
                skipBehind('>');
            } else {
                while (peek() != ':' && peek() != ')' && peek() != END) {
                    take();
                }
                if (take() != ':') {
                    // As behind an empty quotation.
                    unsure |= "*+?{".indexOf(peek()) >= 0;
                    return Part.empty();
                }
            }
        }
        var inner = alternatives();
        take();
        return inner;
    }

    private void skipBehind(int last) {
        var point = take();
        while (point != END && point != last) {
            point = take();
        }
    }

    private Part escaped() {
        var point = take();
        return switch (point) {
            case 'b', 'B', 'A', 'z' -> Part.empty();
            case 'd', 'w', 's' -> new Part(null, Need.NOTHING, Automata.makeCharSet(named(point)));
            case 'p', 'P' -> {
                if (take() == '{') {
                    skipBehind('}');
                }
                yield Part.anyCharacter();
            }
            case 'x' -> {
                if (peek() == '{') {
                    skipBehind('}');
                } else {
                    take();
                    take();
                }
                yield Part.anyCharacter();
            }
            case 't' -> Part.text('\t');
            default -> {
                if (point >= '0' && point <= '9') {
                    while (peek() >= '0' && peek() <= '9') {
                        take();
                    }
                    yield Part.anyCharacter();
                }
                var letter = (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
                yield letter || point == END ? Part.anyCharacter() : Part.text(point);
            }
        };
    }

    /** The ASCII characters of a class that has a letter for its name, folded. */
    private static int[] named(int letter) {
        return ascii(point -> switch (letter) {
            case 'd' -> point >= '0' && point <= '9';
            case 's' -> " \t\n\f\r".indexOf(point) >= 0;
            default -> point == '_' || Character.isLetterOrDigit(point);
        });
    }

    private static int[] ascii(IntPredicate in) {
        return IntStream.range(0, ASCII)
                .filter(in)
                .map(Trigrams::fold)
                .distinct()
                .sorted()
                .toArray();
    }

    /** A class of a few characters stands for each of them, any other one for anything. */
    private Part characters() {
        var begin = at;
        if (peek() == '^') {
            take();
        }
        if (peek() == ']') {
            take();
        }
        while (peek() != END && peek() != ']') {
            if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) >= 0) {
                at = pattern.indexOf(":]", at) + 2;
            } else if (take() == '\\') {
                take();
            }
        }
        var inner = pattern.substring(begin, at);
        take();
        var plain = !inner.isEmpty() && inner.codePoints().noneMatch(point -> "^[]\\".indexOf(point) >= 0);
        return plain && inner.codePoints().allMatch(point -> point < ASCII)
                ? members(inner)
                : plain && inner.indexOf('-') < 0 ? oneOf(inner.codePoints()) : Part.anyCharacter();
    }

    /** The characters of a class without escapes: single ones, and ranges. */
    private static Part members(String inner) {
        return oneOf(IntStream.range(0, ASCII).filter(point -> {
            for (var at = 0; at < inner.length(); at++) {
                var range = at + 2 < inner.length() && inner.charAt(at + 1) == '-';
                if (point >= inner.charAt(at) && point <= inner.charAt(range ? at + 2 : at)) {
                    return true;
                }
                at += range ? 2 : 0;
            }
            return false;
        }));
    }

    private static Part oneOf(IntStream points) {
        var folded = points.map(Trigrams::fold).distinct().sorted().toArray();
        return new Part(
                folded.length <= MOST_IN_CLASS
                        ? Arrays.stream(folded).mapToObj(Character::toString).toList()
                        : null,
                Need.NOTHING,
                Automata.makeCharSet(folded));
    }
}
