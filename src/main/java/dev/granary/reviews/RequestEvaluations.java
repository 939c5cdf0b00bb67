package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.reviews.EvaluationService.Evaluations;
import dev.granary.reviews.EvaluationStore.Level;
import dev.granary.reviews.MergeRequest.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Evaluations of merge requests as their page shows them. */
@Service
public class RequestEvaluations {
    /** The best level; the worst is 0. */
    public static final int BEST = Evaluation.HIGHEST;

    private final EvaluationService evaluations;
    private final EvaluationStore store;
    private final MergeRequestSettings settings;
    private final UserService users;
    private final AccessService access;

    RequestEvaluations(
            EvaluationService evaluations,
            EvaluationStore store,
            MergeRequestSettings settings,
            UserService users,
            AccessService access) {
        this.evaluations = evaluations;
        this.store = store;
        this.settings = settings;
        this.users = users;
        this.access = access;
    }

    /**
     * What all evaluations of a request come to.
     *
     * @param average 0 where there are none
     */
    public record Summary(long count, double average) {}

    /** Something that requests are evaluated by besides as a whole. */
    public record Aspect(long id, String name) {}

    /**
     * An evaluation.
     *
     * @param author a log-in name; empty when the user is not known any more
     * @param at when it was given or changed last, in epoch milliseconds
     */
    public record Given(String author, int level, String content, long at, List<AspectLevel> aspects) {
        public Given {
            aspects = List.copyOf(aspects);
        }

        /** The level of an aspect; empty without one. */
        public String levelOf(Aspect aspect) {
            return aspects.stream()
                    .filter(each -> each.aspect().id() == aspect.id())
                    .map(each -> Integer.toString(each.level()))
                    .findFirst()
                    .orElse("");
        }
    }

    /** The level of an aspect. */
    public record AspectLevel(Aspect aspect, int level) {}

    /**
     * The evaluations of a request.
     *
     * @param aspects what an evaluation may say something of besides the whole
     * @param own the caller's; null without one
     * @param mayEvaluate whether the caller may evaluate the request
     */
    public record Overview(
            Page<Given> page,
            Summary summary,
            List<Aspect> aspects,
            @Nullable Given own,
            boolean mayEvaluate) {
        public Overview {
            aspects = List.copyOf(aspects);
        }
    }

    /** What a request's evaluations come to, for whoever was shown the request. */
    public Summary summary(MergeRequest request) {
        var sum = store.sum(request.id());
        return new Summary(sum.count(), sum.count() == 0 ? 0 : (double) sum.sum() / sum.count());
    }

    /** A page of a request's evaluations, the newest first. */
    public Overview show(Caller caller, long repositoryId, long iid, Slice slice) {
        var found = evaluations.list(caller, repositoryId, iid, slice);
        var request = found.request();
        return new Overview(
                given(found),
                summary(request),
                evaluations.types(repositoryId).stream()
                        .map(type -> new Aspect(type.id(), type.name()))
                        .toList(),
                own(caller, request),
                mayEvaluate(caller, request));
    }

    private Page<Given> given(Evaluations found) {
        var known = users.byIds(
                found.page().items().stream().map(Evaluation::userId).toList());
        return found.page()
                .map(evaluation -> given(evaluation, found.levels().getOrDefault(evaluation.id(), List.of()), known));
    }

    private static Given given(Evaluation evaluation, List<Level> levels, Map<Long, UserAccount> known) {
        var author = known.get(evaluation.userId());
        return new Given(
                author == null ? "" : author.name(),
                evaluation.level(),
                evaluation.content(),
                evaluation.updatedAt(),
                levels.stream()
                        .map(level ->
                                new AspectLevel(new Aspect(level.evaluationTypeId(), level.name()), level.level()))
                        .toList());
    }

    private @Nullable Given own(Caller caller, MergeRequest request) {
        return caller instanceof Caller.User user
                ? store.find(request.id(), user.id())
                        .map(evaluation -> given(
                                evaluation,
                                store.levels(List.of(evaluation.id())).getOrDefault(evaluation.id(), List.of()),
                                Map.of()))
                        .orElse(null)
                : null;
    }

    private boolean mayEvaluate(Caller caller, MergeRequest request) {
        return caller instanceof Caller.User user
                && !request.is(State.CLOSED)
                && !(user.id() == request.authorId()
                        && settings.of(request.repositoryId()).disableReviewBySelf())
                && access.allows(caller, new Scope.Repository(request.repositoryId()), Permission.MERGE_REQUEST_REVIEW);
    }

    /**
     * Evaluates a request; a second time changes what was said.
     *
     * @param level of the whole, 0 to {@link #BEST}
     * @param aspects the levels of aspects by their ids
     */
    public void put(
            Caller caller,
            long repositoryId,
            long iid,
            @Nullable Integer level,
            String content,
            Map<Long, Integer> aspects) {
        var levels = new ArrayList<NewEvaluation.@Nullable OfType>();
        aspects.forEach((aspect, given) -> levels.add(new NewEvaluation.OfType(aspect, given)));
        evaluations.put(caller, repositoryId, iid, new NewEvaluation(level, content, levels));
    }

    /** Takes the caller's evaluation back, if there is one. */
    public void delete(Caller caller, long repositoryId, long iid) {
        evaluations.delete(caller, repositoryId, iid);
    }
}
