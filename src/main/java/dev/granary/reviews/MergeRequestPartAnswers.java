package dev.granary.reviews;

import dev.granary.commits.Commit;
import dev.granary.commits.CommitView;
import dev.granary.commits.CommitViews;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.MergeRequestService.Found;
import dev.granary.reviews.NoteStore.SystemNote;
import dev.granary.reviews.Person.Part;
import dev.granary.reviews.RequestLinkStore.RequestLabel;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What belongs to merge requests, as the answers show it. */
@Component
class MergeRequestPartAnswers {
    private static final List<String> FIELDS =
            List.of("commits_count", "changed_files_count", "notes_count", "changed_lines_count");

    private final VersionStore versions;
    private final VersionCounts counts;
    private final DiscussionCountStore discussions;
    private final PersonStore people;
    private final RequestLinkStore links;
    private final MergeErrors errors;
    private final SystemNoteAnswers systemNotes;
    private final UserViews users;
    private final RepositoryViews views;
    private final RepositoryService repositories;
    private final CommitViews commits;

    MergeRequestPartAnswers(
            VersionStore versions,
            VersionCounts counts,
            DiscussionCountStore discussions,
            PersonStore people,
            RequestLinkStore links,
            MergeErrors errors,
            SystemNoteAnswers systemNotes,
            UserViews users,
            RepositoryViews views,
            RepositoryService repositories,
            CommitViews commits) {
        this.versions = versions;
        this.counts = counts;
        this.discussions = discussions;
        this.people = people;
        this.links = links;
        this.errors = errors;
        this.systemNotes = systemNotes;
        this.users = users;
        this.views = views;
        this.repositories = repositories;
        this.commits = commits;
    }

    /**
     * What a request comes to; what was not asked for is null.
     *
     * @param votes the sum of all scores
     */
    record Statistic(
            long id,
            long iid,
            String title,
            String state,
            @Nullable Long commitsCount,
            @Nullable String changedFilesCount,
            @Nullable DiscussionCounts notesCount,
            @Nullable Lines changedLinesCount,
            @Nullable String mergeError,
            MergeRequestView.@Nullable MergeError jsonMergeError,
            long votes) {}

    /** Null until they are counted. */
    record Lines(@Nullable Long addedLines, @Nullable Long removedLines) {}

    /**
     * A version.
     *
     * @param id the diff id
     * @param realSize how many files it changes
     */
    record VersionView(
            long id,
            String headCommitSha,
            String baseCommitSha,
            String startCommitSha,
            String createdAt,
            long mergeRequestId,
            String state,
            String realSize) {}

    /** A commit of a request. Signatures are not verified. */
    record CommitOf(
            String id,
            String shortId,
            String title,
            String message,
            String authorName,
            @Nullable String name,
            @Nullable String userName,
            @Nullable String tenantName,
            @Nullable String nickName,
            String authoredDate,
            String committedDate,
            String committerName,
            @Nullable String gpgPrimaryKeyId,
            boolean openGpgVerified,
            boolean verificationStatus,
            List<String> parentIds,
            String createdAt) {

        static CommitOf of(CommitView commit) {
            return new CommitOf(
                    commit.id(),
                    commit.shortId(),
                    commit.title(),
                    commit.message(),
                    commit.authorName(),
                    commit.name(),
                    commit.userName(),
                    commit.tenantName(),
                    commit.nickName(),
                    commit.authoredDate(),
                    commit.committedDate(),
                    commit.committerName(),
                    commit.gpgPrimaryKeyId(),
                    commit.openGpgVerified(),
                    false,
                    commit.parentIds(),
                    commit.createdAt());
        }
    }

    VersionView version(Version version) {
        return new VersionView(
                version.id(),
                version.headCommit(),
                version.baseCommit(),
                version.startCommit(),
                Times.v4(version.createdAt()),
                version.mergeRequestId(),
                "collected",
                String.valueOf(version.fileCount()));
    }

    /** The only one of a page. */
    VersionView first(Page<Version> page, Slice slice) {
        return page.items().stream()
                .findFirst()
                .map(this::version)
                .orElseThrow(() -> Problem.invalid("offset", "range", 0, page.total() - 1));
    }

    Page<UserViews.Basic> people(Page<Long> ids) {
        var known = users.known(ids.items());
        return new Page<>(
                ids.items().stream()
                        .flatMap(id -> Stream.ofNullable(known.basic(id)))
                        .toList(),
                ids.total());
    }

    Page<CommitOf> commits(@Nullable String view, Page<Commit> page) {
        if (view != null && !view.isEmpty() && !view.equals("simple")) {
            throw Problem.invalid("view", "one-of", "simple");
        }
        return new Page<>(commits.of(page.items()).stream().map(CommitOf::of).toList(), page.total());
    }

