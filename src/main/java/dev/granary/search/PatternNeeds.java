package dev.granary.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a line holds if a regular expression of RE2 matches in it. It understands as much of the syntax as it
 * takes not to be wrong: what it does not understand may be anything.
 */
final class PatternNeeds {
    /** So many texts are told apart before they count as anything. */
    private static final int MOST_TEXTS = 16;

    private static final int MOST_IN_CLASS = 4;
    private static final int END = -1;

    private final String pattern;
    private int at;
    private boolean unsure;

    private PatternNeeds(String pattern) {
        this.pattern = pattern;
    }

    /** The need of a pattern that RE2/J accepts. */
    static Need of(String pattern) {
        var parser = new PatternNeeds(pattern);
        var part = parser.alternatives();
        return parser.unsure || parser.at < pattern.length() ? Need.NOTHING : part.need();
    }

    /**
     * A part of a pattern.
     *
     * @param texts all texts it stands for, folded; null where they are too many or not known
     * @param further what is certain where the texts are not known
     */
    private record Part(@Nullable List<String> texts, Need further) {
        static final Part EMPTY = new Part(List.of(""), Need.NOTHING);
        static final Part ANYTHING = new Part(null, Need.NOTHING);

        static Part text(int point) {
            return new Part(List.of(Character.toString(Trigrams.fold(point))), Need.NOTHING);
        }

        Need need() {
            return texts == null ? further : Need.oneOf(texts);
        }
    }

    /** Parts that follow each other. */
    private static final class Row {
        private final List<Need> needs = new ArrayList<>();
        private List<String> open = List.of("");
        private boolean known = true;

        void add(Part part) {
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
            if (known) {
                return new Part(open, Need.NOTHING);
            }
            close();
            return new Part(null, Need.all(needs));
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
        var texts = new LinkedHashSet<String>();
        for (var part : parts) {
            if (part.texts() == null) {
                return new Part(null, Need.any(parts.stream().map(Part::need).toList()));
            }
            texts.addAll(part.texts());
        }
        return texts.size() <= MOST_TEXTS
                ? new Part(List.copyOf(texts), Need.NOTHING)
                : new Part(null, Need.oneOf(List.copyOf(texts)));
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
                part = Part.ANYTHING;
            } else if (next == '+') {
                take();
                part = new Part(null, part.need());
            } else if (next == '{' && times() != END) {
                var least = times();
                at = pattern.indexOf('}', at) + 1;
                part = least == 0 ? Part.ANYTHING : new Part(null, part.need());
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
            case '.' -> Part.ANYTHING;
            case '^', '$' -> Part.EMPTY;
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
                    return Part.EMPTY;
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
            case 'b', 'B', 'A', 'z' -> Part.EMPTY;
            case 'p', 'P' -> {
                named();
                yield Part.ANYTHING;
            }
            case 'x' -> {
                if (peek() == '{') {
                    skipBehind('}');
                } else {
                    take();
                    take();
                }
                yield Part.ANYTHING;
            }
            case 't' -> Part.text('\t');
            default -> {
                if (point >= '0' && point <= '9') {
                    while (peek() >= '0' && peek() <= '9') {
                        take();
                    }
                    yield Part.ANYTHING;
                }
                var letter = (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
                yield letter || point == END ? Part.ANYTHING : Part.text(point);
            }
        };
    }

    private void named() {
        if (take() == '{') {
            skipBehind('}');
        }
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
        var plain = !inner.isEmpty() && inner.codePoints().noneMatch(point -> "^-[]\\".indexOf(point) >= 0);
        var texts = inner.codePoints()
                .map(Trigrams::fold)
                .distinct()
                .mapToObj(Character::toString)
                .toList();
        return plain && texts.size() <= MOST_IN_CLASS ? new Part(texts, Need.NOTHING) : Part.ANYTHING;
    }
}
