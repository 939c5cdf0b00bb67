package dev.granary.webhooks;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Times;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The webhooks of repositories in v1. */
@RestController
@RequestMapping("/v1/repositories/{group_name}/{repository_name}/hooks")
class LegacyWebhookController {
    private final WebhookService hooks;

    LegacyWebhookController(WebhookService hooks) {
        this.hooks = hooks;
    }

    /**
     * A webhook to be.
     *
     * @param service what makes it, as that calls itself
     * @param hookEvents the names of the flags to be on; absent: pushes
     */
    record NewHook(
            @Nullable String hookUrl,
            @Nullable String service,
            @Nullable String token,
            @Nullable List<@Nullable String> hookEvents) {}

    /** A webhook. The project's id is the repository's. */
    record Hook(
            boolean buildEvents,
            String createdAt,
            boolean enableSslVerification,
            long id,
            boolean issuesEvents,
            boolean mergeRequestsEvents,
            boolean noteEvents,
            boolean pipelineEvents,
            long projectId,
            boolean pushEvents,
            boolean repositoryUpdateEvents,
            boolean tagPushEvents,
            boolean wikiPageEvents) {
        static Hook of(Webhook hook) {
            return new Hook(
                    hook.wants(HookEvent.BUILD),
                    Times.v1(hook.createdAt()),
                    hook.verifyTls(),
                    hook.id(),
                    hook.wants(HookEvent.ISSUES),
                    hook.wants(HookEvent.MERGE_REQUESTS),
                    hook.wants(HookEvent.NOTE),
                    hook.wants(HookEvent.PIPELINE),
                    hook.scope().id(),
                    hook.wants(HookEvent.PUSH),
                    hook.wants(HookEvent.REPOSITORY_UPDATE),
                    hook.wants(HookEvent.TAG_PUSH),
                    hook.wants(HookEvent.WIKI_PAGE));
        }
    }

    record Hooks(List<Hook> hooks) {}

    @PostMapping
    Hook addHooks(
            Caller caller,
            @PathVariable("group_name") String groupName,
            @PathVariable("repository_name") String repositoryName,
            @RequestBody NewHook body) {
        return Hook.of(hooks.create(caller, groupName, repositoryName, body));
    }

    @GetMapping
    Hooks listHooks(
            Caller caller,
            @PathVariable("group_name") String groupName,
            @PathVariable("repository_name") String repositoryName,
            @RequestParam(name = "hook_id", required = false) @Nullable String hookId) {
        return new Hooks(hooks.list(caller, groupName, repositoryName, number(hookId)).stream()
                .map(Hook::of)
                .toList());
    }

    private static @Nullable Long number(@Nullable String hookId) {
        try {
            return hookId == null || hookId.isEmpty() ? null : Long.valueOf(hookId);
        } catch (NumberFormatException e) {
            throw Problem.invalid("hook_id", "number");
        }
    }

    @DeleteMapping("/{hook_id}")
    Map<String, String> deleteHooks(
            Caller caller,
            @PathVariable("group_name") String groupName,
            @PathVariable("repository_name") String repositoryName,
            @PathVariable("hook_id") long hookId) {
        hooks.delete(caller, groupName, repositoryName, hookId);
        return Map.of();
    }
}
