package dev.granary.access;

/** Who may read a repository without being its member. */
public enum Visibility {
    /** Its members only. */
    PRIVATE(0),
    /** Every member of its project. */
    PROJECT(10),
    /** Everybody, without signing in. */
    PUBLIC(20);

    private final int level;

    Visibility(int level) {
        this.level = level;
    }

    /** The level on the wire and in the database. */
    public int level() {
        return level;
    }

    /** The visibility of a level, or null when there is none of that level. */
    public static @org.jspecify.annotations.Nullable Visibility ofLevel(int level) {
        for (var visibility : values()) {
            if (visibility.level == level) {
                return visibility;
            }
        }
        return null;
    }
}
