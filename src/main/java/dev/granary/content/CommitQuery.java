package dev.granary.content;

import org.jspecify.annotations.Nullable;

/**
 * Which commits of a history are asked for.
 *
 * @param revision the branch, tag or commit to begin at; null for the default branch
 * @param revisionField its name on the wire
 * @param everything whether to begin at every branch and tag instead
 * @param since the earliest commit time, in epoch seconds; null for any
 * @param until the latest commit time, in epoch seconds; null for any
 * @param path the file or folder they change; null for any
 * @param follow whether to follow the file through its renames
 * @param message a part of the message, whatever its case, or the beginning of the id; null for any
 * @param author a part of the author's name or address, whatever its case; null for any
 * @param topological whether children always come before their parents, rather than newer before older
 */
record CommitQuery(
        @Nullable String revision,
        String revisionField,
        boolean everything,
        @Nullable Long since,
        @Nullable Long until,
        @Nullable String path,
        boolean follow,
        @Nullable String message,
        @Nullable String author,
        boolean topological) {

    static CommitQuery of(@Nullable String revision) {
        return new CommitQuery(revision, "ref_name", false, null, null, null, false, null, null, false);
    }

    CommitQuery everywhere(boolean all) {
        return new CommitQuery(revision, revisionField, all, since, until, path, follow, message, author, topological);
    }

    CommitQuery between(@Nullable Long from, @Nullable Long to) {
        return new CommitQuery(
                revision, revisionField, everything, from, to, path, follow, message, author, topological);
    }

    CommitQuery touching(@Nullable String file, boolean renames) {
        return new CommitQuery(
                revision,
                revisionField,
                everything,
                since,
                until,
                blankToNull(file),
                renames,
                message,
                author,
                topological);
    }

    CommitQuery matching(@Nullable String text, @Nullable String person) {
        return new CommitQuery(
                revision,
                revisionField,
                everything,
                since,
                until,
                path,
                follow,
                blankToNull(text),
                blankToNull(person),
                topological);
    }

    CommitQuery childrenFirst(boolean children) {
        return new CommitQuery(
                revision, revisionField, everything, since, until, path, follow, message, author, children);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
