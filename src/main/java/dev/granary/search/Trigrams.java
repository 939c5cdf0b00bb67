package dev.granary.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.apache.lucene.util.BytesRef;

/**
 * The different sequences of three characters of texts, whatever their case: what holds a text also holds all of the text's
 * sequences. None goes beyond the end of a line.
 */
final class Trigrams {
    private static final int POINT_BITS = 21;
    private static final long POINT = (1L << POINT_BITS) - 1;
    private static final int LENGTH = 3;
    private static final long MASK = (1L << (LENGTH * POINT_BITS)) - 1;
    private static final int LONGEST_UTF8 = 4;
    private static final int SMALLEST = 1 << 8;
    private static final int LARGEST_FIRST = 1 << 14;

    private long[] table;
    private int count;

    private Trigrams(int characters) {
        table = new long[Integer.highestOneBit(Math.clamp(characters, SMALLEST, LARGEST_FIRST)) * 2];
    }

    /** All of a text, which is {@link #fold folded} first. */
    static Trigrams of(CharSequence text) {
        var all = new Trigrams(text.length());
        var length = text.length();
        var known = 0;
        var key = 0L;
        for (var at = 0; at < length; ) {
            var point = Character.codePointAt(text, at);
            at += Character.charCount(point);
            if (point == '\n' || point == '\r') {
                known = 0;
                continue;
            }
            key = ((key << POINT_BITS) | fold(point)) & MASK;
            if (++known >= LENGTH) {
                all.add(key);
            }
        }
        return all;
    }

    /** Zero marks what is free: no text has three zero characters and is not binary. */
    private void add(long key) {
        if (key == 0) {
            return;
        }
        var at = slot(table, key);
        if (table[at] == 0) {
            table[at] = key;
            if (++count * 2 > table.length) {
                grow();
            }
        }
    }

    private static int slot(long[] table, long key) {
        var mask = table.length - 1;
        var hash = key * 0x9E3779B97F4A7C15L;
        var at = (int) (hash >>> 32) & mask;
        while (table[at] != 0 && table[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        var larger = new long[table.length * 2];
        for (var key : table) {
            if (key != 0) {
                larger[slot(larger, key)] = key;
            }
        }
        table = larger;
    }

    void forEach(LongConsumer use) {
        Arrays.stream(table).filter(key -> key != 0).forEach(use);
    }

    /** All of them, in no order. */
    long[] toArray() {
        return Arrays.stream(table).filter(key -> key != 0).toArray();
    }

    /** One as it is in the index: its characters in UTF-8. */
    static BytesRef term(long key) {
        var bytes = new byte[LENGTH * LONGEST_UTF8];
        var end = 0;
        for (var shift = (LENGTH - 1) * POINT_BITS; shift >= 0; shift -= POINT_BITS) {
            end = put(bytes, end, (int) ((key >>> shift) & POINT));
        }
        return new BytesRef(bytes, 0, end);
    }

    private static int put(byte[] bytes, int start, int point) {
        var at = start;
        if (point < 0x80) {
            bytes[at++] = (byte) point;
        } else if (point < 0x800) {
            bytes[at++] = (byte) (0xC0 | (point >> 6));
            bytes[at++] = (byte) (0x80 | (point & 0x3F));
        } else if (point < 0x10000) {
            bytes[at++] = (byte) (0xE0 | (point >> 12));
            bytes[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            bytes[at++] = (byte) (0x80 | (point & 0x3F));
        } else {
            bytes[at++] = (byte) (0xF0 | (point >> 18));
            bytes[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            bytes[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            bytes[at++] = (byte) (0x80 | (point & 0x3F));
        }
        return at;
    }

    /**
     * What a character and all that differ from it in case only have in common. It takes as many UTF-16 units as the
     * character, so that places in folded texts are places in the texts.
     */
    static int fold(int point) {
        if (point < 0x80) {
            return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
        }
        var folded = Character.toLowerCase(Character.toUpperCase(point));
        return Character.charCount(folded) == Character.charCount(point) ? folded : point;
    }

    private static boolean isAscii(String text) {
        for (var at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** A text with each character folded. */
    static String fold(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        var units = text.toCharArray();
        for (var at = 0; at < units.length; at++) {
            var unit = units[at];
            if (!Character.isSurrogate(unit)) {
                units[at] = (char) fold(unit);
            } else if (Character.isHighSurrogate(unit)
                    && at + 1 < units.length
                    && Character.isLowSurrogate(units[at + 1])) {
                Character.toChars(fold(Character.toCodePoint(unit, units[at + 1])), units, at);
                at++;
            }
        }
        return new String(units);
    }
}
