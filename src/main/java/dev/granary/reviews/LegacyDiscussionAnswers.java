package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.reviews.DiscussionAnswers.VersionParams;
import dev.granary.reviews.DiscussionDetails.Detailed;
import dev.granary.reviews.DiscussionDetails.PositionView;
import dev.granary.reviews.DiscussionService.Found;
import dev.granary.reviews.DiscussionService.Said;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Discussions in v2. */
@Component
class LegacyDiscussionAnswers {
    /** The type of what was said about the request as a whole and must be resolved. */
    private static final String REQUEST_NOTE = "MergeRequestNote";

    private final DiscussionDetails details;

    LegacyDiscussionAnswers(DiscussionDetails details) {
        this.details = details;
    }

    /** A person. There are no pictures, pages and nick names. */
    record User(
            long id,
            String name,
            String username,
            String state,
            @Nullable String avatarUrl,
            @Nullable String avatarPath,
            String email,
            String nameCn,
            @Nullable String webUrl,
            @Nullable String nickName,
            String tenantName) {
        static @Nullable User of(UserViews.@Nullable Basic user) {
            return user == null
                    ? null
                    : new User(
                            user.id(),
                            user.name(),
                            user.username(),
                            user.state(),
                            user.avatarUrl(),
                            user.avatarPath(),
                            user.email(),
                            user.nameCn(),
                            user.webUrl(),
                            user.nickName(),
                            user.tenantName());
        }
    }

    /**
     * Something that was said. Fields mean what they mean in v4.
     *
     * @param attachment null: files are not attached
     * @param project the repository's place
     */
    record Note(
            long id,
            @Nullable String type,
            String body,
            @Nullable String attachment,
            @Nullable User author,
            String createdAt,
            String updatedAt,
            boolean system,
            @Nullable Long noteableId,
            String noteableType,
            @Nullable String commitId,
            boolean resolvable,
            boolean isReply,
            @Nullable User resolvedBy,
            @Nullable Long noteableIid,
            String discussionId,
            String project,
            @Nullable String diffFile,
            @Nullable String diff,
            boolean archived,
            @JsonUnwrapped Rating rating,
            @Nullable String filePath,
            @Nullable String line,
            @Nullable User assignee,
            @Nullable User proposer,
            @Nullable PositionView position,
            boolean resolved,
            boolean isOutdated) {}

    /**
     * A discussion. Fields mean what they mean in v4.
     *
     * @param projectId the repository's id
     */
    record View(
            String id,
            boolean individualNote,
            List<Note> notes,
            long projectId,
            String noteableType,
            @Nullable String commitId,
            String projectFullPath,
            @Nullable String aMode,
            @Nullable String bMode,
            boolean deletedFile,
            boolean newFile,
            boolean resolved,
            boolean archived,
            @JsonUnwrapped Rating rating,
            @Nullable User assignee,
            @Nullable User proposer,
            @Nullable VersionParams mergeRequestVersionParams,
            @Nullable String diffFile,
            @Nullable Long addedLines,
            @Nullable Long removedLines) {}

    View one(Found found) {
        var loaded = details.of(found.subject(), List.of(found.discussion()));
        var detailed = loaded.first();
        var view = DiscussionAnswers.view(detailed, loaded.known(), true);
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
                view.resolved(),
                view.archived(),
                view.rating(),
                User.of(view.assignee()),
                User.of(view.proposer()),
                view.mergeRequestVersionParams(),
                view.diffFile(),
                view.addedLines(),
                view.removedLines());
    }

    Note note(Said said) {
        var loaded = details.of(said.subject(), List.of(said.discussion()));
        return note(loaded.first(), DiscussionAnswers.note(loaded.first(), said.note(), loaded.known(), true));
    }

    private static Note note(Detailed detailed, SystemNoteAnswers.Note note) {
        return new Note(
                note.id(),
                DiscussionAnswers.type(detailed.discussion(), REQUEST_NOTE),
                note.body(),
                null,
                User.of(note.author()),
                note.createdAt(),
                note.updatedAt(),
                note.system(),
                note.noteableId(),
                note.noteableType(),
                note.commitId(),
                note.resolvable(),
                note.isReply(),
                User.of(note.resolvedBy()),
                note.noteableIid(),
                detailed.discussion().uuid(),
                note.repository(),
                note.diffFile(),
                note.diff(),
                note.archived(),
                note.rating(),
                note.filePath(),
                note.line(),
                User.of(note.assignee()),
                User.of(note.proposer()),
                detailed.position(),
                note.resolved(),
                note.isOutdated());
    }
}
