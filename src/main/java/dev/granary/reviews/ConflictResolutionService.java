package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import dev.granary.merging.CommitOrder;
import dev.granary.merging.Conflict;
import dev.granary.merging.ConflictText;
import dev.granary.merging.MergeResult.Conflicting;
import dev.granary.merging.MergeResult.Made;
import dev.granary.merging.MergeResult.Nothing;
import dev.granary.merging.Merges;
import dev.granary.merging.Resolution;
import dev.granary.repositories.HostedRepository;
import dev.granary.reviews.ConflictResolution.FileChoice;
import dev.granary.reviews.MergeRequestService.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Has people decide what is in conflict between the two sides of a request: the target is merged into the source branch. */
@Service
public class ConflictResolutionService {
    private static final long MOST_DECIDED = 64 << 20;
    private static final int LONGEST_MESSAGE = 2_000;
    private static final String OURS = "head";
    private static final String THEIRS = "origin";

    private final MergeRequestService service;
    private final SourceBranches sources;
    private final MergeCommits commits;
    private final Merges merges;
    private final AccessService access;

    ConflictResolutionService(
            MergeRequestService service,
            SourceBranches sources,
            MergeCommits commits,
            Merges merges,
            AccessService access) {
        this.service = service;
        this.sources = sources;
        this.commits = commits;
        this.merges = merges;
        this.access = access;
    }

    /**
     * Merges the target into the source branch, with all conflicts decided.
     *
     * @throws Problem {@link ErrorCode#CONFLICTS_LEFT}, {@link ErrorCode#NO_SUCH_CONFLICT}; {@link
     *     ErrorCode#CONFLICT_CHANGED} when a file is not as it was seen; {@link ErrorCode#REF_MOVED} when the source
     *     branch moved meanwhile
     */
    public void resolve(Caller caller, long repositoryId, long iid, ConflictResolution body) {
        var found = service.requireOwn(caller, repositoryId, iid, Permission.MERGE_REQUEST_EDIT);
        var user = access.requireUser(caller);
        var message = Texts.lines("commit_message", body.commitMessage(), LONGEST_MESSAGE);
        if (message.isBlank()) {
            throw Problem.invalid("commit_message", "required");
        }
        var choices = choices(body);
        MergeRequestService.requireOpen(found.request());
        var source = sources.require(user, found.request());
        sources.inTurn(source, found.request(), () -> resolve(user, found, source, message, choices));
    }

    private static List<FileChoice> choices(ConflictResolution body) {
        if (body.files() == null || body.files().isEmpty()) {
            throw Problem.invalid("files", "required");
        }
        var choices = new ArrayList<FileChoice>();
        for (var choice : body.files()) {
            if (choice == null || choice.newPath() == null && choice.oldPath() == null) {
                throw Problem.invalid("files", "required");
            }
            if (choice.content() == null && ConflictSections.choices(choice.sections()) == null) {
                throw Problem.invalid("sections", "required");
            }
            choices.add(choice);
        }
        return choices;
    }

