package dev.granary.access;

/** What a role holds of a permission by default, and whether that may be changed. */
public enum Cell {
    /** Held, always. */
    FIXED,
    /** Held, may be taken away. */
    REMOVABLE,
    /** Not held, may be given. */
    GRANTABLE,
    /** Never held. */
    NEVER;

    /** Whether roles hold it where nobody changed it. */
    public boolean isHeld() {
        return this == FIXED || this == REMOVABLE;
    }

    public boolean isEditable() {
        return this == REMOVABLE || this == GRANTABLE;
    }

    static Cell of(char letter) {
        return switch (letter) {
            case 'A' -> FIXED;
            case 'B' -> REMOVABLE;
            case 'C' -> GRANTABLE;
            case 'D' -> NEVER;
            default -> throw new IllegalArgumentException(String.valueOf(letter));
        };
    }
}
