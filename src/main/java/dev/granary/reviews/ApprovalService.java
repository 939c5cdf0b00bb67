package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.reviews.ApprovalBody.Word;
import dev.granary.reviews.MergeRequestService.Found;
import dev.granary.reviews.Person.Part;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Approvals and reviews of merge requests that are approved, and who gives them. */
@Service
public class ApprovalService {
    private final MergeRequestService service;
    private final MergeRequestStore requests;
    private final MergeRequestSettings settings;
    private final PersonStore store;
    private final People people;
    private final Turns turns;
    private final Activity activity;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ApprovalService(
            MergeRequestService service,
            MergeRequestStore requests,
            MergeRequestSettings settings,
            PersonStore store,
            People people,
            Turns turns,
            Activity activity,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.service = service;
        this.requests = requests;
        this.settings = settings;
        this.store = store;
        this.people = people;
        this.turns = turns;
        this.activity = activity;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Those who have a part in a request. */
    public record Parts(MergeRequest request, List<Person> people) {}

    /** Who reviews a request, page by page. */
    Page<Person> reviewers(Caller caller, long repositoryId, long iid, Slice slice) {
        var all = parts(service.require(caller, repositoryId, iid, Permission.VIEW), Part.REVIEWER)
                .people();
        return new Page<>(all.stream().skip(slice.offset()).limit(slice.limit()).toList(), all.size());
    }

    private Parts parts(Found found, Part part) {
        return new Parts(
                found.request(),
                store.of(found.request().id()).stream()
                        .filter(person -> person.is(part))
                        .toList());
    }

    /** Takes down what the caller, who has the part, says of a request, and returns all of the part. */
    public Parts say(Caller caller, long repositoryId, long iid, Part part, ApprovalBody body) {
        var found = service.require(caller, repositoryId, iid, People.needed(part));
        var user = access.requireUser(caller);
        var word = body.word();
        var comment = body.comment();
        requireApproved(found.request());
        Eligibility.requireOther(found.request(), settings.of(repositoryId), part, user.id());
        var id = found.request().id();
        turns.take(id, () -> {
            transaction.executeWithoutResult(_ -> {
                var head = hold(found.request());
                var person = store.find(id, part, user.id())
                        .orElseThrow(() -> new Problem(
                                part == Part.APPROVER ? ErrorCode.NOT_AN_APPROVER : ErrorCode.NOT_A_REVIEWER));
                if (saysSo(person, word, comment, head)) {
                    return;
                }
                if (word == Word.RESET) {
                    store.withdraw(id, part, user.id());
                } else {
                    store.say(id, part, user.id(), word.state(), null, comment, head, clock.millis());
                }
                activity.record(caller, found.request(), action(part, word));
            });
            return found;
        });
        return parts(found, part);
    }

    /** Whether that was said already: nothing happens then. */
    private static boolean saysSo(Person person, Word word, String comment, String head) {
        return word.state().equals(person.state())
                && (word == Word.RESET || (comment.equals(person.comment()) && head.equals(person.saidCommit())));
    }

    /** As {@link #say}, returning what the caller has said by it. */
    Person approve(Caller caller, long repositoryId, long iid, ApprovalBody body) {
        var user = access.requireUser(caller);
        return say(caller, repositoryId, iid, Part.APPROVER, body).people().stream()
                .filter(person -> person.userId() == user.id())
                .findFirst()
                .orElseThrow(() -> new Problem(ErrorCode.NOT_AN_APPROVER));
    }

    private static Action action(Part part, Word word) {
        return switch (word) {
            case APPROVE -> part == Part.APPROVER ? Action.APPROVED : Action.REVIEW_PASSED;
            case REJECT -> part == Part.APPROVER ? Action.APPROVAL_REFUSED : Action.REVIEW_REFUSED;
            case RESET -> part == Part.APPROVER ? Action.APPROVAL_WITHDRAWN : Action.REVIEW_WITHDRAWN;
        };
    }

    /**
     * Has exactly these users have a part, besides those who must.
     *
     * @param ids numeric or 32 digits, separated by commas
     */
    public Parts replace(Caller caller, long repositoryId, long iid, Part part, String field, @Nullable String ids) {
        var found = service.requireOwn(caller, repositoryId, iid, Permission.MERGE_REQUEST_EDIT);
        if (ids == null) {
            throw Problem.invalid(field, "required");
        }
        requireApproved(found.request());
        var chosen = people.named(field, ids, part, repositoryId);
        turns.take(found.request().id(), () -> {
            transaction.executeWithoutResult(_ -> {
                hold(found.request());
                people.replace(caller, found.request(), part, chosen);
            });
            return found;
        });
        return parts(found, part);
    }

    private static void requireApproved(MergeRequest request) {
        MergeRequestService.requireOpen(request);
        if (ApproverSettings.isVotedOn(request)) {
            throw new Problem(ErrorCode.VOTED_ON);
        }
    }

    private String hold(MergeRequest request) {
        return requests.holdOpen(request.id())
                .orElseThrow(() -> new Problem(
                        ErrorCode.MERGE_REQUEST_NOT_OPEN,
                        service.again(request.id()).state()));
    }
}
