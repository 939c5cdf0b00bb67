package dev.granary.content;

/** How many lines a change adds and removes. */
record LineStats(int additions, int deletions, int total) {
    static LineStats of(int additions, int deletions) {
        return new LineStats(additions, deletions, additions + deletions);
    }
}
