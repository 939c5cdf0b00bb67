package dev.granary.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Counts roughly how large a regular expression becomes when its repetitions are written out, as RE2/J does: {@code
 * ((a{100}){100}){100}} is short, but takes all memory there is. What is not understood counts too much, never too little.
 */
final class PatternSize {
    private static final long MOST = 1_000_000_000;
    private static final Pattern REPETITION = Pattern.compile("\\{([0-9]{1,4})(?:(,)([0-9]{0,4}))?}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[pPx]\\{[^}]*}|.)");
    private static final Pattern SET = Pattern.compile("\\[\\^?]?(?:\\[:\\^?[a-z]+:]|\\\\.|[^\\]\\\\])*]");

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long sum;
    private long last;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    /** How many instructions a pattern stands for, about; never more than a thousand million. */
    static long of(String pattern) {
        return new PatternSize(pattern).count();
    }

    private long count() {
        for (var at = 0; at < pattern.length(); ) {
            at = next(at);
        }
        while (!outer.isEmpty()) {
            close();
        }
        return sum;
    }

    /** Counts what stands at a place and returns where it ends. */
    private int next(int at) {
        return switch (pattern.charAt(at)) {
            case '(' -> {
                outer.push(sum);
                sum = 0;
                last = 0;
                yield at + 1;
            }
            case ')' -> {
                close();
                yield at + 1;
            }
            case '{' -> repeat(at);
            case '[' -> atom(at, SET);
            case '\\' -> atom(at, ESCAPE);
            default -> add(at + 1);
        };
    }

    private void close() {
        last = sum + 1;
        sum = Math.min(MOST, last + (outer.isEmpty() ? 0 : outer.pop()));
    }

    private int repeat(int at) {
        var count = REPETITION.matcher(pattern).region(at, pattern.length());
        if (!count.lookingAt()) {
            return add(at + 1);
        }
        var least = Integer.parseInt(count.group(1));
        var open = count.group(2) != null && count.group(3).isEmpty();
        var times = open ? least + 1 : count.group(2) == null ? least : Integer.parseInt(count.group(3));
        var repeated = Math.min(MOST, last * Math.max(1, Math.max(least, times)));
        sum = Math.min(MOST, sum - last + repeated);
        last = repeated;
        return count.end();
    }

    private int atom(int at, Pattern kind) {
        var found = kind.matcher(pattern).region(at, pattern.length());
        return add(found.lookingAt() ? found.end() : at + 1);
    }

    private int add(int end) {
        last = 1;
        sum = Math.min(MOST, sum + 1);
        return end;
    }
}
