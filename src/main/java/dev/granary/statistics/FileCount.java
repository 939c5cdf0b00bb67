package dev.granary.statistics;

/** How much there is of a language, or how much more than before; {@code lines} of text files only. */
record FileCount(long bytes, long lines) {
    FileCount plus(FileCount other) {
        return new FileCount(bytes + other.bytes, lines + other.lines);
    }

    FileCount negated() {
        return new FileCount(-bytes, -lines);
    }
}
