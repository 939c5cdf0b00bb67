package dev.granary.refs;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.io.IOException;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Names of branches and tags in requests. */
final class RefNames {
    private static final int MAXIMUM = 200;

    /** What the API refuses although Git would not: shells and other tools read these differently. */
    private static final Pattern UNWANTED =
            Pattern.compile("[ \\[\\\\<~^:?*!()'\"|]|^[-.]|^refs/(heads|remotes|tags)/");

    private RefNames() {}

    /**
     * The full name of a ref that is to be created.
     *
     * @param field its name on the wire
     */
    static String created(RefQuery.Kind kind, String field, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        if (name.length() > MAXIMUM) {
            throw Problem.invalid(field, "length", 1, MAXIMUM);
        }
        if (!Repository.isValidRefName(kind.prefix() + name)
                || UNWANTED.matcher(name).find()
                || name.equals(Constants.HEAD)) {
            throw Problem.invalid(field, "ref-name");
        }
        return kind.prefix() + name;
    }

    /**
     * The ref that a request names.
     *
     * @param name without {@code refs/heads/} or {@code refs/tags/}, or with it
     * @throws Problem {@link ErrorCode#REF_NOT_FOUND} when there is none
     */
    static Ref existing(Repository git, RefQuery.Kind kind, String field, @Nullable String name) throws IOException {
        if (name == null || name.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        var full = kind.prefix() + name;
        var ref = Repository.isValidRefName(full) ? git.exactRef(full) : null;
        if (ref == null && name.startsWith(kind.prefix()) && Repository.isValidRefName(name)) {
            ref = git.exactRef(name);
        }
        if (ref == null || ref.getObjectId() == null) {
            throw new Problem(
                    ErrorCode.REF_NOT_FOUND, name.length() > MAXIMUM ? name.substring(0, MAXIMUM) + "…" : name);
        }
        return ref;
    }
}
