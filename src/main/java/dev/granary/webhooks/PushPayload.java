package dev.granary.webhooks;

import dev.granary.content.PushedCommits;
import dev.granary.content.PushedCommits.Pushed;
import dev.granary.content.PushedCommits.PushedCommit;
import dev.granary.events.Event;
import dev.granary.events.EventKind;
import dev.granary.events.PushFacts;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Times;
import dev.granary.repositories.HostedRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is said of a push of a branch or tag. */
@Component
class PushPayload {
    private static final String NOTHING = "0".repeat(40);
    private static final int LONGEST_MESSAGE = 2_000;

    private final PayloadParts parts;
    private final PushedCommits commits;

    PushPayload(PayloadParts parts, PushedCommits commits) {
        this.parts = parts;
        this.commits = commits;
    }

    Map<String, @Nullable Object> of(Event event, PushFacts facts) {
        var repository =
                parts.repository(event.repositoryId()).filter(found -> found.status() == HostedRepository.READY);
        var pushed = repository
                .map(found -> commits.of(found, facts.ref(), facts.before(), facts.after()))
                .orElse(Pushed.NOTHING);
        var kind = event.kind() == EventKind.TAG_PUSH ? "tag_push" : "push";
        var user = parts.user(event.actorId());
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("object_kind", kind);
        payload.put("event_name", kind);
        payload.put("before", Objects.requireNonNullElse(facts.before(), NOTHING));
        payload.put("after", Objects.requireNonNullElse(facts.after(), NOTHING));
        payload.put("ref", facts.ref());
        payload.put("checkout_sha", pushed.tip() == null ? null : pushed.tip().id());
        payload.put("message", pushed.message());
        payload.put("user_id", user.map(UserAccount::id).orElse(null));
        payload.put("user_name", user.map(UserAccount::name).orElse(null));
        payload.put("user_username", user.map(UserAccount::name).orElse(null));
        payload.put("user_email", "");
        payload.put("user_avatar", null);
        parts.addRepository(payload, event.repositoryId());
        payload.put(
                "commits",
                repository
                        .map(found -> pushed.commits().stream()
                                .map(commit -> commit(found, commit))
                                .toList())
                        .orElse(List.of()));
        payload.put("total_commits_count", pushed.total());
        payload.put("push_ref_count", facts.refs());
        return payload;
    }

    private Map<String, @Nullable Object> commit(HostedRepository repository, PushedCommit pushed) {
        var commit = pushed.commit();
        var message = commit.message();
        var part = new LinkedHashMap<String, @Nullable Object>();
        part.put("id", commit.id());
        part.put("message", message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE));
        part.put("title", commit.title().length() <= LONGEST_MESSAGE ? commit.title() : "");
        part.put("timestamp", Times.v2(commit.authoredAt()));
        part.put("url", parts.web(repository) + "/-/commit/" + commit.id());
        part.put("author", Map.of("name", commit.authorName(), "email", commit.authorEmail()));
        part.put("added", pushed.added());
        part.put("modified", pushed.modified());
        part.put("removed", pushed.removed());
        return part;
    }

    /** Takes the paths out of a payload that is too long. */
    static void shorten(Map<String, @Nullable Object> payload) {
        if (payload.get("commits") instanceof List<?> commits) {
            payload.put(
                    "commits",
                    commits.stream()
                            .map(commit -> {
                                var shorter = new LinkedHashMap<Object, @Nullable Object>((Map<?, ?>) commit);
                                List.of("added", "modified", "removed").forEach(key -> shorter.put(key, List.of()));
                                return shorter;
                            })
                            .toList());
        }
    }
}
