package dev.granary.reviews;

import java.util.List;

/**
 * The conflicts of a request as a form shows them.
 *
 * @param files the first {@link #MOST}
 * @param total how many there are
 * @param mayDecide whether the caller may decide them
 */
public record OpenConflicts(List<OpenConflict> files, long total, boolean mayDecide) {
    /** So many files are decided in a form at most: all have to be at once. */
    static final int MOST = 100;

    public OpenConflicts {
        files = List.copyOf(files);
    }

    /** Whether a form can take all of them. */
    public boolean fits() {
        return files.size() == total;
    }
}
