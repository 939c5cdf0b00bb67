package dev.granary.reviews;

import dev.granary.repositories.HostedRepository;
import dev.granary.reviews.Person.Part;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A merge request with what its page shows around it.
 *
 * @param version the newest, counted
 * @param behind how many commits the target branch has that the head has not
 * @param sourceExists whether the source branch is there
 * @param source the repository of the source branch; null when that is gone or not for the caller to see
 * @param author a log-in name; empty, as the others, when nobody is known
 * @param gates those that concern the request
 * @param mergeable whether the caller finds all gates open
 */
public record RequestOverview(
        HostedRepository repository,
        MergeRequest request,
        Version version,
        int behind,
        boolean sourceExists,
        @Nullable HostedRepository source,
        String author,
        String merger,
        String closer,
        List<Participant> people,
        List<ListedRequest.Label> labels,
        List<GateState> gates,
        boolean mergeable,
        MergeRequestSetting setting,
        Rights rights) {
    /** No score is like this. */
    public static final int NO_VOTE = Integer.MIN_VALUE;

    public RequestOverview {
        people = List.copyOf(people);
        labels = List.copyOf(labels);
        gates = List.copyOf(gates);
    }

    /** Somebody who has a part. */
    public record Participant(String name, Person person) {}

    /** A gate, open or shut. */
    public record GateState(Gate gate, boolean open) {}

    /**
     * What the caller may do with the request, whatever state it is in.
     *
     * @param force whether gates that are shut may be passed
     * @param pick whether its changes may be made again, or undone, on branches
     */
    public record Rights(
            boolean edit,
            boolean close,
            boolean reopen,
            boolean comment,
            boolean review,
            boolean approve,
            boolean merge,
            boolean force,
            boolean pick) {}

    /** Those of a part. */
    public List<Participant> having(Part part) {
        return people.stream().filter(each -> each.person().is(part)).toList();
    }

    /** What a user has said in a part; null for nothing, or without the part. */
    public @Nullable Person said(String name, Part part) {
        return having(part).stream()
                .filter(each -> each.name().equals(name))
                .map(Participant::person)
                .findFirst()
                .orElse(null);
    }

    /** Whether people vote on it rather than approve it. */
    public boolean votedOn() {
        return request.reviewMode().equals(MergeRequestSetting.VOTE);
    }

    /** The score that a user gave; {@link #NO_VOTE} without one. */
    public int voteOf(String name) {
        var person = said(name, Part.VOTER);
        return person == null || person.score() == null
                ? NO_VOTE
                : person.score().intValue();
    }

    /** The sum of all votes. */
    public long score() {
        return people.stream()
                .map(each -> each.person().score())
                .flatMap(Stream::ofNullable)
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Whether the source is another repository. */
    public boolean fromFork() {
        return request.isFromFork();
    }

    /** Whether a gate is shut. */
    public boolean shut(Gate gate) {
        return gates.stream().anyMatch(each -> each.gate() == gate && !each.open());
    }

    /** How many files the newest version changes; 0 until that is known. */
    public long files() {
        return Objects.requireNonNullElse(version.fileCount(), 0L);
    }

    /** How many commits it has; 0 until that is known. */
    public long commits() {
        return Objects.requireNonNullElse(version.commitCount(), 0L);
    }
}
