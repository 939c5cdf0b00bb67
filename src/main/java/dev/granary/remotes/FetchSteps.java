package dev.granary.remotes;

import dev.granary.remotes.RefMove.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;

/**
 * The order in which new refs are fetched. Git cannot go on with a pack that broke off, so a large remote comes in a few
 * packs, and a transfer that is tried again begins with the first that is missing. Tags come first, by their numbers: each
 * step of a history that has versions brings the part up to the next ones. Then comes the default branch.
 */
final class FetchSteps {
    /** So many requests at the most, each of which lists the remote's refs. */
    private static final int MOST = 8;

    /** What has no more refs than this comes at once. */
    private static final int SMALLEST = 8;

    private static final int DIGITS = 12;
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private FetchSteps() {}

    /**
     * What to fetch next; all of it in the last step, with the refs that are not new.
     *
     * @param here how many refs are here already
     */
    static List<RefMove> next(List<RefMove> planned, int here, Optional<String> defaultBranch) {
        var missing = planned.stream()
                .filter(move -> move.outcome() == Outcome.CREATED)
                .count();
        var size = Math.max(SMALLEST, Math.ceilDiv(missing + here, (long) MOST));
        if (missing <= size) {
            return planned;
        }
        var ordered = new TreeMap<String, RefMove>();
        planned.stream()
                .filter(move -> move.outcome() == Outcome.CREATED)
                .forEach(move -> ordered.put(rank(move.ref(), defaultBranch) + key(move.ref()), move));
        return ordered.values().stream().limit(size).toList();
    }

    private static char rank(String ref, Optional<String> defaultBranch) {
        if (ref.startsWith(Constants.R_TAGS)) {
            return '1';
        }
        return ref.equals(Constants.R_HEADS + defaultBranch.orElse("")) ? '2' : '3';
    }

    /** So that 9 comes before 10. */
    private static String key(String ref) {
        return NUMBER.matcher(ref)
                        .replaceAll(number ->
                                "0".repeat(Math.max(0, DIGITS - number.group().length())) + number.group())
                + "\0" + ref;
    }
}
