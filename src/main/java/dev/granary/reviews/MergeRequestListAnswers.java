package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import dev.granary.repositories.HostedRepository;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists of merge requests, with what belongs to all of a page looked up at once. */
@Component
class MergeRequestListAnswers {
    private final VersionStore versions;
    private final PersonStore people;
    private final RequestLinkStore links;
    private final DiscussionCountStore discussions;
    private final MergeRequestListStore lists;
    private final MergeRequestSettings settings;
    private final UserViews users;
    private final RepositoryViews views;

    MergeRequestListAnswers(
            VersionStore versions,
            PersonStore people,
            RequestLinkStore links,
            DiscussionCountStore discussions,
            MergeRequestListStore lists,
            MergeRequestSettings settings,
            UserViews users,
            RepositoryViews views) {
        this.versions = versions;
        this.people = people;
        this.links = links;
        this.discussions = discussions;
        this.lists = lists;
        this.settings = settings;
        this.users = users;
        this.views = views;
    }

    Page<MergeRequestListItem> of(Caller caller, Page<MergeRequest> page) {
        var all = new Surroundings(caller, page.items());
        return page.map(all::item);
    }

    /** What belongs to the requests of a page. */
    private final class Surroundings {
        private final Map<Long, Version> current;
        private final Map<Long, List<Person>> persons;
        private final Map<Long, List<RequestLinkStore.RequestLabel>> labels;
        private final Map<Long, DiscussionCounts> discussed;
        private final Map<Long, String> pipelines;
        private final Map<Long, HostedRepository> repositories;
        private final Map<Long, Integer> thresholds = new HashMap<>();
        private final UserViews.Known known;

        Surroundings(Caller caller, List<MergeRequest> requests) {
            var ids = requests.stream().map(MergeRequest::id).toList();
            current = versions.current(ids);
            persons = people.of(ids);
            labels = links.labelsOf(ids);
            discussed = discussions.of(ids);
            pipelines = lists.pipelines(ids);
            var places = new HashSet<Long>();
            var involved = new HashSet<Long>();
            for (var request : requests) {
                places.add(request.repositoryId());
                places.addAll(UserViews.present(request.sourceRepositoryId()));
                involved.addAll(UserViews.present(request.authorId(), request.mergeUserId(), request.closedById()));
            }
            repositories = views.seen(caller, places);
            known = users.known(involved);
        }

        MergeRequestListItem item(MergeRequest request) {
            var target = repositories.get(request.repositoryId());
            var source = request.sourceRepositoryId() == null ? null : repositories.get(request.sourceRepositoryId());
            var version = current.get(request.id());
            var pipeline = pipelines.get(request.id());
            var counts = discussed.getOrDefault(request.id(), DiscussionCounts.NONE);
            var merged = request.is(MergeRequest.State.MERGED);
            return new MergeRequestListItem(
                    request.id(),
                    request.iid(),
                    request.title(),
                    request.sourceBranch(),
                    request.targetBranch(),
                    request.state(),
                    Times.v4(request.createdAt()),
                    Times.v4(request.updatedAt()),
                    request.sourceRepositoryId(),
                    request.reviewMode(),
                    known.basic(request.authorId()),
                    time(request.closedAt()),
                    known.basic(request.closedById()),
                    time(request.mergedAt()),
                    merged ? known.basic(request.mergeUserId()) : null,
                    pipeline,
                    null,
                    pipeline,
                    counts.notesCount(),
                    source == null ? null : views.simple(source),
                    target == null ? null : views.simple(target),
                    target == null ? null : views.page(target, request.iid()),
                    version == null ? null : version.addedLines(),
                    version == null ? null : version.removedLines(),
                    MergeRequestView.TYPE,
                    source == null ? null : views.gitUrl(source),
                    labels.getOrDefault(request.id(), List.of()).stream()
                            .map(label -> new MergeRequestListItem.Label(
                                    label.id(), label.name(), label.color(), label.description()))
                            .toList(),
                    score(request),
                    request.reviewMode().equals(MergeRequestSetting.VOTE) ? threshold(request.repositoryId()) : 0,
                    source == null ? null : source.projectUuid(),
                    target == null ? null : target.projectUuid(),
                    target == null ? null : target.projectName(),
                    counts,
                    null,
                    null,
                    null);
        }

        private long score(MergeRequest request) {
            return persons.getOrDefault(request.id(), List.of()).stream()
                    .map(Person::score)
                    .filter(Objects::nonNull)
                    .mapToLong(Long::longValue)
                    .sum();
        }

        private int threshold(long repositoryId) {
            return thresholds.computeIfAbsent(
                    repositoryId, id -> settings.of(id).onlyAllowMergeIfVoteBiggerThan());
        }
    }

    private static @Nullable String time(@Nullable Long millis) {
        return millis == null ? null : Times.v4(millis);
    }
}
