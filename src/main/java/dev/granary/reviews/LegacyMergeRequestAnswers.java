package dev.granary.reviews;

import dev.granary.reviews.MergeRequestService.Found;
import java.util.HashSet;
import java.util.List;
import org.springframework.stereotype.Component;

/** Merge requests in v2. */
@Component
class LegacyMergeRequestAnswers {
    private final MergeRequestAnswers answers;
    private final PersonStore people;
    private final UserViews users;

    LegacyMergeRequestAnswers(MergeRequestAnswers answers, PersonStore people, UserViews users) {
        this.answers = answers;
        this.people = people;
        this.users = users;
    }

    LegacyMergeRequest one(Found found) {
        var request = found.request();
        var all = people.of(request.id());
        var ids = UserViews.present(request.authorId());
        all.forEach(person -> ids.add(person.userId()));
        return LegacyMergeRequest.of(request, all, answers.facts(found), users.known(ids));
    }

    LegacyMergeRequest.Lists list(MergeRequestListService.Counted counted) {
        var requests = counted.page().items();
        var all = people.of(requests.stream().map(MergeRequest::id).toList());
        var ids = new HashSet<Long>();
        for (var request : requests) {
            ids.add(request.authorId());
            all.getOrDefault(request.id(), List.of()).forEach(person -> ids.add(person.userId()));
        }
        var known = users.known(ids);
        var states = counted.states();
        return new LegacyMergeRequest.Lists(
                states.getOrDefault(MergeRequest.State.CLOSED.key(), 0L),
                requests.stream()
                        .map(request ->
                                LegacyMergeRequest.Listed.of(request, all.getOrDefault(request.id(), List.of()), known))
                        .toList(),
                states.getOrDefault(MergeRequest.State.MERGED.key(), 0L),
                states.getOrDefault(MergeRequest.State.OPENED.key(), 0L),
                counted.page().total());
    }
}
