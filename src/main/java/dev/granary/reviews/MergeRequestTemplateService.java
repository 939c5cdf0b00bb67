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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The templates of merge requests: who may change a scope's settings changes its templates. */
@Service
class MergeRequestTemplateService {
    /** The most templates a scope may have. */
    static final int MOST = 50;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TITLE = 200;

    private final MergeRequestTemplateStore store;
    private final SettingAccess settings;
    private final AccessService access;
    private final SettingActivity activity;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MergeRequestTemplateService(
            MergeRequestTemplateStore store,
            SettingAccess settings,
            SettingActivity activity,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.settings = settings;
        this.access = access;
        this.activity = activity;
        this.transaction = transaction;
        this.clock = clock;
    }

    Page<MergeRequestTemplate> list(Caller caller, Scope scope, @Nullable String name, Slice slice) {
        return list(settings.requireToSee(caller, scope), name, false, slice);
    }

    /**
     * The templates that a repository may use.
     *
     * @param view {@code list} for all, {@code default} for those that are chosen first
     */
    Page<MergeRequestTemplate> listRepository(
            Caller caller, long id, @Nullable String view, @Nullable String name, Slice slice) {
        var scope = settings.requireToSee(caller, new Scope.Repository(id));
        var chosenOnly = switch (view) {
            case "default" -> true;
            case "list" -> false;
            case null, default -> throw Problem.invalid("view", "one-of", "default, list");
        };
        return list(scope, name, chosenOnly, slice);
    }

    private Page<MergeRequestTemplate> list(Scope scope, @Nullable String name, boolean chosenOnly, Slice slice) {
        return store.list(scope, Texts.line("template_name", name, 0, LONGEST_NAME), chosenOnly, slice);
    }

    /** One that a repository may use. */
    MergeRequestTemplate show(Caller caller, long repositoryId, long id) {
        settings.requireToSee(caller, new Scope.Repository(repositoryId));
        return store.templates()
                .findAround(repositoryId, id)
                .orElseThrow(() -> new Problem(ErrorCode.MERGE_REQUEST_TEMPLATE_NOT_FOUND));
    }

    MergeRequestTemplate create(Caller caller, Scope scope, NewMergeRequestTemplate body) {
        settings.requireToChange(caller, scope);
        var user = access.requireUser(caller);
        var now = clock.millis();
        var template = with(
                new MergeRequestTemplate(
                        0, scope.kind(), scope.id(), "", "", "", 0, false, false, user.id(), now, now, ""),
                body);
        if (template.name().isEmpty()) {
            throw Problem.invalid("template_name", "required");
        }
        return Objects.requireNonNull(transaction.execute(_ -> {
            if (store.templates().count(scope) >= MOST) {
                throw new Problem(ErrorCode.TOO_MANY_TEMPLATES, MOST);
            }
            var id = store.insert(template)
                    .orElseThrow(() -> new Problem(ErrorCode.MERGE_REQUEST_TEMPLATE_EXISTS, template.name()));
            return saved(caller, scope, id, template);
        }));
    }

    private MergeRequestTemplate saved(Caller caller, Scope scope, long id, MergeRequestTemplate template) {
        if (template.chosenFirst()) {
            store.templates().chooseOnly(scope, id);
        }
        activity.changed(caller, scope, Kind.REQUEST_TEMPLATES);
        return store.templates().find(scope, id).orElseThrow();
    }

    MergeRequestTemplate update(Caller caller, Scope scope, long id, NewMergeRequestTemplate body) {
        settings.requireToChange(caller, scope);
        return Objects.requireNonNull(transaction.execute(_ -> {
            var old = store.templates()
                    .find(scope, id)
                    .orElseThrow(() -> new Problem(ErrorCode.MERGE_REQUEST_TEMPLATE_NOT_FOUND));
            var template = with(old, body);
            if (!template.name().equals(old.name()) && store.templates().has(scope, template.name())) {
                throw new Problem(ErrorCode.MERGE_REQUEST_TEMPLATE_EXISTS, template.name());
            }
            store.update(template);
            return saved(caller, scope, id, template);
        }));
    }

    private MergeRequestTemplate with(MergeRequestTemplate old, NewMergeRequestTemplate body) {
        var source = body.autoExtractMrTitle() == null ? old.titleSource() : body.autoExtractMrTitle();
        if (source < MergeRequestTemplate.FROM_TEMPLATE || source > MergeRequestTemplate.FROM_WORK_ITEM) {
            throw Problem.invalid(
                    "auto_extract_mr_title",
                    "range",
                    MergeRequestTemplate.FROM_TEMPLATE,
                    MergeRequestTemplate.FROM_WORK_ITEM);
        }
        return new MergeRequestTemplate(
                old.id(),
                old.scope(),
                old.scopeId(),
                body.templateName() == null
                        ? old.name()
                        : Texts.line("template_name", body.templateName(), 1, LONGEST_NAME),
                body.mergeRequestTitle() == null
                        ? old.title()
                        : Texts.line("merge_request_title", body.mergeRequestTitle(), 0, LONGEST_TITLE),
                body.description() == null ? old.description() : RequestInputs.description(body.description()),
                source,
                body.isWip() == null ? old.workInProgress() : body.isWip(),
                body.isDefault() == null ? old.chosenFirst() : body.isDefault(),
                old.creatorId(),
                old.createdAt(),
                clock.millis(),
                old.path());
    }

    /** Deletes a template and returns its id. */
    long delete(Caller caller, Scope scope, long id) {
        settings.requireToChange(caller, scope);
        transaction.executeWithoutResult(_ -> {
            if (!store.templates().delete(scope, id)) {
                throw new Problem(ErrorCode.MERGE_REQUEST_TEMPLATE_NOT_FOUND);
            }
            activity.changed(caller, scope, Kind.REQUEST_TEMPLATES);
        });
        return id;
    }
}
