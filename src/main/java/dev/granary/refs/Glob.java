package dev.granary.refs;

/** A wildcard: {@code *} stands for any characters, slashes among them, or none. Matching takes linear time. */
public final class Glob {
    private static final char ANY = '*';

    private final String[] pieces;
    private final int literal;

    /** A wildcard as it is written. */
    public Glob(String pattern) {
        this.pieces = pattern.split("\\*", -1);
        this.literal = pattern.length() - (pieces.length - 1);
    }

    /** Whether a pattern may match more than itself. */
    public static boolean isWildcard(String pattern) {
        return pattern.indexOf(ANY) >= 0;
    }

    /** How many characters stand for themselves: the more, the more specific. */
    public int literal() {
        return literal;
    }

    /** Whether a text is one of those it stands for. */
    public boolean matches(String text) {
        var first = pieces[0];
        if (pieces.length == 1) {
            return text.equals(first);
        }
        var last = pieces[pieces.length - 1];
        var end = text.length() - last.length();
        if (!text.startsWith(first) || end < first.length() || !text.endsWith(last)) {
            return false;
        }
        var at = first.length();
        for (var index = 1; index < pieces.length - 1; index++) {
            var found = text.indexOf(pieces[index], at);
            if (found < 0 || found + pieces[index].length() > end) {
                return false;
            }
            at = found + pieces[index].length();
        }
        return true;
    }
}
