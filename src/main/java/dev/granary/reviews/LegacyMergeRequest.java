package dev.granary.reviews;

import dev.granary.kernel.Times;
import dev.granary.reviews.Person.Part;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A merge request in v2. Times are in UTC.
 *
 * @param approvalMergeRequestApprovers who approves
 * @param isSourceBranchExist whether the source branch is there
 */
record LegacyMergeRequest(
        List<Approver> approvalMergeRequestApprovers,
        UserViews.@Nullable Legacy author,
        @Nullable String closedAt,
        String createdAt,
        String description,
        String devcloudSourceBranch,
        long id,
        long iid,
        boolean isSourceBranchExist,
        List<Assignee> mergeRequestAssigneeList,
        Diff mergeRequestDiff,
        String mergeStatus,
        String sourceBranch,
        String state,
        String targetBranch,
        String title,
        String updatedAt) {

    /** Somebody who approves; {@code state} is what was said. */
    record Approver(
            long id,
            String name,
            @Nullable String nickName,
            @Nullable String state,
            String username) {}

    /** Somebody who is to merge. */
    record Assignee(long id, String name, String state, String username) {}

    /** The newest version. */
    record Diff(
            String baseCommitSha,
            @Nullable Long commitsCount,
            String createdAt,
            String headCommitSha,
            long mergeRequestId,
            String startCommitSha,
            String updatedAt) {
        static Diff of(Version version) {
            var made = Times.v2(version.createdAt());
            return new Diff(
                    version.baseCommit(),
                    version.commitCount(),
                    made,
                    version.headCommit(),
                    version.mergeRequestId(),
                    version.startCommit(),
                    made);
        }
    }

    /** A request in v2's lists. */
    record Listed(
            UserViews.@Nullable Legacy author,
            @Nullable String closedAt,
            String createdAt,
            String description,
            String devcloudSourceBranch,
            long id,
            long iid,
            List<UserViews.Legacy> mergeRequestAssigneeList,
            String mergeStatus,
            String sourceBranch,
            String state,
            String targetBranch,
            String title,
            String updatedAt) {

        static Listed of(MergeRequest request, List<Person> people, UserViews.Known known) {
            return new Listed(
                    known.legacy(request.authorId()),
                    time(request.closedAt()),
                    Times.v2(request.createdAt()),
                    request.description(),
                    request.sourceBranch(),
                    request.id(),
                    request.iid(),
                    people.stream()
                            .filter(person -> person.is(Part.ASSIGNEE))
                            .flatMap(person -> Stream.ofNullable(known.legacy(person.userId())))
                            .toList(),
                    MergeStatus.State.UNCHECKED.key(),
                    request.sourceBranch(),
                    request.state(),
                    request.targetBranch(),
                    request.title(),
                    Times.v2(request.updatedAt()));
        }
    }

    /** A page, and how many requests there are in each state. */
    record Lists(long closed, List<Listed> mergeRequests, long merged, long opened, long total) {}

    static LegacyMergeRequest of(
            MergeRequest request, List<Person> people, MergeRequestAnswers.GitFacts facts, UserViews.Known known) {
        return new LegacyMergeRequest(
                people.stream()
                        .filter(person -> person.is(Part.APPROVER))
                        .flatMap(person -> Stream.ofNullable(known.account(person.userId()))
                                .map(user -> new Approver(user.id(), user.name(), null, person.state(), user.name())))
                        .toList(),
                known.legacy(request.authorId()),
                time(request.closedAt()),
                Times.v2(request.createdAt()),
                request.description(),
                request.sourceBranch(),
                request.id(),
                request.iid(),
                facts.sourceExists(),
                people.stream()
                        .filter(person -> person.is(Part.ASSIGNEE))
                        .flatMap(person -> Stream.ofNullable(known.account(person.userId()))
                                .map(user -> new Assignee(user.id(), user.name(), UserViews.state(user), user.name())))
                        .toList(),
                Diff.of(facts.version()),
                facts.mergeStatus(),
                request.sourceBranch(),
                request.state(),
                request.targetBranch(),
                request.title(),
                Times.v2(request.updatedAt()));
    }

    private static @Nullable String time(@Nullable Long millis) {
        return millis == null ? null : Times.v2(millis);
    }
}
