package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.api.Failures;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Service;

/**
 * Shows what is in conflict between the two sides of a request, and has people decide it: the target is merged into the
 * source branch.
 */
@Service
public class ConflictService {
    /** Once a page shows so many bytes, what follows comes without its text; it can be asked for alone. */
    private static final long MOST_SHOWN = 16 << 20;

    private static final long MOST_DECIDED = 64 << 20;
    private static final int LONGEST_MESSAGE = 2_000;
    private static final String OURS = "head";
    private static final String THEIRS = "origin";

    private final MergeRequestService service;
    private final SourceBranches sources;
    private final MergeCommits commits;
    private final Merges merges;
    private final Failures texts;
    private final AccessService access;

    ConflictService(
            MergeRequestService service,
            SourceBranches sources,
            MergeCommits commits,
            Merges merges,
            Failures texts,
            AccessService access) {
        this.service = service;
        this.sources = sources;
        this.commits = commits;
        this.merges = merges;
        this.texts = texts;
        this.access = access;
    }

    /** The paths in conflict, in their order; none where the request is not open. */
    public Page<String> paths(Caller caller, long repositoryId, long iid, Slice slice) {
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        var request = found.request();
        try (var git = service.open(found)) {
            var tip = request.isOpen() ? VersionMaker.tip(git, request.targetBranch()) : Optional.<ObjectId>empty();
            if (tip.isEmpty()) {
                return new Page<>(List.of(), 0);
            }
            var paths = merges.conflicts(git, ObjectId.fromString(request.headCommit()), tip.get()).stream()
                    .map(Conflict::path)
                    .toList();
            return new Page<>(
                    paths.stream().skip(slice.offset()).limit(slice.limit()).toList(), paths.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page of the files in conflict, by path; none where the request is not open. */
    Page<ConflictFile> list(Caller caller, long repositoryId, long iid, boolean hideContent, Slice slice) {
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        var request = found.request();
        try (var git = service.open(found)) {
            var tip = request.isOpen() ? VersionMaker.tip(git, request.targetBranch()) : Optional.<ObjectId>empty();
            if (tip.isEmpty()) {
                return new Page<>(List.of(), 0);
            }
            var head = ObjectId.fromString(request.headCommit());
            var paths = merges.conflicts(git, head, tip.get()).stream()
                    .map(Conflict::path)
                    .toList();
            var page = paths.stream().skip(slice.offset()).limit(slice.limit()).toList();
            var shown = new AtomicLong();
            return new Page<>(
                    texts(git, request, head, tip.get(), page, text -> {
                        var before = shown.getAndAdd(size(text.merged()));
                        return file(found, text, hideContent || before > MOST_SHOWN);
                    }),
                    paths.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> List<T> texts(
            Repository git,
            MergeRequest request,
            ObjectId head,
            ObjectId tip,
            List<String> paths,
            Function<ConflictText, T> shape) {
        return paths.isEmpty()
                ? List.of()
                : merges.conflictTexts(git, head, tip, paths, request.sourceBranch(), request.targetBranch(), shape);
    }

    private static int size(byte @Nullable [] content) {
        return content == null ? 0 : content.length;
    }

    private ConflictFile file(Found found, ConflictText text, boolean hideContent) {
        var conflict = text.conflict();
        var byLines = ConflictSections.byLines(text);
        var place = "/" + found.repository().fullPath();
        return new ConflictFile(
                oldPath(conflict),
                newPath(conflict),
                "doc-text",
                place + "/blob/" + found.request().headCommit() + "/" + newPath(conflict),
                ConflictSections.type(conflict),
                hideContent || text.merged() == null ? null : new String(text.merged(), StandardCharsets.UTF_8),
                "/v4/repositories/" + found.repository().id() + "/merge-requests/"
                        + found.request().iid() + "/conflict-files",
                hideContent ? List.of() : ConflictSections.of(text),
                byLines ? ConflictFile.BY_LINES : ConflictFile.WHOLE,
                byLines ? null : why(text));
    }

    private String why(ConflictText text) {
        var binaryOrWhole = text.binary() ? "conflict.binary" : "conflict.whole";
        var key = text.tooLarge() ? "conflict.too_large" : binaryOrWhole;
        return texts.text(key, LocaleContextHolder.getLocale());
    }

    private static String newPath(Conflict conflict) {
        return conflict.ours() == null ? conflict.path() : conflict.ours().path();
    }

    private static String oldPath(Conflict conflict) {
        return conflict.theirs() == null ? conflict.path() : conflict.theirs().path();
    }

    /**
     * Merges the target into the source branch, with all conflicts decided.
     *
     * @throws Problem {@link ErrorCode#CONFLICTS_LEFT}, {@link ErrorCode#NO_SUCH_CONFLICT}; {@link ErrorCode#REF_MOVED}
     *     when the source branch moved meanwhile
     */
    void resolve(Caller caller, long repositoryId, long iid, ConflictResolution body) {
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
            var resolutions = texts(git, request, head, tip, List.copyOf(chosen.keySet()), text -> {
                var resolution = resolution(
                        text, Objects.requireNonNull(chosen.get(text.conflict().path())));
                if (decided.addAndGet(size(resolution.content())) > MOST_DECIDED) {
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
        return (choice.newPath() == null || choice.newPath().equals(newPath(conflict)))
                && (choice.oldPath() == null || choice.oldPath().equals(oldPath(conflict)));
    }

    private static Resolution resolution(ConflictText text, FileChoice chosen) {
        var path = text.conflict().path();
        if (chosen.content() != null) {
            return Resolution.content(path, chosen.content().getBytes(StandardCharsets.UTF_8));
        }
        var sides = Objects.requireNonNull(ConflictSections.choices(chosen.sections()));
        if (!ConflictSections.byLines(text)) {
            var id = ConflictSections.wholeId(text.conflict());
            requireKnown(path, sides, Set.of(id));
            return takesOurs(path, sides.get(id)) ? Resolution.ours(path) : Resolution.theirs(path);
        }
        return Resolution.content(path, decided(text, path, sides));
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
