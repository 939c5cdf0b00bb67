package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.commits.GitWork;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Times;
import dev.granary.refs.Divergence;
import dev.granary.refs.RefRules;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.MergeRequestService.Found;
import dev.granary.reviews.MergeRequestView.Diff;
import dev.granary.reviews.MergeRequestView.Whole;
import dev.granary.reviews.Person.Part;
import dev.granary.reviews.RequestLinkStore.RequestLabel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Merge requests one by one, with all that belongs to them. */
@Component
class MergeRequestAnswers {
    private final MergeRequestService service;
    private final VersionStore versions;
    private final VersionCounts counts;
    private final MergeStatus status;
    private final MergeErrors errors;
    private final PersonStore people;
    private final RequestLinkStore links;
    private final RequestWorkItems workItems;
    private final DiscussionCountStore discussions;
    private final NoteStore notes;
    private final UserViews users;
    private final RepositoryViews views;
    private final RepositoryService repositories;
    private final RefRules rules;
    private final Divergence divergence;
    private final GitWork work;
    private final AccessService access;

    MergeRequestAnswers(
            MergeRequestService service,
            VersionStore versions,
            VersionCounts counts,
            MergeStatus status,
            MergeErrors errors,
            PersonStore people,
            RequestLinkStore links,
            RequestWorkItems workItems,
            DiscussionCountStore discussions,
            NoteStore notes,
            UserViews users,
            RepositoryViews views,
            RepositoryService repositories,
            RefRules rules,
            Divergence divergence,
            GitWork work,
            AccessService access) {
        this.service = service;
        this.versions = versions;
        this.counts = counts;
        this.status = status;
        this.errors = errors;
        this.people = people;
        this.links = links;
        this.workItems = workItems;
        this.discussions = discussions;
        this.notes = notes;
        this.users = users;
        this.views = views;
        this.repositories = repositories;
        this.rules = rules;
        this.divergence = divergence;
        this.work = work;
        this.access = access;
    }

    /** What Git says of a request. */
    record GitFacts(Version version, String mergeStatus, int behind, boolean sourceExists) {}

    /** A request as its own answer shows it. */
    Whole whole(Caller caller, Found found) {
        var all = people.of(found.request().id());
        var known = known(found.request(), all);
        return new Whole(
                view(caller, found, all, known),
                approving(all, Part.REVIEWER, known),
                false,
                found.request().mergeError(),
                errors.of(found.request(), known));
    }

    /** A request as it is shown when it was made or changed. */
    MergeRequestView view(Caller caller, Found found) {
        var all = people.of(found.request().id());
        return view(caller, found, all, known(found.request(), all));
    }

    private UserViews.Known known(MergeRequest request, List<Person> all) {
        var ids = new HashSet<Long>();
        all.forEach(person -> ids.add(person.userId()));
        ids.addAll(UserViews.present(request.authorId(), request.mergeUserId(), request.closedById()));
        return users.known(ids);
    }

    private MergeRequestView view(Caller caller, Found found, List<Person> all, UserViews.Known known) {
        var request = found.request();
        var target = found.repository();
        var source = source(request, target);
        var seen = source.filter(there -> access.allows(caller, new Scope.Repository(there.id()), Permission.VIEW));
        var facts = facts(found, source);
        var voters = all.stream().filter(person -> person.is(Part.VOTER)).toList();
        var assignees = all.stream()
                .filter(person -> person.is(Part.ASSIGNEE))
                .flatMap(person -> Stream.ofNullable(detailed(person.userId(), target, known)))
                .toList();
        var discussed = discussions.of(Set.of(request.id())).getOrDefault(request.id(), DiscussionCounts.NONE);
        var url = views.page(target, request.iid());
        var branch = Constants.R_HEADS + request.sourceBranch();
        return new MergeRequestView(
                request.id(),
                request.iid(),
                request.repositoryId(),
                request.title(),
                request.description(),
                request.state(),
                Times.v4(request.createdAt()),
                Times.v4(request.updatedAt()),
                request.sourceBranch(),
                request.targetBranch(),
                source.map(there -> rules.isProtected(there, branch)).orElse(false),
                source.map(there -> there.defaultBranch().equals(request.sourceBranch()))
                        .orElse(false),
                request.sourceBranch(),
                voters.stream().filter(person -> score(person) > 0).count(),
                voters.stream().filter(person -> score(person) < 0).count(),
                detailed(request.authorId(), target, known),
                assignees.isEmpty() ? null : assignees.getFirst(),
                request.sourceRepositoryId(),
                request.repositoryId(),
                seen.map(HostedRepository::projectUuid).orElse(null),
                target.projectUuid(),
                links.labelsOf(Set.of(request.id())).getOrDefault(request.id(), List.of()).stream()
                        .map(RequestLabel::name)
                        .toList(),
                request.workInProgress(),
                null,
                false,
                facts.mergeStatus(),
                request.headCommit(),
                request.is(MergeRequest.State.MERGED) ? request.mergeCommit() : null,
                caller instanceof Caller.User user && takesPart(user.id(), request, all),
                request.is(MergeRequest.State.MERGED) ? detailed(request.mergeUserId(), target, known) : null,
                time(request.mergedAt()),
                detailed(request.closedById(), target, known),
                time(request.closedAt()),
                discussed.notesCount(),
                request.removeSourceBranch() || request.temporaryBranch(),
                request.removeSourceBranch(),
                url,
                diff(facts.version()),
                voters.size(),
                voters.stream().mapToLong(MergeRequestAnswers::score).sum(),
                voters.stream().flatMap(known::voter).toList(),
                assignees,
                discussed.notesCount(),
                null,
                null,
                workItems.of(request, url),
                facts.behind(),
                null,
                null,
                null,
                request.temporaryBranch(),
                request.onlyAssigneeCanMerge(),
                approving(all, Part.APPROVER, known),
                request.reviewMode(),
                request.squash(),
                request.squashMessage(),
                request.rebaseStartedAt() != null,
                seen.map(views::simple).orElse(null),
                views.simple(target),
                facts.sourceExists(),
                MergeRequestView.TYPE,
                null);
    }