    private void resolve(
            Caller.User user, Found seen, HostedRepository source, String message, List<FileChoice> choices) {
        var found = new Found(seen.repository(), service.again(seen.request().id()));
        var request = found.request();
        try (var git = service.open(found)) {
            var tip = VersionMaker.requireTip(git, request.targetBranch());
            var head = ObjectId.fromString(request.headCommit());
            var conflicts = merges.conflicts(git, head, tip);
            if (conflicts.isEmpty()) {
                throw new Problem(ErrorCode.NO_SUCH_CONFLICT, path(choices.getFirst()));
            }
            var chosen = chosen(conflicts, choices);
            var decided = new AtomicLong();
            var ours = request.sourceBranch();
            var theirs = request.targetBranch();
            var paths = List.copyOf(chosen.keySet());
            var resolutions = merges.conflictTexts(git, head, tip, paths, ours, theirs, text -> {
                var choice = Objects.requireNonNull(chosen.get(text.conflict().path()));
                requireSeen(text.conflict(), choice, ours, theirs);
                var resolution = resolution(text, choice);
                var content = resolution.content();
                if (content != null && decided.addAndGet(content.length) > MOST_DECIDED) {
                    throw new Problem(ErrorCode.MERGE_TOO_LARGE);
                }
                return resolution;
            });
            var now = commits.now(user);
            switch (merges.resolve(git, head, tip, resolutions, new CommitOrder(now, now, message))) {
                case Made made -> sources.move(user, git, source, request, tip, made);
                case Nothing _ -> throw new Problem(ErrorCode.NOTHING_TO_MERGE);
                case Conflicting left ->
                    throw new Problem(
                            ErrorCode.CONFLICTS_LEFT,
                            left.conflicts().getFirst().path());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(FileChoice choice) {
        return Objects.requireNonNullElse(choice.newPath(), Objects.requireNonNullElse(choice.oldPath(), ""));
    }

    /** The choice of each conflict, by its path. */
    private static Map<String, FileChoice> chosen(List<Conflict> conflicts, List<FileChoice> choices) {
        var chosen = new LinkedHashMap<String, FileChoice>();
        for (var choice : choices) {
            var conflict = conflicts.stream()
                    .filter(open -> names(choice, open))
                    .findFirst()
                    .orElseThrow(() -> new Problem(ErrorCode.NO_SUCH_CONFLICT, path(choice)));
            chosen.put(conflict.path(), choice);
        }
        conflicts.stream()
                .filter(conflict -> !chosen.containsKey(conflict.path()))
                .findFirst()
                .ifPresent(left -> {
                    throw new Problem(ErrorCode.CONFLICTS_LEFT, left.path());
                });
        return chosen;
    }

    private static boolean names(FileChoice choice, Conflict conflict) {
        if (ConflictSections.wholeId(conflict).equals(choice.seen())) {
            return true;
        }
        return (choice.newPath() == null || choice.newPath().equals(ConflictSections.newPath(conflict)))
                && (choice.oldPath() == null || choice.oldPath().equals(ConflictSections.oldPath(conflict)));
    }

    /**
     * What was decided for a file that has changed since could undo that; and of what was decided line by line, no
     * marker may be left.
     */
    private static void requireSeen(Conflict conflict, FileChoice choice, String ours, String theirs) {
        if (choice.seen() == null) {
            return;
        }
        if (!choice.seen().equals(ConflictSections.wholeId(conflict))) {
            throw new Problem(ErrorCode.CONFLICT_CHANGED, conflict.path());
        }
        if (choice.content() != null
                && choice.content()
                        .lines()
                        .anyMatch(line -> line.equals("<<<<<<< " + ours) || line.equals(">>>>>>> " + theirs))) {
            throw new Problem(ErrorCode.CONFLICTS_LEFT, conflict.path());
        }
    }

    private static Resolution resolution(ConflictText text, FileChoice chosen) {
        var path = text.conflict().path();
        if (chosen.content() != null) {
            return Resolution.content(path, chosen.content().getBytes(StandardCharsets.UTF_8));
        }
        var sides = Objects.requireNonNull(ConflictSections.choices(chosen.sections()));
        var whole = ConflictSections.wholeId(text.conflict());
        var byLines = ConflictSections.byLines(text);
        if (byLines && !sides.containsKey(whole)) {
            return Resolution.content(path, decided(text, path, sides));
        }
        requireKnown(path, sides, Set.of(whole));
        var ours = takesOurs(path, sides.get(whole));
        if (byLines) {
            // What only one side changed stays merged.
            return Resolution.content(path, text.decided(_ -> ours));
        }
        return ours ? Resolution.ours(path) : Resolution.theirs(path);
    }

    private static byte[] decided(ConflictText text, String path, Map<?, ?> sides) {
        var known = new HashSet<String>();
        for (var index = 0; index < text.stretches().size(); index++) {
            if (text.stretches().get(index).conflict()) {
                known.add(ConflictSections.id(text, index));
            }
        }
        requireKnown(path, sides, known);
        return text.decided(index -> takesOurs(path, sides.get(ConflictSections.id(text, index))));
    }

    /** A choice for lines that are not in conflict any more is one that was made for others. */
    private static void requireKnown(String path, Map<?, ?> sides, Set<String> known) {
        if (!known.containsAll(sides.keySet())) {
            throw new Problem(ErrorCode.NO_SUCH_CONFLICT, path);
        }
    }

    private static boolean takesOurs(String path, @Nullable Object side) {
        if (side == null) {
            throw new Problem(ErrorCode.CONFLICTS_LEFT, path);
        }
        if (!side.equals(OURS) && !side.equals(THEIRS)) {
            throw Problem.invalid("sections", "one-of", OURS + ", " + THEIRS);
        }
        return side.equals(OURS);
    }
}
