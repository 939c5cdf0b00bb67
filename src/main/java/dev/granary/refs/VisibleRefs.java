package dev.granary.refs;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.RefFilter;

/** Which refs Git clients see and may name: HEAD, branches and tags. All others belong to the server. */
public final class VisibleRefs {
    /** Leaves the refs that clients see. */
    public static final RefFilter FILTER = VisibleRefs::filter;

    private VisibleRefs() {}

    /** Whether clients see the ref of a full name. */
    public static boolean contains(String ref) {
        return ref.equals(Constants.HEAD) || isBranchOrTag(ref);
    }

    /** Whether a full name is that of a branch or tag. */
    public static boolean isBranchOrTag(String ref) {
        return ref.startsWith(Constants.R_HEADS) || ref.startsWith(Constants.R_TAGS);
    }

    private static Map<String, Ref> filter(Map<String, Ref> refs) {
        if (refs.keySet().stream().allMatch(VisibleRefs::contains)) {
            return refs;
        }
        var visible = new HashMap<>(refs);
        visible.keySet().removeIf(ref -> !contains(ref));
        return visible;
    }
}