    Page<SystemNoteAnswers.Note> notes(Found found, Page<SystemNote> page) {
        var known = users.known(page.items().stream()
                .map(SystemNote::authorId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        return page.map(
                note -> systemNotes.of(found.repository(), found.request().iid(), note, known));
    }

    /**
     * What some requests into a repository come to.
     *
     * @param fields which figures, separated by commas; absent for all
     */
    List<Statistic> statistics(Caller caller, long repositoryId, List<MergeRequest> requests, @Nullable String fields) {
        var asked = fields == null || fields.isEmpty() ? FIELDS : RequestInputs.list("fields", fields);
        if (!FIELDS.containsAll(asked)) {
            throw Problem.invalid("fields", "one-of", String.join(", ", FIELDS));
        }
        var repository = repositories.byId(repositoryId).orElseThrow(() -> new Problem(ErrorCode.REPOSITORY_NOT_FOUND));
        var ids = requests.stream().map(MergeRequest::id).toList();
        var current = versions.current(ids);
        var discussed = discussions.of(ids);
        var persons = people.of(ids);
        var known = users.known(requests.stream()
                .flatMap(request -> UserViews.present(request.mergeUserId()).stream())
                .collect(Collectors.toSet()));
        try (var git = repositories.open(repository)) {
            return requests.stream()
                    .map(request -> {
                        var version = counts.counted(git, Objects.requireNonNull(current.get(request.id())));
                        return new Statistic(
                                request.id(),
                                request.iid(),
                                request.title(),
                                request.state(),
                                asked.contains("commits_count") ? version.commitCount() : null,
                                asked.contains("changed_files_count") ? String.valueOf(version.fileCount()) : null,
                                asked.contains("notes_count")
                                        ? discussed.getOrDefault(request.id(), DiscussionCounts.NONE)
                                        : null,
                                asked.contains("changed_lines_count")
                                        ? new Lines(version.addedLines(), version.removedLines())
                                        : null,
                                request.mergeError(),
                                errors.of(request, known),
                                persons.getOrDefault(request.id(), List.of()).stream()
                                        .flatMap(person -> Stream.ofNullable(person.score()))
                                        .mapToLong(Long::longValue)
                                        .sum());
                    })
                    .toList();
        }
    }

    /** Requests that have a commit. */
    Page<CommitMergeRequest> having(Caller caller, Page<MergeRequest> page) {
        var ids = page.items().stream().map(MergeRequest::id).toList();
        var persons = people.of(ids);
        var labels = links.labelsOf(ids);
        var discussed = discussions.of(ids);
        var involved = new HashSet<Long>();
        var places = new HashSet<Long>();
        for (var request : page.items()) {
            places.add(request.repositoryId());
            involved.addAll(UserViews.present(request.authorId(), request.mergeUserId(), request.closedById()));
            persons.getOrDefault(request.id(), List.of()).forEach(person -> involved.add(person.userId()));
        }
        var known = users.known(involved);
        var seen = views.seen(caller, places);
        return page.map(request -> having(
                request,
                persons.getOrDefault(request.id(), List.of()),
                labels.getOrDefault(request.id(), List.of()),
                discussed.getOrDefault(request.id(), DiscussionCounts.NONE),
                seen.get(request.repositoryId()),
                known));
    }

    private CommitMergeRequest having(
            MergeRequest request,
            List<Person> persons,
            List<RequestLabel> labels,
            DiscussionCounts discussed,
            @Nullable HostedRepository target,
            UserViews.Known known) {
        var merged = request.is(MergeRequest.State.MERGED);
        var scores = persons.stream()
                .flatMap(person -> Stream.ofNullable(person.score()))
                .toList();
        return new CommitMergeRequest(
                request.id(),
                request.iid(),
                request.title(),
                request.description(),
                request.state(),
                Times.v4(request.createdAt()),
                Times.v4(request.updatedAt()),
                merged ? known.basic(request.mergeUserId()) : null,
                time(request.mergedAt()),
                known.basic(request.closedById()),
                time(request.closedAt()),
                request.targetBranch(),
                request.sourceBranch(),
                discussed.notesCount(),
                scores.stream().filter(score -> score > 0).count(),
                scores.stream().filter(score -> score < 0).count(),
                known.basic(request.authorId()),
                persons.stream()
                        .filter(person -> person.is(Part.ASSIGNEE))
                        .flatMap(person -> Stream.ofNullable(known.basic(person.userId())))
                        .toList(),
                request.sourceRepositoryId(),
                request.repositoryId(),
                labels.stream().map(RequestLabel::name).toList(),
                request.workInProgress(),
                null,
                false,
                MergeStatus.State.UNCHECKED.key(),
                request.headCommit(),
                merged ? request.mergeCommit() : null,
                false,
                request.removeSourceBranch(),
                request.removeSourceBranch() || request.temporaryBranch(),
                false,
                false,
                target == null ? null : views.page(target, request.iid()),
                null,
                request.squash(),
                MergeRequestView.TYPE);
    }

    private static @Nullable String time(@Nullable Long millis) {
        return millis == null ? null : Times.v4(millis);
    }
}
