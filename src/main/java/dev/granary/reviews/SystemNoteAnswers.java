package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.api.Failures;
import dev.granary.kernel.Times;
import dev.granary.repositories.HostedRepository;
import dev.granary.reviews.NoteStore.SystemNote;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What happened to merge requests, in the language of who asks. */
@Component
class SystemNoteAnswers {
    private final Failures texts;
    private final JsonMapper json;

    SystemNoteAnswers(Failures texts, JsonMapper json) {
        this.texts = texts;
        this.json = json;
    }

    /**
     * Something that happened to a request, or was said in a discussion. What only discussions have is null in the former.
     *
     * @param author who did or said it; null for nobody but the server
     * @param noteableId the request's id; null, as its number, for a commit
     * @param repository its place
     * @param diffFile the path of the file that is discussed
     * @param diff the changed lines around the place
     */
    record Note(
            long id,
            @Nullable String type,
            String body,
            UserViews.@Nullable Basic author,
            String createdAt,
            String updatedAt,
            boolean system,
            @Nullable Long noteableId,
            String noteableType,
            @Nullable String commitId,
            boolean resolvable,
            boolean isReply,
            UserViews.@Nullable Basic resolvedBy,
            @Nullable Long noteableIid,
            @Nullable String discussionId,
            String repository,
            @Nullable String diffFile,
            @Nullable String diff,
            boolean archived,
            @JsonUnwrapped Rating rating,
            @Nullable String filePath,
            @Nullable String line,
            UserViews.@Nullable Basic assignee,
            UserViews.@Nullable Basic proposer,
            @Nullable Object position,
            boolean resolved,
            boolean isOutdated,
            boolean fromRobot,
            @Nullable Boolean moderationResult,
            @Nullable Long moderationTime,
            @Nullable Integer moderationStatus) {}

    Note of(HostedRepository repository, long iid, SystemNote note, UserViews.Known users) {
        var made = Times.v4(note.createdAt());
        return new Note(
                note.id(),
                null,
                text(note),
                users.basic(note.authorId()),
                made,
                made,
                true,
                note.mergeRequestId(),
                MergeRequestView.TYPE,
                null,
                false,
                false,
                null,
                iid,
                null,
                repository.fullPath(),
                null,
                null,
                false,
                Rating.NONE,
                null,
                null,
                null,
                null,
                null,
                false,
                false,
                false,
                null,
                null,
                null);
    }

    private String text(SystemNote note) {
        return text(note.action(), note.arguments());
    }

    /** What happened, in the language of who asks. */
    String text(String action, String arguments) {
        return texts.text(Action.ofKey(action).textKey(), LocaleContextHolder.getLocale(), (Object[])
                json.readValue(arguments, String[].class));
    }
}
