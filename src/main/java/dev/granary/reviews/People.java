package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.reviews.Person.Part;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who has which part in a merge request, and who may have it. */
@Component
class People {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private final PersonStore store;
    private final ApproverSettings settings;
    private final UserService users;
    private final AccessService access;
    private final Activity activity;
    private final Clock clock;

    People(
            PersonStore store,
            ApproverSettings settings,
            UserService users,
            AccessService access,
            Activity activity,
            Clock clock) {
        this.store = store;
        this.settings = settings;
        this.users = users;
        this.access = access;
        this.activity = activity;
        this.clock = clock;
    }

    /** What somebody needs who is to have a part. */
    static Permission needed(Part part) {
        return switch (part) {
            case ASSIGNEE -> Permission.MERGE_REQUEST_MERGE;
            case REVIEWER, VOTER -> Permission.MERGE_REQUEST_REVIEW;
            case APPROVER -> Permission.MERGE_REQUEST_APPROVE;
        };
    }

    /** Whether a user may have a part in the requests into a repository. */
    boolean mayBe(UserAccount user, Part part, long repositoryId) {
        return user.enabled()
                && access.allows(
                        user.toCaller(Caller.User.ALL_GRANTS), new Scope.Repository(repositoryId), needed(part));
    }

    /**
     * The users whom a list of ids names, all of whom may have a part.
     *
     * @param field what it is called on the wire
     * @param ids numeric or 32 digits, separated by commas
     */
    List<UserAccount> named(String field, @Nullable String ids, Part part, long repositoryId) {
        var named = new ArrayList<UserAccount>();
        for (var id : RequestInputs.list(field, ids)) {
            var user = (Ids.isUuid(id)
                            ? users.byUuid(id)
                            : NUMBER.matcher(id).matches()
                                    ? users.byId(Long.parseLong(id))
                                    : java.util.Optional.<UserAccount>empty())
                    .orElseThrow(() -> new Problem(ErrorCode.UNKNOWN_USER, field, id));
            if (!mayBe(user, part, repositoryId)) {
                throw new Problem(ErrorCode.PERSON_NOT_ALLOWED, field, user.name());
            }
            if (!named.contains(user)) {
                named.add(user);
            }
        }
        return named;
    }

    /** Gives a part of a new request to users. Runs in the caller's transaction. */
    void add(long requestId, Part part, Collection<UserAccount> people) {
        var now = clock.millis();
        people.forEach(user -> store.add(requestId, part, user.id(), false, now));
    }

    /**
     * Has exactly these users have a part, besides those whom a setting put there; who had it keeps what was said. Runs in
     * the caller's transaction.
     */
    void replace(Caller caller, MergeRequest request, Part part, Collection<UserAccount> people) {
        var old = store.of(request.id()).stream()
                .filter(person -> person.is(part))
                .collect(Collectors.toMap(Person::userId, person -> person));
        var wanted = people.stream().map(UserAccount::id).collect(Collectors.toSet());
        var removed = old.values().stream()
                .filter(person -> !person.required() && !wanted.contains(person.userId()))
                .map(Person::userId)
                .toList();
        removed.forEach(user -> store.remove(request.id(), part, user));
        if (!removed.isEmpty()) {
            var names = users.byIds(removed).values().stream()
                    .map(UserAccount::name)
                    .sorted()
                    .collect(Collectors.joining(", "));
            activity.record(caller, request, removal(part), names);
        }
        var added = people.stream().filter(user -> !old.containsKey(user.id())).toList();
        settings.requireListed(request, part, added);
        add(request.id(), part, added);
        if (!added.isEmpty()) {
            activity.record(
                    caller,
                    request,
                    addition(part),
                    added.stream().map(UserAccount::name).collect(Collectors.joining(", ")));
        }
    }

    static Action addition(Part part) {
        return switch (part) {
            case ASSIGNEE -> Action.ASSIGNEES_ADDED;
            case REVIEWER -> Action.REVIEWERS_ADDED;
            case APPROVER -> Action.APPROVERS_ADDED;
            case VOTER -> Action.VOTERS_ADDED;
        };
    }

    private static Action removal(Part part) {
        return switch (part) {
            case ASSIGNEE -> Action.ASSIGNEES_REMOVED;
            case REVIEWER -> Action.REVIEWERS_REMOVED;
            case APPROVER -> Action.APPROVERS_REMOVED;
            case VOTER -> Action.VOTERS_REMOVED;
        };
    }
}
