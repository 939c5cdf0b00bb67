package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import dev.granary.reviews.ApprovalCandidateService.Candidates;
import dev.granary.reviews.ApprovalService.Parts;
import dev.granary.reviews.Person.Part;
import dev.granary.reviews.VoteService.Cast;
import dev.granary.reviews.VoteService.Votes;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Approvals, reviews and votes as the answers show them. People have no pictures and nick names here. */
@Component
class ApprovalAnswers {
    private final UserViews users;
    private final MergeRequestSettings settings;
    private final Eligibility eligibility;

    ApprovalAnswers(UserViews users, MergeRequestSettings settings, Eligibility eligibility) {
        this.users = users;
        this.settings = settings;
        this.eligibility = eligibility;
    }

    /**
     * Somebody who reviews or approves.
     *
     * @param updatedAt when something was said; null while nothing is
     * @param hasPermission whether it counts
     */
    record Approver(@JsonUnwrapped UserViews.Approving approving, boolean hasPermission) {}

    /** Somebody who approves, in v2. */
    record LegacyApprover(
            long id,
            String name,
            String username,
            String nameCn,
            String email,
            @Nullable String state,
            @Nullable String updatedAt,
            @Nullable String avatarUrl) {}

    /** Those who review, in v2. */
    record LegacyReviewers(List<LegacyReviewer> approvalMergeRequestReviewers) {}

    /** Somebody who reviews, in v2. */
    record LegacyReviewer(
            long id,
            String username,
            String name,
            @Nullable String nickName,
            @Nullable String state) {}

    /** Somebody who may review or approve. */
    record Candidate(@JsonUnwrapped UserViews.Basic user, boolean hasPermission) {}

    /** Those who must and those who may approve. */
    record Approvers(List<Candidate> requiredApproversList, List<Candidate> optionalApproversList) {}

    /** Those who must and those who may review. */
    record Reviewers(List<Candidate> requiredReviewersList, List<Candidate> optionalReviewersList) {}

    /** A vote, as voting answers. */
    record OneVote(long id, long mergeRequestId, long score, Author author) {}

    /** Who voted. */
    record Author(long id, String name, String username) {}

    /** All votes; {@code scores} is their sum. */
    record AllVotes(long scores, long mergeRequestId, String mergeRequestCreator, List<VoteOf> votes) {}

    /** A vote; {@code lastCommittedId} is what the head was then. */
    record VoteOf(
            long id,
            long score,
            String authorName,
            String authorUsername,
            String createdAt,
            @Nullable String updatedAt,
            @Nullable String lastCommittedId,
            long authorId,
            @Nullable String avatarUrl,
            @Nullable String nickName,
            String tenantName) {}

    List<Approver> approvers(Parts parts, Part part) {
        var request = parts.request();
        var known = known(parts.people());
        var setting = settings.of(request.repositoryId());
        return parts.people().stream()
                .flatMap(person -> known.approving(person)
                        .map(shown -> new Approver(
                                shown,
                                eligibility.counts(
                                        request,
                                        setting,
                                        part,
                                        Objects.requireNonNull(known.account(person.userId()))))))
                .toList();
    }

    private UserViews.Known known(Collection<Person> people) {
        return users.known(people.stream().map(Person::userId).toList());
    }

    LegacyApprover legacy(Person person) {
        var user = Objects.requireNonNull(known(List.of(person)).account(person.userId()));
        return new LegacyApprover(
                user.id(),
                user.name(),
                user.name(),
                user.name(),
                user.email(),
                person.state(),
                person.saidAt() == null ? null : Times.v2(person.saidAt()),
                null);
    }

    LegacyReviewers legacy(Page<Person> page) {
        var known = known(page.items());
        return new LegacyReviewers(page.items().stream()
                .flatMap(person -> Stream.ofNullable(known.account(person.userId()))
                        .map(user -> new LegacyReviewer(user.id(), user.name(), user.name(), null, person.state())))
                .toList());
    }

    Approvers approvers(Candidates candidates) {
        return new Approvers(
                list(candidates.required(), candidates),
                list(candidates.optional().items(), candidates));
    }

    Reviewers reviewers(Candidates candidates) {
        return new Reviewers(
                list(candidates.required(), candidates),
                list(candidates.optional().items(), candidates));
    }

    private List<Candidate> list(List<UserAccount> people, Candidates candidates) {
        return users.basic(people)
                .map(user -> new Candidate(user, candidates.counting().contains(user.id())))
                .toList();
    }

    OneVote vote(Cast cast) {
        var vote = cast.vote();
        var user = Objects.requireNonNull(users.known(List.of(vote.userId())).account(vote.userId()));
        return new OneVote(
                vote.id(), vote.mergeRequestId(), cast.score(), new Author(user.id(), user.name(), user.name()));
    }

    AllVotes votes(Votes votes) {
        var request = votes.request();
        var known = users.known(Stream.concat(Stream.of(request.authorId()), VoteService.voters(votes))
                .toList());
        var author = known.account(request.authorId());
        return new AllVotes(
                votes.votes().stream().mapToLong(Cast::score).sum(),
                request.id(),
                author == null ? "" : author.name(),
                votes.votes().stream()
                        .flatMap(cast -> Stream.ofNullable(
                                        known.basic(cast.vote().userId()))
                                .map(user -> vote(cast, user)))
                        .toList());
    }

    private static VoteOf vote(Cast cast, UserViews.Basic user) {
        return new VoteOf(
                cast.vote().id(),
                cast.score(),
                user.name(),
                user.username(),
                Times.v4(cast.vote().createdAt()),
                cast.votedAt() == null ? null : Times.v4(cast.votedAt()),
                cast.commit(),
                user.id(),
                null,
                null,
                user.tenantName());
    }
}
