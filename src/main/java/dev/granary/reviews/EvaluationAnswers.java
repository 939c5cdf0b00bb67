package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import dev.granary.reviews.EvaluationService.Evaluations;
import dev.granary.reviews.EvaluationStore.Level;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Evaluations as the answers show them. */
@Component
class EvaluationAnswers {
    private final UserViews users;

    EvaluationAnswers(UserViews users) {
        this.users = users;
    }

    /** What somebody thinks; all is null where nobody has said anything. */
    record Base(
            @Nullable Long id,
            long mergeRequestId,
            @Nullable Integer level,
            @Nullable String createdAt,
            @Nullable String updatedAt,
            @Nullable String content,
            UserViews.@Nullable Basic user) {}

    /** The same with the levels of what requests are evaluated by. */
    record Whole(@JsonUnwrapped Base evaluation, List<Custom> customEvaluations) {}

    /** The level of one of these. */
    record Custom(long id, long evaluationTypeId, int level, String name) {}

    /** What all think; {@code averageEvaluationLevel} is 0 where nobody has said anything. */
    record Average(
            long mergeRequestId,
            double averageEvaluationLevel,
            List<Base> evaluations,
            List<CustomAverage> customEvaluations) {}

    /** What all think of one of the things that requests are evaluated by. */
    record CustomAverage(long evaluationTypeId, String name, double level) {}

    Page<Whole> page(Evaluations evaluations) {
        var known = known(evaluations);
        return evaluations
                .page()
                .map(evaluation -> new Whole(
                        base(evaluation, known),
                        evaluations.levels().getOrDefault(evaluation.id(), List.of()).stream()
                                .map(level ->
                                        new Custom(level.id(), level.evaluationTypeId(), level.level(), level.name()))
                                .toList()));
    }

    /** The first of a page. */
    Whole first(Evaluations evaluations) {
        return page(evaluations).items().stream()
                .findFirst()
                .orElseGet(() ->
                        new Whole(new Base(null, evaluations.request().id(), null, null, null, null, null), List.of()));
    }

    private UserViews.Known known(Evaluations evaluations) {
        return users.known(
                evaluations.page().items().stream().map(Evaluation::userId).toList());
    }

    private static Base base(Evaluation evaluation, UserViews.Known known) {
        return new Base(
                evaluation.id(),
                evaluation.mergeRequestId(),
                evaluation.level(),
                Times.v4(evaluation.createdAt()),
                Times.v4(evaluation.updatedAt()),
                evaluation.content(),
                known.basic(evaluation.userId()));
    }

    Average average(Evaluations evaluations) {
        var all = evaluations.page().items();
        var known = known(evaluations);
        var byType = evaluations.levels().values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Level::evaluationTypeId, TreeMap::new, Collectors.toList()));
        return new Average(
                evaluations.request().id(),
                all.stream().mapToInt(Evaluation::level).average().orElse(0),
                all.stream().map(evaluation -> base(evaluation, known)).toList(),
                byType.entrySet().stream()
                        .map(type -> new CustomAverage(
                                type.getKey(),
                                type.getValue().getFirst().name(),
                                type.getValue().stream()
                                        .mapToInt(Level::level)
                                        .average()
                                        .orElse(0)))
                        .toList());
    }
}