    private static List<UserViews.Approving> approving(List<Person> all, Part part, UserViews.Known known) {
        return all.stream()
                .filter(person -> person.is(part))
                .flatMap(known::approving)
                .toList();
    }

    private boolean takesPart(long userId, MergeRequest request, List<Person> all) {
        return request.authorId() == userId
                || all.stream().anyMatch(person -> person.userId() == userId)
                || notes.authors(request.id()).contains(userId);
    }

    private static long score(Person person) {
        return Objects.requireNonNullElse(person.score(), 0L);
    }

    private UserViews.@Nullable Detailed detailed(@Nullable Long id, HostedRepository target, UserViews.Known known) {
        var user = known.account(id);
        return known.detailed(id, user != null && mayMerge(user, target));
    }

    private boolean mayMerge(UserAccount user, HostedRepository target) {
        return access.allows(
                user.toCaller(Caller.User.ALL_GRANTS),
                new Scope.Repository(target.id()),
                Permission.MERGE_REQUEST_MERGE);
    }

    private static @Nullable String time(@Nullable Long millis) {
        return millis == null ? null : Times.v4(millis);
    }

    private Optional<HostedRepository> source(MergeRequest request, HostedRepository target) {
        if (!request.isFromFork()) {
            return Optional.of(target);
        }
        return Optional.ofNullable(request.sourceRepositoryId()).flatMap(repositories::byId);
    }

    /** What Git says of a request. */
    GitFacts facts(Found found) {
        return facts(found, source(found.request(), found.repository()));
    }

    private GitFacts facts(Found found, Optional<HostedRepository> source) {
        var request = found.request();
        try (var git = service.open(found)) {
            var head = ObjectId.fromString(request.headCommit());
            var target = VersionMaker.tip(git, request.targetBranch());
            var counted = counts.counted(git, versions.current(request.id()));
            if (target.isEmpty() || !request.isOpen()) {
                return new GitFacts(counted, MergeStatus.State.UNCHECKED.key(), 0, exists(request, git, source));
            }
            return new GitFacts(
                    counted,
                    status.of(git, target.get(), head).key(),
                    work.run(() -> divergence.behind(git, head, target.get())),
                    exists(request, git, source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean exists(MergeRequest request, Repository target, Optional<HostedRepository> source)
            throws IOException {
        if (!request.isFromFork()) {
            return VersionMaker.tip(target, request.sourceBranch()).isPresent();
        }
        if (source.isEmpty() || source.get().status() != HostedRepository.READY) {
            return false;
        }
        try (var git = repositories.open(source.get())) {
            return VersionMaker.tip(git, request.sourceBranch()).isPresent();
        }
    }

    private static Diff diff(Version version) {
        var made = Times.v4(version.createdAt());
        return new Diff(
                version.id(),
                "collected",
                version.mergeRequestId(),
                made,
                made,
                version.baseCommit(),
                String.valueOf(version.fileCount()),
                version.headCommit(),
                version.startCommit(),
                version.commitCount(),
                null,
                null,
                false,
                version.addedLines(),
                version.removedLines());
    }
}
