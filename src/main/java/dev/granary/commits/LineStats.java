package dev.granary.commits;

/** How many lines a change adds and removes. */
public record LineStats(int additions, int deletions, int total) {
    /** The lines added and removed, and both together. */
    public static LineStats of(int additions, int deletions) {
        return new LineStats(additions, deletions, additions + deletions);
    }
}
