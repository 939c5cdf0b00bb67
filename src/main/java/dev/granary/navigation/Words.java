package dev.granary.navigation;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** The words of a text in UTF-8: letters, digits, underscores and whatever is not ASCII. */
final class Words {
    private static final int FIRST_BEYOND_ASCII = 0x80;
    private static final int FACTOR = 31;

    private Words() {}

    /** Whether a byte can be part of a word. */
    static boolean isPart(byte value) {
        var character = value & 0xff;
        return character >= FIRST_BEYOND_ASCII
                || character == '_'
                || (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z');
    }

    /** Numbers that tell most words of a text apart: each once, sorted. */
    static int[] hashes(byte[] text) {
        var hashes = new Hashes(text.length / 8 + 1);
        each(text, hashes);
        return hashes.sorted();
    }

    private static void each(byte[] text, IntConsumer word) {
        var hash = 0;
        var within = false;
        for (var value : text) {
            if (isPart(value)) {
                hash = FACTOR * hash + value;
                within = true;
            } else if (within) {
                word.accept(hash);
                hash = 0;
                within = false;
            }
        }
        if (within) {
            word.accept(hash);
        }
    }

    /** Whether the text has the word from a place on, and neither begins before it nor goes on after it. */
    static boolean standsAt(byte[] text, int start, byte[] word) {
        var end = start + word.length;
        return Arrays.equals(text, start, end, word, 0, word.length)
                && !(start > 0 && isPart(word[0]) && isPart(text[start - 1]))
                && !(end < text.length && isPart(word[word.length - 1]) && isPart(text[end]));
    }

    /** The first place from one on where the word stands by itself; -1 for none. */
    static int find(byte[] text, int from, byte[] word) {
        for (var start = from; start <= text.length - word.length; start++) {
            if (text[start] == word[0] && standsAt(text, start, word)) {
                return start;
            }
        }
        return -1;
    }

    private static final class Hashes implements IntConsumer {
        private int[] values;
        private int size;

        private Hashes(int capacity) {
            values = new int[capacity];
        }

        @Override
        public void accept(int hash) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = hash;
        }

        private int[] sorted() {
            Arrays.sort(values, 0, size);
            var kept = 0;
            for (var index = 0; index < size; index++) {
                if (kept == 0 || values[kept - 1] != values[index]) {
                    values[kept++] = values[index];
                }
            }
            return Arrays.copyOf(values, kept);
        }
    }
}
