package dev.granary.reviews;

import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.MergeRequestFacts;
import dev.granary.events.NewEvent;
import dev.granary.events.NoteFacts;
import dev.granary.events.PipelineFacts;
import dev.granary.kernel.Scope;
import dev.granary.reviews.Person.Part;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has what happens in reviews written down for everybody else, in the transaction in which it happens. */
@Component
class ReviewEvents {
    private static final int LONGEST_DESCRIPTION = 10_000;

    private final EventLog events;
    private final MergeRequestStore requests;
    private final PersonStore people;
    private final DiscussionNoteStore notes;

    ReviewEvents(EventLog events, MergeRequestStore requests, PersonStore people, DiscussionNoteStore notes) {
        this.events = events;
        this.requests = requests;
        this.people = people;
        this.notes = notes;
    }

    @EventListener
    void changed(MergeRequestChanged change) {
        // What was pushed is told with the head before it, by the version.
        if (change.action() != Action.PUSHED) {
            record(change.mergeRequestId(), change.action(), change.actorId(), null);
        }
    }

    @EventListener
    void versionMade(VersionMade made) {
        var before = made.before();
        if (!before.headCommit().equals(made.version().headCommit())) {
            record(before.id(), Action.PUSHED, made.moverId(), before.headCommit());
        }
    }

    private void record(long requestId, Action action, @Nullable Long actorId, @Nullable String oldHead) {
        requests.byId(requestId)
                .ifPresent(request -> events.record(new NewEvent(
                        EventKind.MERGE_REQUEST,
                        new Scope.Repository(request.repositoryId()),
                        actorId,
                        facts(request, action.key(), oldHead))));
    }

    private MergeRequestFacts facts(MergeRequest request, String action, @Nullable String oldHead) {
        var all = people.of(request.id());
        var description = request.description();
        return new MergeRequestFacts(
                action,
                request.id(),
                request.iid(),
                request.sourceRepositoryId(),
                request.sourceBranch(),
                request.targetBranch(),
                request.title(),
                description.substring(
                        0,
                        description.offsetByCodePoints(
                                0, Math.min(LONGEST_DESCRIPTION, description.codePointCount(0, description.length())))),
                request.state(),
                request.workInProgress(),
                request.authorId(),
                request.headCommit(),
                oldHead,
                request.mergeCommit(),
                ids(all, person -> person.is(Part.ASSIGNEE)),
                ids(all, person -> !person.is(Part.ASSIGNEE)),
                request.createdAt(),
                request.updatedAt());
    }

    private static List<Long> ids(List<Person> people, Predicate<Person> which) {
        return people.stream().filter(which).map(Person::userId).distinct().toList();
    }

    @EventListener
    void said(DiscussionChanged change) {
        var discussion = change.discussion();
        var note = change.noteId() == null
                ? notes.earliest(discussion.id())
                : notes.find(discussion.id(), change.noteId());
        var request = discussion.mergeRequestId() == null ? null : requests.byId(discussion.mergeRequestId());
        events.record(new NewEvent(
                EventKind.NOTE,
                new Scope.Repository(discussion.repositoryId()),
                change.actorId(),
                new NoteFacts(
                        change.kind().name().toLowerCase(Locale.ROOT),
                        discussion.uuid(),
                        note.map(DiscussionNote::id).orElse(change.noteId()),
                        note.map(DiscussionNote::body).orElse(""),
                        request == null
                                ? null
                                : request.map(found -> facts(found, "", null)).orElse(null),
                        discussion.commitId(),
                        discussion.newPath() == null ? discussion.oldPath() : discussion.newPath(),
                        discussion.newLine() == null ? discussion.oldLine() : discussion.newLine())));
    }

    @EventListener
    void built(PipelineChanged change) {
        events.record(new NewEvent(
                EventKind.PIPELINE,
                new Scope.Repository(change.repositoryId()),
                change.actorId(),
                new PipelineFacts(change.pipelineId(), change.commitId(), change.ref(), change.status())));
    }
}
