package dev.granary.reviews;

import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import dev.granary.merging.Changes;
import dev.granary.merging.Position;
import dev.granary.merging.Positions;
import dev.granary.merging.Positions.Place;
import dev.granary.merging.Whitespace;
import dev.granary.reviews.NewDiscussion.NewPosition;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the place of a new discussion in the difference that is shown of a request or a commit. */
@Component
class DiscussionPlaces {
    private static final List<String> TYPES = List.of("text", "file", "image");
    private static final List<String> SIDES = List.of("new", "old");
    private static final int LONGEST_PATH = 4_096;
    private static final int MOST_LINES = 1_000;
    private static final int LONGEST_HUNK = 20_000;

    private final VersionStore versions;
    private final Positions positions;
    private final Changes changes;
    private final GitWork work;

    DiscussionPlaces(VersionStore versions, Positions positions, Changes changes, GitWork work) {
        this.versions = versions;
        this.positions = positions;
        this.changes = changes;
        this.work = work;
    }

    /**
     * A place that is in a difference, as {@link Discussion} has it.
     *
     * @param type null for no place; then all is null
     */
    record Placed(
            @Nullable String type,
            @Nullable String base,
            @Nullable String start,
            @Nullable String head,
            Spot spot,
            boolean oldSide,
            @Nullable Long versionId,
            @Nullable String hunk,
            @Nullable String oldMode,
            @Nullable String newMode,
            @Nullable Long addedLines,
            @Nullable Long removedLines) {
        /** A subject as a whole. */
        static final Placed NONE = new Placed(
                null,
                null,
                null,
                null,
                new Spot(null, null, null, null, null, null),
                false,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The commits that a place's difference is between, and the version they belong to. */
    private record Sides(
            @Nullable String base,
            @Nullable String start,
            String head,
            @Nullable Long versionId) {}

    /**
     * The place that a client means.
     *
     * @throws Problem {@link ErrorCode#POSITION_OUTSIDE} when it is not in the difference
     */
    Placed find(Repository git, Subject subject, NewPosition asked, @Nullable String lineTypes) {
        var position = position(asked);
        var oldSide = side(lineTypes);
        var sides = subject.request() == null
                ? ofCommit(git, Objects.requireNonNull(subject.commit()), asked)
                : ofRequest(git, subject.request(), asked);
        var base = sides.base() == null ? null : ObjectId.fromString(sides.base());
        var version = new Positions.Version(base, ObjectId.fromString(sides.head()));
        var place = positions
                .find(git, version, position)
                .orElseThrow(() -> new Problem(
                        ErrorCode.POSITION_OUTSIDE, position.removed() ? position.oldPath() : position.newPath()));
        var found = place.position();
        var count = changes.count(git, List.of(place.file()), Whitespace.KEEP).getFirst();
        return new Placed(
                found.wholeFile() ? Discussion.FILE : type(asked.positionType()),
                sides.base(),
                sides.start(),
                sides.head(),
                Spot.of(found),
                found.removed() || (oldSide && !found.added()),
                sides.versionId(),
                hunk(place),
                mode(place.file().oldMode()),
                mode(place.file().newMode()),
                (long) count.added(),
                (long) count.removed());
    }

    private static String type(@Nullable String type) {
        var given = type == null || type.isEmpty() || type.equals(Discussion.FILE) ? TYPES.getFirst() : type;
        if (!TYPES.contains(given)) {
            throw Problem.invalid("position.position_type", "one-of", String.join(", ", TYPES));
        }
        return given;
    }

    private static boolean side(@Nullable String lineTypes) {
        var given = lineTypes == null || lineTypes.isEmpty() ? SIDES.getFirst() : lineTypes;
        if (!SIDES.contains(given)) {
            throw Problem.invalid("line_types", "one-of", String.join(", ", SIDES));
        }
        return given.equals("old");
    }

    private static Position position(NewPosition asked) {
        var oldPath = Texts.lines("position.old_path", asked.oldPath(), LONGEST_PATH);
        var newPath = Texts.lines("position.new_path", asked.newPath(), LONGEST_PATH);
        if (oldPath.isEmpty() && newPath.isEmpty()) {
            throw Problem.invalid("position.new_path", "required");
        }
        var old = line(asked.oldLine());
        var now = line(asked.newLine());
        return new Position(
                oldPath.isEmpty() ? newPath : oldPath,
                newPath.isEmpty() ? oldPath : newPath,
                old,
                now,
                now > 0
                        ? lines("position.first_new_line", asked.firstNewLine(), now)
                        : lines("position.first_old_line", asked.firstOldLine(), old));
    }

    private static int line(@Nullable Integer line) {
        return line == null ? 0 : Math.max(0, line);
    }

    private static int lines(String field, @Nullable Integer first, int last) {
        if (first == null || first <= 0 || last == 0) {
            return 1;
        }
        if (first > last || last - first >= MOST_LINES) {
            throw Problem.invalid(field, "range", Math.max(1, last - MOST_LINES + 1), last);
        }
        return last - first + 1;
    }

    /** The difference of one of a request's versions, between two of them, or of one of its commits. */
    private Sides ofRequest(Repository git, MergeRequest request, NewPosition asked) {
        var all = versions.all(request.id());
        var head = commit("position.head_sha", asked.headSha());
        var base = commit("position.base_sha", asked.baseSha());
        if (head == null) {
            var current = all.getLast();
            return new Sides(current.baseCommit(), current.startCommit(), current.headCommit(), current.id());
        }
        var own = all.reversed().stream()
                .filter(version -> version.headCommit().equals(head))
                .filter(version -> base == null || version.baseCommit().equals(base))
                .findFirst();
        if (own.isPresent()) {
            var version = own.get();
            return new Sides(version.baseCommit(), version.startCommit(), head, version.id());
        }
        var to = all.reversed().stream()
                .filter(version -> version.headCommit().equals(head))
                .findFirst();
        if (to.isPresent()
                && all.stream().anyMatch(version -> version.headCommit().equals(base))) {
            return new Sides(base, to.get().startCommit(), head, to.get().id());
        }
        if (!versions.hasCommit(request.id(), head)) {
            throw new Problem(ErrorCode.POSITION_OUTSIDE, head);
        }
        var parent = parent(git, head);
        if (base != null && !base.equals(parent)) {
            throw new Problem(ErrorCode.POSITION_OUTSIDE, base);
        }
        return new Sides(
                parent, all.getLast().startCommit(), head, all.getLast().id());
    }

    private Sides ofCommit(Repository git, String commit, NewPosition asked) {
        var parent = parent(git, commit);
        var head = commit("position.head_sha", asked.headSha());
        var base = commit("position.base_sha", asked.baseSha());
        if (head != null && !head.equals(commit)) {
            throw new Problem(ErrorCode.POSITION_OUTSIDE, head);
        }
        if (base != null && !base.equals(parent)) {
            throw new Problem(ErrorCode.POSITION_OUTSIDE, base);
        }
        return new Sides(parent, parent, commit, null);
    }

    private static @Nullable String commit(String field, @Nullable String id) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        if (!Revisions.isFullId(id)) {
            throw Problem.invalid(field, "commit-id");
        }
        return id;
    }

    /** A commit's first parent; null for a first commit. */
    private @Nullable String parent(Repository git, String commit) {
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                var parsed = walk.parseCommit(ObjectId.fromString(commit));
                return parsed.getParentCount() == 0 ? null : parsed.getParent(0).name();
            }
        });
    }

    private static @Nullable String hunk(Place place) {
        if (place.hunk() == null) {
            return null;
        }
        var text = place.hunk().text();
        var cut = Math.min(text.length(), LONGEST_HUNK);
        if (cut < text.length() && Character.isHighSurrogate(text.charAt(cut - 1))) {
            cut--;
        }
        // Databases store no NUL.
        return text.substring(0, cut).replace('\0', '\uFFFD');
    }

    private static String mode(FileMode mode) {
        return FileMode.MISSING.equals(mode) ? Discussion.NO_MODE : mode.toString();
    }
}
