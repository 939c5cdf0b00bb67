package dev.granary.reviews;

import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.reviews.Person.Part;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Has merge requests follow the approver settings: who must have a part gets it when a request is made, imported, reopened
 * or goes elsewhere, and with every new version, which forgets what was said of the old one. All runs in the transaction
 * of what happened.
 */
@Component
class ApprovalRules {
    /** When a request comes to where the settings are others, or may be. */
    private static final Set<Action> COMINGS =
            Set.of(Action.CREATED, Action.IMPORTED, Action.REOPENED, Action.TARGET_CHANGED);

    private final ApproverSettings settings;
    private final MergeRequestSettings requestSettings;
    private final MergeRequestStore requests;
    private final PersonStore people;
    private final VoteStore votes;
    private final Eligibility eligibility;
    private final UserService users;
    private final Activity activity;
    private final Clock clock;

    ApprovalRules(
            ApproverSettings settings,
            MergeRequestSettings requestSettings,
            MergeRequestStore requests,
            PersonStore people,
            VoteStore votes,
            Eligibility eligibility,
            UserService users,
            Activity activity,
            Clock clock) {
        this.settings = settings;
        this.requestSettings = requestSettings;
        this.requests = requests;
        this.people = people;
        this.votes = votes;
        this.eligibility = eligibility;
        this.users = users;
        this.activity = activity;
        this.clock = clock;
    }

    @EventListener
    void changed(MergeRequestChanged event) {
        if (COMINGS.contains(event.action())) {
            requests.byId(event.mergeRequestId()).filter(MergeRequest::isOpen).ifPresent(request -> {
                if (event.action() == Action.CREATED) {
                    requireListed(request);
                }
                require(request, event.actorId());
            });
        }
    }

    private void requireListed(MergeRequest request) {
        var chosen = people.of(request.id());
        var known = users.byIds(chosen.stream().map(Person::userId).toList());
        for (var part : List.of(Part.REVIEWER, Part.APPROVER)) {
            settings.requireListed(
                    request,
                    part,
                    chosen.stream()
                            .filter(person -> person.is(part))
                            .flatMap(person -> Stream.ofNullable(known.get(person.userId())))
                            .toList());
        }
    }

    private void require(MergeRequest request, @Nullable Long actorId) {
        var setting = settings.of(request);
        var requestSetting = requestSettings.of(request.repositoryId());
        var old = people.of(request.id());
        for (var part : parts(request)) {
            people.release(request.id(), part);
            var wanted = users.byIds(setting.required(part)).values().stream()
                    .filter(user -> eligibility.counts(request, requestSetting, part, user))
                    .toList();
            wanted.forEach(user -> people.add(request.id(), part, user.id(), true, clock.millis()));
            var names = wanted.stream()
                    .filter(user -> old.stream().noneMatch(person -> person.is(part) && person.userId() == user.id()))
                    .map(UserAccount::name)
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!names.isEmpty()) {
                activity.record(actorId, request, People.addition(part), names);
            }
        }
    }

    /** The parts that a setting may give in a request. */
    private static List<Part> parts(MergeRequest request) {
        return ApproverSettings.isVotedOn(request)
                ? List.of(Part.ASSIGNEE, Part.VOTER)
                : List.of(Part.ASSIGNEE, Part.REVIEWER, Part.APPROVER);
    }

    @EventListener
    void changed(VersionMade event) {
        var request = requests.byId(event.before().id()).orElse(event.before());
        var setting = settings.of(request);
        var said = new ArrayList<Part>();
        for (var person : people.of(request.id())) {
            for (var part : parts(request)) {
                if (person.is(part) && person.saidAt() != null && setting.resets(part) && !said.contains(part)) {
                    said.add(part);
                }
            }
        }
        for (var part : said) {
            if (part == Part.VOTER) {
                votes.forget(request.id());
            }
            people.reset(request.id(), part);
            activity.record(event.moverId(), request, Objects.requireNonNull(reset(part)));
        }
        require(request, event.moverId());
    }

    private static @Nullable Action reset(Part part) {
        return switch (part) {
            case ASSIGNEE -> null;
            case REVIEWER -> Action.REVIEWS_RESET;
            case APPROVER -> Action.APPROVALS_RESET;
            case VOTER -> Action.VOTES_RESET;
        };
    }
}
