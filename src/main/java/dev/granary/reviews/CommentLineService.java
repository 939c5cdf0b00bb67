package dev.granary.reviews;

import dev.granary.commits.Revisions;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.reviews.DiscussionDetails.Detailed;
import dev.granary.reviews.DiscussionDetails.Details;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says which lines of a difference are discussed. */
@Service
class CommentLineService {
    /** No subject has more. */
    private static final int MOST_DISCUSSIONS = DiscussionService.MOST_NOTES;

    /** Of all commits of a request together. */
    private static final int MOST_OF_COMMITS = DiscussionService.MOST_NOTES;

    private final DiscussionService discussions;
    private final DiscussionStore store;
    private final DiscussionDetails details;
    private final DiscussionCarrier carrier;
    private final MergeRequestService service;
    private final VersionStore versions;

    CommentLineService(
            DiscussionService discussions,
            DiscussionStore store,
            DiscussionDetails details,
            DiscussionCarrier carrier,
            MergeRequestService service,
            VersionStore versions) {
        this.discussions = discussions;
        this.store = store;
        this.details = details;
        this.carrier = carrier;
        this.service = service;
        this.versions = versions;
    }

    /**
     * Which lines of a request are asked for; all absent for all of the newest version.
     *
     * @param line its number on the new side; for a removed line that on the old side
     * @param withCommitComments whether discussions of the request's commits are wanted too
     * @param baseSha with {@code headSha}: which version
     */
    record Query(
            @Nullable Integer line,
            boolean withCommitComments,
            @Nullable String path,
            @Nullable String view,
            @Nullable String baseSha,
            @Nullable String headSha) {}

    /**
     * Discussions that are on lines, of one difference.
     *
     * @param hunks whether the lines around each place are wanted
     */
    record Lines(List<Details> details, boolean hunks) {}

    /** The lines of a request that are discussed. */
    Lines ofRequest(Caller caller, long repositoryId, long iid, Query query) {
        var basic = basic(query.view());
        if (query.line() != null && query.line() < 1) {
            throw Problem.invalid("line", "minimum", 1);
        }
        var subject = discussions.request(caller, repositoryId, iid);
        var request = Objects.requireNonNull(subject.request());
        var version = version(request, query);
        var found = new ArrayList<Details>();
        found.add(details.of(subject, store.onLines(subject, MOST_DISCUSSIONS), version));
        if (query.withCommitComments()) {
            found.addAll(ofCommits(subject, request, version));
        }
        return new Lines(
                found.stream()
                        .map(each -> new Details(
                                each.discussions().stream()
                                        .filter(detailed -> asked(detailed, query))
                                        .toList(),
                                each.known()))
                        .toList(),
                !basic);
    }

    /** The lines of a commit's difference that are discussed. */
    Lines ofCommit(Caller caller, long repositoryId, String sha) {
        var subject = discussions.commit(caller, repositoryId, sha);
        return new Lines(List.of(details.of(subject, store.onLines(subject, MOST_DISCUSSIONS))), true);
    }

    private static boolean basic(@Nullable String view) {
        return switch (Objects.requireNonNullElse(view, "")) {
            case "basic" -> true;
            case "", "sample" -> false;
            default -> throw Problem.invalid("view", "one-of", "basic, sample");
        };
    }

    private static boolean asked(Detailed detailed, Query query) {
        var spot = detailed.spot();
        var line = spot.newLine() == null ? spot.oldLine() : spot.newLine();
        return detailed.there()
                && (query.path() == null
                        || query.path().isEmpty()
                        || query.path().equals(spot.newPath()))
                && (query.line() == null
                        || (line != null && line == query.line().longValue()));
    }

    private Version version(MergeRequest request, Query query) {
        var head = id("head_sha", query.headSha());
        var base = id("base_sha", query.baseSha());
        return versions.all(request.id()).reversed().stream()
                .filter(version -> head == null || version.headCommit().equals(head))
                .filter(version -> base == null || version.baseCommit().equals(base))
                .findFirst()
                .orElseThrow(() ->
                        new Problem(ErrorCode.MERGE_REQUEST_VERSION_NOT_FOUND, Objects.requireNonNullElse(head, base)));
    }

    private static @Nullable String id(String field, @Nullable String id) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        if (!Revisions.isFullId(id)) {
            throw Problem.invalid(field, "commit-id");
        }
        return id;
    }

    /** Discussions of a request's commits, where a version of the request has their lines. */
    private List<Details> ofCommits(Subject subject, MergeRequest request, Version version) {
        var all = store.ofCommitsOf(request, MOST_OF_COMMITS);
        var spots = new HashMap<Long, Spot>();
        try (var git = service.open(new MergeRequestService.Found(subject.repository(), request))) {
            all.stream()
                    .collect(Collectors.groupingBy(DiscussionCarrier::origin))
                    .forEach((from, group) -> {
                        var carried = carrier.carried(git, from, version, group);
                        for (var index = 0; index < group.size(); index++) {
                            var spot = carried.get(index);
                            if (spot != null) {
                                spots.put(group.get(index).id(), spot);
                            }
                        }
                    });
        }
        var found = new ArrayList<Details>();
        all.stream()
                .collect(Collectors.groupingBy(each -> Objects.requireNonNull(each.commitId())))
                .forEach((commit, group) -> {
                    var loaded = details.of(Subject.of(subject.repository(), commit), group);
                    found.add(new Details(
                            loaded.discussions().stream()
                                    .filter(detailed -> spots.containsKey(
                                            detailed.discussion().id()))
                                    .map(detailed -> detailed.at(
                                            Objects.requireNonNull(spots.get(
                                                    detailed.discussion().id())),
                                            version))
                                    .toList(),
                            loaded.known()));
                });
        return found;
    }
}
