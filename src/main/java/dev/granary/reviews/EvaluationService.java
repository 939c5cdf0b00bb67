package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.projects.Inheritance;
import dev.granary.projects.SettingKind;
import dev.granary.reviews.EvaluationStore.Level;
import dev.granary.reviews.MergeRequest.State;
import dev.granary.reviews.Person.Part;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Evaluations of merge requests, which are given until a request is closed, also after its merge. */
@Service
class EvaluationService {
    private static final int LONGEST_CONTENT = 2_000;
    private static final int MOST_TYPES = 100;

    private final MergeRequestService service;
    private final MergeRequestSettings settings;
    private final EvaluationStore store;
    private final EvaluationTypeStore types;
    private final Inheritance inheritance;
    private final Activity activity;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    EvaluationService(
            MergeRequestService service,
            MergeRequestSettings settings,
            EvaluationStore store,
            EvaluationTypeStore types,
            Inheritance inheritance,
            Activity activity,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.service = service;
        this.settings = settings;
        this.store = store;
        this.types = types;
        this.inheritance = inheritance;
        this.activity = activity;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Evaluations and the levels that they give, by evaluation. */
    record Evaluations(MergeRequest request, Page<Evaluation> page, Map<Long, List<Level>> levels) {}

    /** A page, the newest first. */
    Evaluations list(Caller caller, long repositoryId, long iid, Slice slice) {
        var request =
                service.require(caller, repositoryId, iid, Permission.VIEW).request();
        return of(request, store.list(request.id(), slice));
    }

    /** All of them. */
    Evaluations all(Caller caller, long repositoryId, long iid) {
        var request =
                service.require(caller, repositoryId, iid, Permission.VIEW).request();
        var all = store.all(request.id());
        return of(request, new Page<>(all, all.size()));
    }

    private Evaluations of(MergeRequest request, Page<Evaluation> page) {
        return new Evaluations(
                request,
                page,
                store.levels(page.items().stream().map(Evaluation::id).toList()));
    }

    /** Evaluates a request; a second time changes what was said. */
    Evaluations put(Caller caller, long repositoryId, long iid, NewEvaluation body) {
        var request = allowed(caller, repositoryId, iid);
        var user = access.requireUser(caller);
        Eligibility.requireOther(request, settings.of(repositoryId), Part.REVIEWER, user.id());
        var level = level("level", body.level());
        var content = Texts.lines("content", body.content(), LONGEST_CONTENT);
        var levels = levels(repositoryId, body.customEvaluations());
        var made = Objects.requireNonNull(transaction.execute(_ -> {
            var evaluation = store.put(request.id(), user.id(), level, content, clock.millis());
            store.setLevels(evaluation.id(), levels);
            activity.record(caller, request, Action.EVALUATED, Integer.toString(level));
            return evaluation;
        }));
        return of(request, new Page<>(List.of(made), 1));
    }

    /** Takes the caller's evaluation back, if there is one. */
    void delete(Caller caller, long repositoryId, long iid) {
        var request = allowed(caller, repositoryId, iid);
        var user = access.requireUser(caller);
        transaction.executeWithoutResult(_ -> store.find(request.id(), user.id())
                .ifPresent(evaluation -> {
                    store.remove(evaluation.id());
                    activity.record(caller, request, Action.EVALUATION_WITHDRAWN);
                }));
    }

    private MergeRequest allowed(Caller caller, long repositoryId, long iid) {
        var request = service.require(caller, repositoryId, iid, Permission.MERGE_REQUEST_REVIEW)
                .request();
        if (request.is(State.CLOSED)) {
            throw new Problem(ErrorCode.MERGE_REQUEST_NOT_OPEN, request.state());
        }
        return request;
    }

    private static int level(String field, @Nullable Integer level) {
        if (level == null || level < 0 || level > Evaluation.HIGHEST) {
            throw Problem.invalid(field, "range", 0, Evaluation.HIGHEST);
        }
        return level;
    }

    /** What requests of a repository are evaluated by besides as a whole. */
    List<EvaluationTypeStore.EvaluationType> types(long repositoryId) {
        return settings.of(repositoryId).enableCustomEvaluation()
                ? types.of(inheritance.source(new Scope.Repository(repositoryId), SettingKind.MERGE_REQUESTS))
                : List.of();
    }

    private Map<Long, Integer> levels(long repositoryId, @Nullable List<NewEvaluation.@Nullable OfType> given) {
        var levels = new LinkedHashMap<Long, Integer>();
        if (given == null || given.isEmpty()) {
            return levels;
        }
        if (given.size() > MOST_TYPES) {
            throw Problem.invalid("custom_evaluations", "maximum-count", MOST_TYPES);
        }
        var known = types(repositoryId).stream()
                .map(EvaluationTypeStore.EvaluationType::id)
                .toList();
        for (var entry : given) {
            if (entry == null || entry.evaluationTypeId() == null || !known.contains(entry.evaluationTypeId())) {
                throw new Problem(ErrorCode.EVALUATION_TYPE_NOT_FOUND);
            }
            levels.put(entry.evaluationTypeId(), level("level", entry.level()));
        }
        return levels;
    }
}
