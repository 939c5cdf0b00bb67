package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.api.Failures;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.merging.Conflict;
import dev.granary.merging.ConflictText;
import dev.granary.merging.Merges;
import dev.granary.reviews.MergeRequestService.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Service;

/** Shows what is in conflict between the two sides of a request. */
@Service
public class ConflictService {
    /** A page shows so many bytes; what does not fit comes without its text and can be asked for alone. */
    private static final long MOST_SHOWN = 16 << 20;

    /** The same of forms, in characters of the lines that are shown. */
    private static final long MOST_SEEN = 1 << 20;

    /** So many characters a line costs besides its own. */
    private static final int LINE = 40;

    /** The same of forms, in bytes to be edited: some characters are nine when a form is sent. */
    private static final long MOST_TYPED = 256 << 10;

    private final MergeRequestService service;
    private final SourceBranches sources;
    private final Merges merges;
    private final Failures texts;
    private final AccessService access;

    ConflictService(
            MergeRequestService service, SourceBranches sources, Merges merges, Failures texts, AccessService access) {
        this.service = service;
        this.sources = sources;
        this.merges = merges;
        this.texts = texts;
        this.access = access;
    }

    /** A page of the files in conflict, by path; none where the request is not open. */
    Page<ConflictFile> list(Caller caller, long repositoryId, long iid, boolean hideContent, Slice slice) {
        var shown = new Room(MOST_SHOWN);
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        // Texts are made in other threads, which do not know who asks.
        var locale = LocaleContextHolder.getLocale();
        return conflicts(
                found, slice, text -> file(found, text, hideContent || !shown.takes(size(text.merged())), locale));
    }

    /** The first files in conflict, with what forms need to have them decided; none where the request is not open. */
    public OpenConflicts open(Caller caller, long repositoryId, long iid) {
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        var seen = new Room(MOST_SEEN);
        var typed = new Room(MOST_TYPED);
        var locale = LocaleContextHolder.getLocale();
        var page = conflicts(found, new Slice(0, OpenConflicts.MOST), text -> open(found, text, seen, typed, locale));
        return new OpenConflicts(page.items(), page.total(), mayDecide(caller, found));
    }

    private <T> Page<T> conflicts(Found found, Slice slice, Function<ConflictText, T> shape) {
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
            return new Page<>(
                    page.isEmpty()
                            ? List.of()
                            : merges.conflictTexts(
                                    git, head, tip.get(), page, request.sourceBranch(), request.targetBranch(), shape),
                    paths.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OpenConflict open(Found found, ConflictText text, Room seen, Room typed, Locale locale) {
        var whole = file(found, text, false, locale);
        var length = whole.sections().stream()
                .flatMap(section -> section.lines().stream())
                .mapToLong(line -> line.text().length() + LINE)
                .sum();
        var file = seen.takes(length) ? whole : file(found, text, true, locale);
        var editable = ConflictSections.byLines(text)
                && whole.content() != null
                && isTyped(text.merged(), whole.content())
                && typed.takes(size(text.merged()));
        return new OpenConflict(file, ConflictSections.wholeId(text.conflict()), editable ? whole.content() : null);
    }

    /** Whether a form gives a text back as it was: it is in UTF-8, and all lines end alike. */
    private static boolean isTyped(byte @Nullable [] bytes, String text) {
        var plain = text.replace("\r\n", "\n");
        return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))
                && !plain.contains("\r")
                && (plain.equals(text) || plain.replace("\n", "\r\n").equals(text));
    }

    private boolean mayDecide(Caller caller, Found found) {
        var request = found.request();
        return caller instanceof Caller.User user
                && request.isOpen()
                && (user.id() == request.authorId()
                        || access.allows(
                                caller, new Scope.Repository(request.repositoryId()), Permission.MERGE_REQUEST_EDIT))
                && sources.repository(request)
                        .filter(source -> access.allows(caller, new Scope.Repository(source.id()), Permission.COMMIT))
                        .isPresent();
    }

    private static int size(byte @Nullable [] content) {
        return content == null ? 0 : content.length;
    }

    /** How much may still be shown. */
    private static final class Room {
        private long left;

        Room(long left) {
            this.left = left;
        }

        /** Whether there is room for so much, which is then taken. */
        boolean takes(long amount) {
            var fits = amount <= left;
            left -= fits ? amount : 0;
            return fits;
        }
    }

    private ConflictFile file(Found found, ConflictText text, boolean hideContent, Locale locale) {
        var conflict = text.conflict();
        var byLines = ConflictSections.byLines(text);
        var place = "/" + found.repository().fullPath();
        return new ConflictFile(
                ConflictSections.oldPath(conflict),
                ConflictSections.newPath(conflict),
                "doc-text",
                place + "/blob/" + found.request().headCommit() + "/" + ConflictSections.newPath(conflict),
                ConflictSections.type(conflict),
                hideContent || text.merged() == null ? null : new String(text.merged(), StandardCharsets.UTF_8),
                "/v4/repositories/" + found.repository().id() + "/merge-requests/"
                        + found.request().iid() + "/conflict-files",
                hideContent ? List.of() : ConflictSections.of(text),
                byLines ? ConflictFile.BY_LINES : ConflictFile.WHOLE,
                byLines ? null : why(text, locale));
    }

    private String why(ConflictText text, Locale locale) {
        var binaryOrWhole = text.binary() ? "conflict.binary" : "conflict.whole";
        var key = text.tooLarge() ? "conflict.too_large" : binaryOrWhole;
        return texts.text(key, locale);
    }
}
