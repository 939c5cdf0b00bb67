package dev.granary.reviews;

import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.merging.CommitOrder;
import dev.granary.merging.MergeResult;
import dev.granary.merging.MergeResult.Made;
import dev.granary.merging.Merges;
import dev.granary.repositories.HostedRepository;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the commits that merge requests, in memory, as the settings want them. */
@Component
class MergeCommits {
    private final Merges merges;
    private final UserService users;
    private final Clock clock;

    MergeCommits(Merges merges, UserService users, Clock clock) {
        this.merges = merges;
        this.users = users;
        this.clock = clock;
    }

    /**
     * How a request is merged.
     *
     * @param squashMessage null or empty for the request's
     */
    record Way(
            MergeRequestSetting setting,
            boolean squash,
            @Nullable String squashMessage) {
        /** Whether the target only ever goes forward to what the source is. */
        boolean linear() {
            return !setting.mergeMethod().equals(MergeRequestSetting.MERGE);
        }

        private boolean forward() {
            return setting.mergeMethod().equals(MergeRequestSetting.FAST_FORWARD);
        }
    }

    /** The commits that merge a request's head into where its target is. */
    MergeResult make(
            Repository git, HostedRepository target, MergeRequest request, ObjectId tip, Caller.User user, Way way)
            throws IOException {
        var head = ObjectId.fromString(request.headCommit());
        if (way.squash()) {
            var squashed = order(request, user, way, squashMessage(target, request, user, way));
            return way.forward() || way.setting().squashMergeWithNoMergeCommit()
                    ? merges.squash(git, tip, head, squashed)
                    : merges.squashAndMerge(
                            git, tip, head, squashed, order(request, user, way, message(target, request, user, way)));
        }
        return way.forward()
                ? asItIs(git, head)
                : merges.merge(git, tip, head, order(request, user, way, message(target, request, user, way)));
    }

    private static Made asItIs(Repository git, ObjectId head) throws IOException {
        try (var walk = new RevWalk(git)) {
            return new Made(head, walk.parseCommit(head).getTree().copy(), List.of());
        }
    }

    /** The commit of a result that holds all changes in one; null where they were not squashed. */
    static @Nullable ObjectId squashed(Made made, Way way) {
        return way.squash()
                ? made.objects().stream()
                        .filter(object -> object.type() == Constants.OBJ_COMMIT)
                        .map(MergeResult.MadeObject::id)
                        .filter(id -> !id.equals(made.commit()))
                        .findFirst()
                        .orElse(made.commit())
                : null;
    }

    /** The user as who makes a commit now. */
    PersonIdent now(Caller.User user) {
        return new PersonIdent(user.name(), user.email(), clock.instant(), ZoneId.systemDefault());
    }

    private CommitOrder order(MergeRequest request, Caller.User user, Way way, String message) {
        return new CommitOrder(author(request, user, way), now(user), message);
    }

    private PersonIdent author(MergeRequest request, Caller.User user, Way way) {
        var creator = way.setting().mergedCommitAuthor().equals(MergeRequestSetting.BY_CREATOR)
                ? users.byId(request.authorId()).map(account -> account.toCaller(Caller.User.ALL_GRANTS))
                : Optional.<Caller.User>empty();
        return now(creator.orElse(user));
    }

    private String squashMessage(HostedRepository target, MergeRequest request, Caller.User user, Way way) {
        if (way.squashMessage() != null && !way.squashMessage().isBlank()) {
            return way.squashMessage();
        }
        return request.squashMessage().isBlank()
                ? MergeMessages.fill(
                        way.setting().squashCommitTemplate(), MergeMessages.SQUASH, values(target, request, user))
                : request.squashMessage();
    }

    private String message(HostedRepository target, MergeRequest request, Caller.User user, Way way) {
        return MergeMessages.fill(
                way.setting().mergeCommitTemplate(), MergeMessages.MERGE, values(target, request, user));
    }

    private Map<String, String> values(HostedRepository target, MergeRequest request, Caller.User user) {
        return Map.of(
                "title", request.title(),
                "description", request.description(),
                "source_branch", request.sourceBranch(),
                "target_branch", request.targetBranch(),
                "reference", target.fullPath() + "!" + request.iid(),
                "author", users.byId(request.authorId()).map(UserAccount::name).orElse(""),
                "merged_by", user.name());
    }
}
