package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.reviews.MergeRequestService.Found;
import dev.granary.reviews.Person.Part;
import dev.granary.reviews.VoteStore.Vote;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Votes on merge requests that are voted on. Who may review may vote, asked or not. */
@Service
public class VoteService {
    private static final int HIGHEST = 2;
    private static final String VOTE = "vote";

    private final MergeRequestService service;
    private final MergeRequestStore requests;
    private final MergeRequestSettings settings;
    private final PersonStore people;
    private final VoteStore store;
    private final Turns turns;
    private final Activity activity;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    VoteService(
            MergeRequestService service,
            MergeRequestStore requests,
            MergeRequestSettings settings,
            PersonStore people,
            VoteStore store,
            Turns turns,
            Activity activity,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.service = service;
        this.requests = requests;
        this.settings = settings;
        this.people = people;
        this.store = store;
        this.turns = turns;
        this.activity = activity;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A vote with what was said by it. */
    public record Cast(
            Vote vote,
            long score,
            @Nullable Long votedAt,
            @Nullable String commit) {}

    /** All votes on a request, oldest first. */
    record Votes(MergeRequest request, List<Cast> votes) {}

    Votes list(Caller caller, long repositoryId, long iid) {
        var request =
                service.require(caller, repositoryId, iid, Permission.VIEW).request();
        var voters = people.of(request.id()).stream()
                .filter(person -> person.is(Part.VOTER) && person.score() != null)
                .toList();
        return new Votes(
                request,
                store.of(request.id()).stream()
                        .flatMap(vote -> voters.stream()
                                .filter(person -> person.userId() == vote.userId())
                                .map(person -> cast(vote, person)))
                        .toList());
    }

    private static Cast cast(Vote vote, Person person) {
        return new Cast(vote, Objects.requireNonNullElse(person.score(), 0L), person.saidAt(), person.saidCommit());
    }

    /**
     * Votes, or takes the vote back when it is the same score again; what is returned has the score 0 then.
     *
     * @param action {@code vote}: the same score again is no withdrawal
     */
    public Cast put(Caller caller, long repositoryId, long iid, @Nullable Integer score, @Nullable String action) {
        var found = allowed(caller, repositoryId, iid);
        var user = access.requireUser(caller);
        if (score == null || Math.abs(score) > HIGHEST) {
            throw Problem.invalid("score", "range", -HIGHEST, HIGHEST);
        }
        if (action != null && !action.equals(VOTE)) {
            throw Problem.invalid("action", "one-of", VOTE);
        }
        Eligibility.requireOther(found.request(), settings.of(repositoryId), Part.VOTER, user.id());
        return inTurn(found, head -> {
            var request = found.request();
            var person = people.find(request.id(), Part.VOTER, user.id());
            var now = clock.millis();
            var old = store.find(request.id(), user.id());
            if (action == null
                    && old.isPresent()
                    && person.map(Person::score)
                            .filter(given -> given == score.longValue())
                            .isPresent()) {
                withdraw(caller, request, old.get());
                return new Cast(old.get(), 0, null, null);
            }
            if (person.isEmpty()) {
                people.add(request.id(), Part.VOTER, user.id(), false, now);
            }
            var vote = store.put(request.id(), user.id(), person.isEmpty(), now);
            people.say(request.id(), Part.VOTER, user.id(), null, score.longValue(), "", head, now);
            activity.record(caller, request, Action.VOTED, Integer.toString(score));
            return new Cast(vote, score, now, head);
        });
    }

    /** Takes the caller's vote back, if there is one. */
    public void delete(Caller caller, long repositoryId, long iid) {
        var found = allowed(caller, repositoryId, iid);
        var user = access.requireUser(caller);
        inTurn(found, _ -> {
            store.find(found.request().id(), user.id()).ifPresent(vote -> withdraw(caller, found.request(), vote));
            return found;
        });
    }

    private void withdraw(Caller caller, MergeRequest request, Vote vote) {
        store.remove(vote.id());
        if (vote.joined()) {
            people.remove(request.id(), Part.VOTER, vote.userId());
        } else {
            people.withdraw(request.id(), Part.VOTER, vote.userId());
        }
        activity.record(caller, request, Action.VOTE_WITHDRAWN);
    }

    private Found allowed(Caller caller, long repositoryId, long iid) {
        var found = service.require(caller, repositoryId, iid, Permission.MERGE_REQUEST_REVIEW);
        MergeRequestService.requireOpen(found.request());
        if (!ApproverSettings.isVotedOn(found.request())) {
            throw new Problem(ErrorCode.NOT_VOTED_ON);
        }
        return found;
    }

    /** What is done to an open request with its head. */
    private interface Work<T> {
        T run(String head);
    }

    private <T> T inTurn(Found found, Work<T> work) {
        return turns.take(
                found.request().id(),
                () -> Objects.requireNonNull(transaction.execute(
                        _ -> work.run(requests.holdOpen(found.request().id()).orElseThrow(notOpen(found))))));
    }

    private Supplier<Problem> notOpen(Found found) {
        return () -> new Problem(
                ErrorCode.MERGE_REQUEST_NOT_OPEN,
                service.again(found.request().id()).state());
    }

    /** Ids of all who voted. */
    static Stream<Long> voters(Votes votes) {
        return votes.votes().stream().map(cast -> cast.vote().userId());
    }
}
