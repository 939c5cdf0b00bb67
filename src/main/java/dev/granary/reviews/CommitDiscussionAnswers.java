package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.kernel.Page;
import dev.granary.reviews.DiscussionDetails.Detailed;
import dev.granary.reviews.DiscussionDetails.PositionView;
import dev.granary.reviews.DiscussionService.Found;
import dev.granary.reviews.DiscussionService.Listing;
import dev.granary.reviews.DiscussionService.Said;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Discussions of commits, whose shape differs from those of requests. */
@Component
class CommitDiscussionAnswers {
    private final DiscussionDetails details;

    CommitDiscussionAnswers(DiscussionDetails details) {
        this.details = details;
    }

    /** Something that was said. Fields mean what they mean in {@link SystemNoteAnswers.Note}. */
    record Note(
            long id,
            String noteableType,
            @Nullable String commitId,
            String discussionId,
            @Nullable String type,
            String body,
            @Nullable String diffFile,
            @Nullable String diff,
            UserViews.@Nullable Basic author,
            String createdAt,
            String updatedAt,
            boolean system,
            @Nullable Long noteableId,
            @Nullable PositionView position,
            boolean resolvable,
            boolean resolved,
            UserViews.@Nullable Basic resolvedBy,
            boolean archived,
            @Nullable Long noteableIid,
            @JsonUnwrapped Rating rating,
            @Nullable String filePath,
            @Nullable String line,
            UserViews.@Nullable Basic assignee,
            UserViews.@Nullable Basic proposer,
            boolean isReply,
            boolean fromRobot,
            @Nullable Boolean moderationResult,
            @Nullable Long moderationTime,
            @Nullable Integer moderationStatus) {}

    /**
     * A discussion. Fields mean what they mean in {@link DiscussionAnswers.View}.
     *
     * @param diffFile whether its file was there before and is there after
     */
    record View(
            String id,
            boolean individualNote,
            List<Note> notes,
            long repositoryId,
            String noteableType,
            @Nullable String commitId,
            String repositoryFullPath,
            @Nullable String aMode,
            @Nullable String bMode,
            boolean deletedFile,
            boolean newFile,
            boolean diffFile,
            @Nullable Long addedLines,
            @Nullable Long removedLines,
            boolean resolved,
            boolean archived,
            @JsonUnwrapped Rating rating,
            UserViews.@Nullable Basic assignee,
            UserViews.@Nullable Basic proposer) {}

    View one(Found found) {
        var loaded = details.of(found.subject(), List.of(found.discussion()));
        return view(loaded.first(), loaded.known());
    }

    Page<View> list(Listing listing) {
        var loaded = details.of(listing.subject(), listing.page().items());
        return new Page<>(
                loaded.discussions().stream()
                        .map(each -> view(each, loaded.known()))
                        .toList(),
                listing.page().total());
    }

    Note note(Said said) {
        var loaded = details.of(said.subject(), List.of(said.discussion()));
        return note(loaded.first(), DiscussionAnswers.note(loaded.first(), said.note(), loaded.known(), true));
    }

    private static View view(Detailed detailed, UserViews.Known known) {
        var view = DiscussionAnswers.view(detailed, known, true);
        return new View(
                view.id(),
                view.individualNote(),
                view.notes().stream().map(note -> note(detailed, note)).toList(),
                view.repositoryId(),
                view.noteableType(),
                view.commitId(),
                view.repositoryFullPath(),
                view.aMode(),
                view.bMode(),
                view.deletedFile(),
                view.newFile(),
                detailed.discussion().hasPlace() && !view.deletedFile() && !view.newFile(),
                view.addedLines(),
                view.removedLines(),
                view.resolved(),
                view.archived(),
                view.rating(),
                view.assignee(),
                view.proposer());
    }

    private static Note note(Detailed detailed, SystemNoteAnswers.Note note) {
        return new Note(
                note.id(),
                note.noteableType(),
                note.commitId(),
                detailed.discussion().uuid(),
                note.type(),
                note.body(),
                note.diffFile(),
                note.diff(),
                note.author(),
                note.createdAt(),
                note.updatedAt(),
                note.system(),
                note.noteableId(),
                detailed.position(),
                note.resolvable(),
                note.resolved(),
                note.resolvedBy(),
                note.archived(),
                note.noteableIid(),
                note.rating(),
                note.filePath(),
                note.line(),
                note.assignee(),
                note.proposer(),
                note.isReply(),
                note.fromRobot(),
                note.moderationResult(),
                note.moderationTime(),
                note.moderationStatus());
    }
}
