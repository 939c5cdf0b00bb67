package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Times;
import dev.granary.repositories.HostedRepository;
import dev.granary.reviews.ChangeService.Listing;
import dev.granary.reviews.LegacyChanges.Merger;
import dev.granary.reviews.LegacyChanges.Source;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What merge requests change, in v2's form. */
@Component
class LegacyChangeAnswers {
    private static final int INTERNAL = 10;

    private final MergeRequestAnswers requests;
    private final ChangeAnswers changes;
    private final UserViews users;
    private final RepositoryViews views;

    LegacyChangeAnswers(MergeRequestAnswers requests, ChangeAnswers changes, UserViews users, RepositoryViews views) {
        this.requests = requests;
        this.changes = changes;
        this.users = users;
        this.views = views;
    }

    /** Whether differences are wanted: the simple view has none. */
    static boolean patches(@Nullable String view) {
        if (view != null && !view.isEmpty() && !view.equals("simple")) {
            throw Problem.invalid("view", "one-of", "simple");
        }
        return view == null || view.isEmpty();
    }

    LegacyChanges of(Caller caller, Listing listing, boolean patches) {
        var request = listing.found().request();
        var view = requests.view(caller, listing.found());
        var source = view.sourceRepository() == null || request.sourceRepositoryId() == null
                ? null
                : views.seen(caller, Set.of(request.sourceRepositoryId())).get(request.sourceRepositoryId());
        return new LegacyChanges(
                request.id(),
                request.iid(),
                request.repositoryId(),
                request.title(),
                request.description(),
                request.state(),
                Times.v2(request.createdAt()),
                Times.v2(request.updatedAt()),
                request.targetBranch(),
                request.sourceBranch(),
                view.userNotesCount(),
                view.upvotes(),
                view.downvotes(),
                users.known(Set.of(request.authorId())).legacy(request.authorId()),
                request.sourceRepositoryId(),
                request.repositoryId(),
                view.labels(),
                request.workInProgress(),
                false,
                view.mergeStatus(),
                request.headCommit(),
                view.shouldRemoveSourceBranch(),
                view.forceRemoveSourceBranch(),
                view.webUrl(),
                request.squash(),
                MergeRequestView.TYPE,
                view.subscribed(),
                listing.total() + (listing.complete() ? "" : "+"),
                null,
                null,
                null,
                null,
                listing.refs(),
                request.mergeError(),
                view.rebaseInProgress(),
                view.divergedCommitsCount(),
                new Merger(changes.mayMerge(caller, request)),
                view.mergeRequestDiff().addedLines(),
                view.mergeRequestDiff().removedLines(),
                changes.files(listing, patches),
                source == null ? null : source(source));
    }

    private Source source(HostedRepository repository) {
        var whole = views.simple(repository);
        var simple = whole.core();
        return new Source(
                simple.id(),
                simple.description(),
                simple.name(),
                simple.nameWithNamespace(),
                simple.path(),
                simple.pathWithNamespace(),
                simple.developMode(),
                Times.v2(repository.createdAt()),
                Times.v2(repository.updatedAt()),
                simple.archived(),
                whole.isKia(),
                simple.sshUrlToRepo(),
                simple.httpUrlToRepo(),
                whole.webUrl(),
                whole.readmeUrl(),
                simple.projectId(),
                simple.projectName(),
                repository.inheritsMembers() ? 1 : 0,
                repository.visibility() == 0 ? "private" : repository.visibility() == INTERNAL ? "internal" : "public",
                null,
                simple.developMode());
    }
}
