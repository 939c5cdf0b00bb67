package dev.granary.search;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;

/** Gives the trigrams of a text to the index. */
final class TrigramStream extends TokenStream {
    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final long[] keys;
    private int next;

    TrigramStream(Trigrams trigrams) {
        keys = trigrams.toArray();
    }

    @Override
    public boolean incrementToken() {
        if (next == keys.length) {
            return false;
        }
        clearAttributes();
        term.setBytesRef(Trigrams.term(keys[next++]));
        return true;
    }

    @Override
    public void reset() {
        next = 0;
    }
}
