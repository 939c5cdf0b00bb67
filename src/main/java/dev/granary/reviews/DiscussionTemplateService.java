package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.projects.SettingAccess;
import dev.granary.reviews.ReviewSettingsChanged.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The templates of discussions: who may change a repository's settings changes its templates. */
@Service
class DiscussionTemplateService {
    private static final int MOST = 50;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 8_000;

    private final DiscussionTemplateStore store;
    private final DiscussionInputs inputs;
    private final SettingAccess settings;
    private final AccessService access;
    private final SettingActivity activity;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DiscussionTemplateService(
            DiscussionTemplateStore store,
            DiscussionInputs inputs,
            SettingAccess settings,
            AccessService access,
            SettingActivity activity,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.inputs = inputs;
        this.settings = settings;
        this.access = access;
        this.activity = activity;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A template to be made, or a change of one; what is absent stays as it is. */
    record Given(
            @Nullable String templateName,
            @Nullable String description,
            @Nullable String assigneeId,
            @Nullable String categories,
            @Nullable List<@Nullable String> modules,
            @Nullable String reviewSeverity,
            @Nullable Boolean isDefault) {}

    Page<DiscussionTemplate> list(Caller caller, Scope scope, @Nullable Boolean chosenFirst, Slice slice) {
        settings.requireToSee(caller, scope);
        return store.list(scope, chosenFirst, slice);
    }

    DiscussionTemplate create(Caller caller, Scope scope, Given given) {
        settings.requireToChange(caller, scope);
        var user = access.requireUser(caller);
        var now = clock.millis();
        var template = with(
                scope,
                new DiscussionTemplate(0, "", "", null, "", "", Severity.SUGGESTION.key(), false, user.id(), now, now),
                given);
        if (template.name().isEmpty()) {
            throw Problem.invalid("template_name", "required");
        }
        return Objects.requireNonNull(transaction.execute(_ -> {
            if (store.templates().count(scope) >= MOST) {
                throw new Problem(ErrorCode.TOO_MANY_TEMPLATES, MOST);
            }
            var id = store.insert(scope, template)
                    .orElseThrow(() -> new Problem(ErrorCode.DISCUSSION_TEMPLATE_EXISTS, template.name()));
            return saved(caller, scope, id, template);
        }));
    }

    DiscussionTemplate update(Caller caller, Scope scope, long id, Given given) {
        settings.requireToChange(caller, scope);
        return Objects.requireNonNull(transaction.execute(_ -> {
            var old = find(scope, id);
            var template = with(scope, old, given);
            if (!template.name().equals(old.name()) && store.templates().has(scope, template.name())) {
                throw new Problem(ErrorCode.DISCUSSION_TEMPLATE_EXISTS, template.name());
            }
            store.update(template);
            return saved(caller, scope, id, template);
        }));
    }

    private DiscussionTemplate saved(Caller caller, Scope scope, long id, DiscussionTemplate template) {
        if (template.chosenFirst()) {
            store.templates().chooseOnly(scope, id);
        }
        activity.changed(caller, scope, Kind.DISCUSSION_TEMPLATES);
        return find(scope, id);
    }

    private DiscussionTemplate find(Scope scope, long id) {
        return store.templates()
                .find(scope, id)
                .orElseThrow(() -> new Problem(ErrorCode.DISCUSSION_TEMPLATE_NOT_FOUND));
    }

    private DiscussionTemplate with(Scope scope, DiscussionTemplate old, Given given) {
        var severity = Severity.given("review_severity", given.reviewSeverity());
        return new DiscussionTemplate(
                old.id(),
                given.templateName() == null
                        ? old.name()
                        : Texts.line("template_name", given.templateName(), 1, LONGEST_NAME),
                given.description() == null
                        ? old.description()
                        : Texts.lines("description", given.description(), LONGEST_DESCRIPTION),
                given.assigneeId() == null ? old.assigneeId() : inputs.person("assignee_id", given.assigneeId(), scope),
                given.categories() == null ? old.categories() : DiscussionInputs.list("categories", given.categories()),
                given.modules() == null
                        ? old.modules()
                        : DiscussionInputs.list(
                                "modules",
                                String.join(
                                        ",",
                                        given.modules().stream()
                                                .map(module -> Objects.requireNonNullElse(module, ""))
                                                .toList())),
                severity == null ? old.severity() : severity.key(),
                given.isDefault() == null ? old.chosenFirst() : given.isDefault(),
                old.creatorId(),
                old.createdAt(),
                clock.millis());
    }

    void delete(Caller caller, Scope scope, long id) {
        settings.requireToChange(caller, scope);
        transaction.executeWithoutResult(_ -> {
            if (!store.templates().delete(scope, id)) {
                throw new Problem(ErrorCode.DISCUSSION_TEMPLATE_NOT_FOUND);
            }
            activity.changed(caller, scope, Kind.DISCUSSION_TEMPLATES);
        });
    }
}
