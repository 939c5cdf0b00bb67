package dev.granary.webhooks;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.projects.SettingAccess;
import dev.granary.repositories.RepositoryService;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The webhooks of repositories, groups and projects: who may change a place's settings sees and changes them. */
@Service
public class WebhookService {
    private static final int MOST = 20;

    private final WebhookStore store;
    private final DeliveryStore deliveries;
    private final TurnStore turns;
    private final WebhookInputs inputs;
    private final SettingAccess settings;
    private final AccessService access;
    private final RepositoryService repositories;
    private final TransactionTemplate transaction;
    private final Clock clock;

    WebhookService(
            WebhookStore store,
            DeliveryStore deliveries,
            TurnStore turns,
            WebhookInputs inputs,
            SettingAccess settings,
            AccessService access,
            RepositoryService repositories,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.deliveries = deliveries;
        this.turns = turns;
        this.inputs = inputs;
        this.settings = settings;
        this.access = access;
        this.repositories = repositories;
        this.transaction = transaction;
        this.clock = clock;
    }

    private Scope require(Caller caller, HookPlace place) {
        return switch (place) {
            case HookPlace.At(var scope) -> settings.requireToChange(caller, scope);
            case HookPlace.Project(var uuid) -> settings.requireToChange(caller, uuid);
        };
    }

    /** The repository whose clone address ends so. */
    private Scope require(Caller caller, String group, String name) {
        return new Scope.Repository(repositories
                .requireByPath(caller, group, name, Permission.REPOSITORY_SETTINGS)
                .id());
    }

    /** A page of the webhooks of a place. */
    public Page<Webhook> list(Caller caller, HookPlace place, Slice slice) {
        return store.list(require(caller, place), slice);
    }

    /**
     * A repository's webhooks, as v1 lists them.
     *
     * @param id only this one; null for all
     */
    List<Webhook> list(Caller caller, String group, String name, @Nullable Long id) {
        var scope = require(caller, group, name);
        return store.list(scope, new Slice(0, MOST)).items().stream()
                .filter(hook -> id == null || hook.id() == id)
                .toList();
    }

    /** A webhook of a place. */
    public Webhook show(Caller caller, HookPlace place, long id) {
        return found(require(caller, place), id);
    }

    private Webhook found(Scope scope, long id) {
        return store.find(scope, id).orElseThrow(() -> new Problem(ErrorCode.WEBHOOK_NOT_FOUND));
    }

    /** Makes a webhook; what is absent gets the usual value. */
    public Webhook create(Caller caller, HookPlace place, WebhookBody body) {
        return insert(merged(began(caller, require(caller, place), body.url(), "url"), body));
    }

    /** As v1 creates them: by the names of the flags. */
    Webhook create(Caller caller, String group, String name, LegacyWebhookController.NewHook body) {
        var began = began(caller, require(caller, group, name), body.hookUrl(), "hook_url");
        var token = body.token() == null ? null : WebhookInputs.token(body.token());
        var service = WebhookInputs.name("service", body.service());
        return insert(with(began, WebhookInputs.events(body.hookEvents()), token, service));
    }

    private Webhook began(Caller caller, Scope scope, @Nullable String url, String urlField) {
        var user = access.requireUser(caller);
        var checked = inputs.url(urlField, url);
        var now = clock.millis();
        return new Webhook(
                0,
                scope,
                checked,
                WebhookInputs.receiver(checked),
                "",
                "",
                null,
                WebhookInputs.tokenType(null),
                Set.of(),
                WebhookInputs.ANY_BRANCH,
                List.of(),
                true,
                "",
                user.id(),
                now,
                now,
                Webhook.Health.NEW);
    }

    private static Webhook with(Webhook hook, Set<HookEvent> events, @Nullable String token, String service) {
        return new Webhook(
                hook.id(),
                hook.scope(),
                hook.url(),
                hook.receiver(),
                hook.name(),
                hook.description(),
                token,
                hook.tokenType(),
                events,
                hook.branchFilter(),
                hook.noteFilters(),
                hook.verifyTls(),
                service,
                hook.creatorId(),
                hook.createdAt(),
                hook.updatedAt(),
                hook.health());
    }

    /** A webhook with what a client sent; one that is told of nothing is told of pushes. */
    private Webhook merged(Webhook old, WebhookBody body) {
        var events = EnumSet.noneOf(HookEvent.class);
        events.addAll(old.events());
        var switches = body.switches();
        switches.forEach((event, on) -> {
            if (on) {
                events.add(event);
            } else {
                events.remove(event);
            }
        });
        if (switches.isEmpty() && events.isEmpty()) {
            events.add(HookEvent.PUSH);
        }
        var url = body.url() == null ? old.url() : inputs.url("url", body.url());
        return new Webhook(
                old.id(),
                old.scope(),
                url,
                WebhookInputs.receiver(url),
                body.name() == null ? old.name() : WebhookInputs.name("name", body.name()),
                body.description() == null ? old.description() : WebhookInputs.description(body.description()),
                body.token() == null || body.token().equals(Webhook.MASK)
                        ? old.token()
                        : WebhookInputs.token(body.token()),
                body.tokenType() == null ? old.tokenType() : WebhookInputs.tokenType(body.tokenType()),
                events,
                body.pushEventsBranchRegexFilter() == null
                        ? old.branchFilter()
                        : WebhookInputs.branchFilter(body.pushEventsBranchRegexFilter()),
                body.notePlainTextFilter() == null
                        ? old.noteFilters()
                        : WebhookInputs.noteFilters(body.notePlainTextFilter()),
                body.enableSslVerification() == null ? old.verifyTls() : body.enableSslVerification(),
                old.service(),
                old.creatorId(),
                old.createdAt(),
                clock.millis(),
                old.health());
    }

    private Webhook insert(Webhook hook) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            store.lock(hook.scope());
            if (store.count(hook.scope()) >= MOST) {
                throw new Problem(ErrorCode.TOO_MANY_WEBHOOKS, MOST);
            }
            return store.insert(hook);
        }));
    }

    /** Changes a webhook; what waits for another try is tried at once. */
    public Webhook update(Caller caller, HookPlace place, long id, WebhookBody body) {
        var scope = require(caller, place);
        return Objects.requireNonNull(transaction.execute(_ -> {
            turns.lock(id);
            store.update(merged(found(scope, id), body));
            deliveries.hasten(id, clock.millis());
            turns.reckon(id);
            return found(scope, id);
        }));
    }

    /** Ends a webhook, with its deliveries and its log. */
    public void delete(Caller caller, HookPlace place, long id) {
        delete(require(caller, place), id);
    }

    void delete(Caller caller, String group, String name, long id) {
        delete(require(caller, group, name), id);
    }

    private void delete(Scope scope, long id) {
        transaction.executeWithoutResult(_ -> store.delete(found(scope, id).id()));
    }
}
