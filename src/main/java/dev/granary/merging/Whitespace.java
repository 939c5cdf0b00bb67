package dev.granary.merging;

import org.eclipse.jgit.diff.RawTextComparator;

/** Which differences of white space count. */
public enum Whitespace {
    /** All. */
    KEEP(RawTextComparator.DEFAULT),
    /** All but those at the ends of lines. */
    IGNORE_AT_END(RawTextComparator.WS_IGNORE_TRAILING),
    /** Only between none and some. */
    IGNORE_CHANGE(RawTextComparator.WS_IGNORE_CHANGE),
    /** None. */
    IGNORE_ALL(RawTextComparator.WS_IGNORE_ALL);

    private final RawTextComparator comparator;

    Whitespace(RawTextComparator comparator) {
        this.comparator = comparator;
    }

    RawTextComparator comparator() {
        return comparator;
    }
}
