package dev.granary.commits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * Finds the commit that a client means by a branch, a tag or a commit id. Nothing else of Git's revision language is
 * understood, and a commit that no branch or tag leads to does not exist: an object store may be shared with forks.
 */
public final class Revisions {
    private static final int MAXIMUM_LENGTH = 255;
    private static final int MINIMUM_ABBREVIATION = 7;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{" + MINIMUM_ABBREVIATION + ",40}");
    private static final Pattern FULL_ID = Pattern.compile("[0-9a-f]{40}");

    /**
     * Commits in the history of default branches, each with the tip it was found from: that holds for ever, in every
     * repository that has the tip.
     */
    private static final Cache<ObjectId, ObjectId> DESCENDANTS =
            Caffeine.newBuilder().maximumSize(50_000).build();

    private final Repository git;
    private final RevWalk walk;

    /** Looks in a repository; the commits found belong to the walk. */
    public Revisions(Repository git, RevWalk walk) {
        this.git = git;
        this.walk = walk;
    }

    /** Whether the text names a commit by its full id, so that what it names never changes. */
    public static boolean isFullId(@Nullable String text) {
        return text != null && FULL_ID.matcher(text).matches();
    }

    /**
     * The commit a text names.
     *
     * @param field its name on the wire, for the failure's text
     * @throws Problem {@link ErrorCode#REF_NOT_FOUND}; {@link ErrorCode#INVALID_PARAMETER} for what cannot be a name
     */
    public RevCommit require(String field, String text) throws IOException {
        if (text.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        if (text.length() > MAXIMUM_LENGTH) {
            throw Problem.invalid(field, "length", 1, MAXIMUM_LENGTH);
        }
        if (!Repository.isValidRefName(Constants.R_HEADS + text)) {
            throw Problem.invalid(field, "revision");
        }
        return find(field, text).orElseThrow(() -> new Problem(ErrorCode.REF_NOT_FOUND, text));
    }

    /** The commit a text names; for an absent text the default branch's, empty while that does not exist. */
    public Optional<RevCommit> orDefault(String field, @Nullable String text) throws IOException {
        if (text != null && !text.isEmpty()) {
            return Optional.of(require(field, text));
        }
        var head = git.exactRef(Constants.HEAD);
        return head == null || head.getObjectId() == null
                ? Optional.empty()
                : Optional.of(walk.parseCommit(head.getObjectId()));
    }

    private Optional<RevCommit> find(String field, String text) throws IOException {
        if (FULL_ID.matcher(text).matches()) {
            var commit = parse(ObjectId.fromString(text));
            if (commit != null && reachable(commit)) {
                return Optional.of(commit);
            }
        }
        var ref = ref(text);
        if (ref != null) {
            return Optional.ofNullable(parse(ref.getObjectId()));
        }
        return HEX.matcher(text).matches() ? abbreviated(field, text) : Optional.empty();
    }

    private @Nullable Ref ref(String text) throws IOException {
        if (text.startsWith(Constants.R_HEADS) || text.startsWith(Constants.R_TAGS)) {
            var ref = git.exactRef(text);
            if (ref != null) {
                return ref;
            }
        }
        var branch = git.exactRef(Constants.R_HEADS + text);
        return branch == null ? git.exactRef(Constants.R_TAGS + text) : branch;
    }

    private Optional<RevCommit> abbreviated(String field, String text) throws IOException {
        var found = walk.getObjectReader().resolve(AbbreviatedObjectId.fromString(text)).stream()
                .map(this::parseQuietly)
                .filter(Objects::nonNull)
                .toList();
        RevCommit only = null;
        for (var commit : found) {
            if (reachable(commit)) {
                if (only != null) {
                    throw Problem.invalid(field, "ambiguous");
                }
                only = commit;
            }
        }
        return Optional.ofNullable(only);
    }

    private @Nullable RevCommit parseQuietly(ObjectId id) {
        try {
            return parse(id);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The commit of an id, or the one an annotated tag names; null for anything else. */
    private @Nullable RevCommit parse(ObjectId id) throws IOException {
        try {
            return walk.parseCommit(id);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return null;
        }
    }

    private boolean reachable(RevCommit commit) throws IOException {
        var head = git.exactRef(Constants.HEAD);
        if (head != null && head.getObjectId() != null) {
            var tip = parse(head.getObjectId());
            if (tip != null && isIn(commit, tip)) {
                return true;
            }
        }
        var refs = git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS);
        try (var checker = new RevWalk(walk.getObjectReader())) {
            return walk.getObjectReader()
                    .createReachabilityChecker(checker)
                    .areAllReachable(List.of(checker.parseCommit(commit)), tips(checker, refs))
                    .isEmpty();
        }
    }

    /** Whether a commit is in the history of another. Where a descendant is known, only what came after that is walked. */
    private boolean isIn(RevCommit commit, RevCommit tip) throws IOException {
        var id = commit.copy();
        var known = DESCENDANTS.getIfPresent(id);
        var later = known == null ? null : parse(known);
        if ((later != null && walk.isMergedInto(later, tip)) || walk.isMergedInto(commit, tip)) {
            DESCENDANTS.put(id, tip.copy());
            return true;
        }
        return false;
    }

    private static Stream<RevCommit> tips(RevWalk walk, List<Ref> refs) {
        return refs.stream()
                .map(ref -> {
                    try {
                        return walk.parseCommit(ref.getObjectId());
                    } catch (MissingObjectException | IncorrectObjectTypeException e) {
                        return null;
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .filter(Objects::nonNull);
    }
}
