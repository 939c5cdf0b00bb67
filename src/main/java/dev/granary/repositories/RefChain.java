package dev.granary.repositories;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts the moves of one ref in order. They are reported after they were made, by several at a time and in any order, and
 * some never are, because the server was killed in between. Each begins where another one ended: that is their order,
 * and where it has a gap, a move in between was not reported.
 *
 * @param steps what is to be told, in order, each beginning where the last ended
 * @param late moves that were found before they were reported
 * @param end where the ref is after all of them; null when it is gone
 */
record RefChain(List<Step> steps, List<Step> late, @Nullable String end) {
    RefChain {
        steps = List.copyOf(steps);
        late = List.copyOf(late);
    }

    /**
     * One move.
     *
     * @param moverId null for anybody but a user, and for one that nobody reported
     * @param found whether nobody reported it
     * @param refs how many refs the same push moved
     * @param told whether there is to be an event of it
     */
    record Step(
            @Nullable String before,
            @Nullable String after,
            @Nullable Long moverId,
            boolean found,
            int refs,
            boolean told) {}

    /**
     * Orders what was reported.
     *
     * @param from where the ref was by all that was told before; null when it was not there
     * @param now where it is in Git, or was when all of these moves had been made already
     * @param look what to tell of the move from the last reported one to there; null when whoever made it will report it
     * @param known whether a move was found before
     */
    static RefChain of(
            @Nullable String from,
            @Nullable String now,
            List<Step> reported,
            @Nullable Step look,
            Predicate<Step> known) {
        var left = new ArrayList<>(reported);
        var late = new ArrayList<Step>();
        var steps = new ArrayList<Step>();
        var at = follow(from, left, steps);
        if (!left.isEmpty()) {
            left.stream().filter(known).forEach(late::add);
            left.removeAll(late);
            while (!left.isEmpty() && !Objects.equals(at, now)) {
                var start = first(left);
                steps.add(new Step(at, start.before(), null, true, 1, true));
                at = follow(start.before(), left, steps);
            }
            late.addAll(left);
        }
        if (look != null && !Objects.equals(at, now)) {
            steps.add(new Step(at, now, look.moverId(), look.found(), look.refs(), look.told()));
            at = now;
        }
        return new RefChain(steps, late, at);
    }

    /** Takes out those that follow one after the other from a place on; returns where they end. */
    private static @Nullable String follow(@Nullable String from, List<Step> left, List<Step> steps) {
        var at = from;
        for (var next = beginningAt(at, left); next != null; next = beginningAt(at, left)) {
            left.remove(next);
            steps.add(next);
            at = next.after();
        }
        return at;
    }

    private static @Nullable Step beginningAt(@Nullable String at, List<Step> left) {
        return left.stream()
                .filter(step -> Objects.equals(step.before(), at))
                .findFirst()
                .orElse(null);
    }

    /** One that no other leads to; any where they go round. */
    private static Step first(List<Step> left) {
        return left.stream()
                .filter(step -> left.stream().noneMatch(other -> Objects.equals(other.after(), step.before())))
                .findFirst()
                .orElseGet(left::getFirst);
    }
}
