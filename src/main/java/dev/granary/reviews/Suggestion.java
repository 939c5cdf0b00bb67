package dev.granary.reviews;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines that somebody proposes in place of those that are discussed: a block in the text that begins with
 * <code>```suggestion</code>, or with <code>```suggestion:-1+2</code> to replace from one line above the discussed one to
 * two lines below.
 *
 * @param above how many lines above the discussed one are replaced; -1 for as many as are discussed
 * @param below how many lines below it
 * @param lines what is to be there; none to remove the lines
 */
record Suggestion(int above, int below, List<String> lines) {
    /** Replaces exactly what is discussed. */
    static final int AS_DISCUSSED = -1;

    private static final Pattern BEGIN = Pattern.compile("(`{3,9})suggestion(?::-(\\d{1,3})\\+(\\d{1,3}))?\\s*");

    Suggestion {
        lines = List.copyOf(lines);
    }

    /** All that are in a text, in their order. A block that has no end is none. */
    static List<Suggestion> in(String text) {
        var found = new ArrayList<Suggestion>();
        var lines = text.lines().toList();
        for (var index = 0; index < lines.size(); index++) {
            var begin = BEGIN.matcher(lines.get(index));
            var end = begin.matches() ? end(lines, index + 1, begin.group(1)) : -1;
            if (end >= 0) {
                var ranged = begin.group(2) != null;
                found.add(new Suggestion(
                        ranged ? Integer.parseInt(begin.group(2)) : AS_DISCUSSED,
                        ranged ? Integer.parseInt(begin.group(3)) : 0,
                        lines.subList(index + 1, end)));
                index = end;
            }
        }
        return found;
    }

    /** Where the fence is that ends a block; -1 if there is none. */
    private static int end(List<String> lines, int from, String fence) {
        for (var index = from; index < lines.size(); index++) {
            if (lines.get(index).stripTrailing().equals(fence)) {
                return index;
            }
        }
        return -1;
    }
}
