package dev.granary.webhooks;

import dev.granary.events.Event;
import dev.granary.events.EventKind;
import dev.granary.events.MemberFacts;
import dev.granary.events.MirrorFacts;
import dev.granary.events.RepositoryFacts;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Times;
import dev.granary.repositories.HostedRepository;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is said of repositories, members and mirrors, as GitLab's system hooks say it. */
@Component
class PlacePayloads {
    private final PayloadParts parts;

    PlacePayloads(PayloadParts parts) {
        this.parts = parts;
    }

    private Map<String, @Nullable Object> begin(Event event, String name) {
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("event_name", name);
        payload.put("created_at", Times.v2(event.occurredAt()));
        payload.put("updated_at", Times.v2(event.occurredAt()));
        return payload;
    }

    Map<String, @Nullable Object> of(Event event, RepositoryFacts facts) {
        var moved = facts.oldPath() != null;
        var payload = begin(
                event,
                event.kind() == EventKind.REPOSITORY_CREATED
                        ? "project_create"
                        : event.kind() == EventKind.REPOSITORY_DELETED ? "project_destroy" : "project_transfer");
        payload.put("name", facts.name());
        payload.put("path", facts.name());
        payload.put("path_with_namespace", facts.path());
        payload.put("project_id", event.repositoryId());
        payload.put("repository_uuid", facts.uuid());
        payload.put("project_visibility", PayloadParts.visibility(facts.visibility()));
        payload.put("default_branch", facts.defaultBranch());
        payload.put("user", parts.person(event.actorId()));
        if (moved) {
            payload.put("old_path_with_namespace", facts.oldPath());
        }
        return payload;
    }

    Map<String, @Nullable Object> of(Event event, MemberFacts facts) {
        var payload = begin(event, change(event.kind()) + (event.repositoryId() == null ? "group" : "team"));
        var member = parts.user(facts.userId());
        payload.put("user_id", facts.userId());
        payload.put("user_name", member.map(UserAccount::name).orElse(null));
        payload.put("user_username", member.map(UserAccount::name).orElse(null));
        payload.put("project_access", facts.role());
        payload.put("actor", parts.person(event.actorId()));
        payload.put("group_id", event.groupId());
        payload.put("project_id", event.repositoryId());
        parts.repository(event.repositoryId()).ifPresent(repository -> place(payload, repository));
        return payload;
    }

    private static String change(EventKind kind) {
        return kind == EventKind.MEMBER_ADDED
                ? "user_add_to_"
                : kind == EventKind.MEMBER_REMOVED ? "user_remove_from_" : "user_update_for_";
    }

    private static void place(Map<String, @Nullable Object> payload, HostedRepository repository) {
        payload.put("project_name", repository.name());
        payload.put("project_path", repository.name());
        payload.put("project_path_with_namespace", repository.fullPath());
        payload.put("project_visibility", PayloadParts.visibility(repository.visibility()));
    }

    Map<String, @Nullable Object> of(Event event, MirrorFacts facts) {
        var payload = begin(event, event.kind().key());
        payload.put("project_id", event.repositoryId());
        parts.repository(event.repositoryId()).ifPresent(repository -> place(payload, repository));
        var mirror = new LinkedHashMap<String, @Nullable Object>();
        mirror.put("direction", facts.direction());
        mirror.put("url", facts.url());
        mirror.put("last_successful_update_at", facts.lastSuccessAt() == null ? null : Times.v2(facts.lastSuccessAt()));
        mirror.put("number_of_failures", facts.failures());
        mirror.put("differing_refs", facts.differingRefs());
        payload.put("mirror", mirror);
        return payload;
    }
}
