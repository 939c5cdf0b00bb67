package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import dev.granary.reviews.DiscussionDetails.Detailed;
import dev.granary.reviews.DiscussionService.Found;
import dev.granary.reviews.DiscussionService.Listing;
import dev.granary.reviews.DiscussionService.Said;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Discussions in v4. */
@Component
class DiscussionAnswers {
    /** The type of what was said about a place. */
    static final String DIFF_NOTE = "DiffNote";

    /** The type of what was said about the whole and must be resolved. */
    static final String DISCUSSION_NOTE = "DiscussionNote";

    private final DiscussionDetails details;

    DiscussionAnswers(DiscussionDetails details) {
        this.details = details;
    }

    /**
     * A discussion.
     *
     * @param individualNote whether it need not be resolved
     * @param aMode the file's mode before; {@code 0} for a new one. Null, as all about a place, without one
     * @param mergeRequestVersionParams the version it was made at; null for a commit
     * @param diffFile the changed lines around its place
     * @param addedLines how many lines its file gained
     */
    record View(
            String id,
            boolean individualNote,
            List<SystemNoteAnswers.Note> notes,
            long repositoryId,
            String noteableType,
            @Nullable String commitId,
            String repositoryFullPath,
            @Nullable String aMode,
            @Nullable String bMode,
            boolean deletedFile,
            boolean newFile,
            boolean resolved,
            boolean archived,
            @JsonUnwrapped Rating rating,
            UserViews.@Nullable Basic assignee,
            UserViews.@Nullable Basic proposer,
            @Nullable VersionParams mergeRequestVersionParams,
            @Nullable String diffFile,
            @Nullable Long addedLines,
            @Nullable Long removedLines) {}

    /**
     * A version.
     *
     * @param commitId its head
     */
    record VersionParams(
            @Nullable Long diffId,
            @Nullable String startSha,
            @Nullable String commitId) {
        /** Null for a discussion of a commit, or without a place. */
        static @Nullable VersionParams of(Discussion discussion) {
            return discussion.versionId() == null
                    ? null
                    : new VersionParams(discussion.versionId(), discussion.startCommit(), discussion.headCommit());
        }
    }

    View one(Found found) {
        var loaded = details.of(found.subject(), List.of(found.discussion()));
        return view(loaded.first(), loaded.known(), true);
    }

    Page<View> list(Listing listing) {
        var loaded = details.of(listing.subject(), listing.page().items());
        return new Page<>(
                loaded.discussions().stream()
                        .map(each -> view(each, loaded.known(), true))
                        .toList(),
                listing.page().total());
    }

    SystemNoteAnswers.Note note(Said said) {
        var loaded = details.of(said.subject(), List.of(said.discussion()));
        return note(loaded.first(), said.note(), loaded.known(), true);
    }

    /**
     * A discussion that was looked up with all that belongs to it.
     *
     * @param hunks whether the lines around its place are wanted
     */
    static View view(Detailed detailed, UserViews.Known known, boolean hunks) {
        var discussion = detailed.discussion();
        return new View(
                discussion.uuid(),
                !discussion.resolvable(),
                detailed.notes().stream()
                        .map(note -> note(detailed, note, known, hunks))
                        .toList(),
                discussion.repositoryId(),
                detailed.subject().type(),
                discussion.commitId(),
                detailed.subject().repository().fullPath(),
                discussion.oldMode(),
                discussion.newMode(),
                Discussion.NO_MODE.equals(discussion.newMode()),
                Discussion.NO_MODE.equals(discussion.oldMode()),
                discussion.resolved(),
                discussion.archived(),
                Rating.of(discussion),
                known.basic(discussion.assigneeId()),
                known.basic(discussion.proposerId()),
                VersionParams.of(discussion),
                hunks ? discussion.hunk() : null,
                discussion.addedLines(),
                discussion.removedLines());
    }

    static SystemNoteAnswers.Note note(Detailed detailed, DiscussionNote note, UserViews.Known known, boolean hunks) {
        var discussion = detailed.discussion();
        return new SystemNoteAnswers.Note(
                note.id(),
                type(discussion, DISCUSSION_NOTE),
                note.body(),
                known.basic(note.authorId()),
                Times.v4(note.createdAt()),
                Times.v4(note.updatedAt()),
                false,
                detailed.subject().requestId(),
                detailed.subject().type(),
                discussion.commitId(),
                discussion.resolvable(),
                note.reply(),
                known.basic(discussion.resolvedById()),
                detailed.subject().requestIid(),
                discussion.uuid(),
                detailed.subject().repository().fullPath(),
                detailed.spot().newPath(),
                hunks ? discussion.hunk() : null,
                discussion.archived(),
                Rating.of(discussion),
                detailed.spot().newPath(),
                detailed.spot().text(),
                known.basic(discussion.assigneeId()),
                known.basic(discussion.proposerId()),
                detailed.position(),
                discussion.resolved(),
                detailed.outdated(),
                false,
                null,
                null,
                null);
    }

    /**
     * What kind of discussion something was said in; null for a mere remark.
     *
     * @param general the type of those about the whole that must be resolved
     */
    static @Nullable String type(Discussion discussion, String general) {
        if (discussion.hasPlace()) {
            return DIFF_NOTE;
        }
        return discussion.resolvable() ? general : null;
    }
}
