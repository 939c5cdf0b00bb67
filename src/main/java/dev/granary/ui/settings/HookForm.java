package dev.granary.ui.settings;

import dev.granary.webhooks.HookEvent;
import dev.granary.webhooks.Webhook;
import dev.granary.webhooks.WebhookBody;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its form has it; what is absent was not sent.
 *
 * @param events {@link HookEvent#key()} of those it is told of
 * @param branches the pattern of the branches whose pushes are told
 * @param notes one text per line: of notes, only those that hold one of them are told
 * @param verify {@code true} where certificates of the receiver are checked
 */
public record HookForm(
        @Nullable String url,
        @Nullable String name,
        @Nullable String description,
        @Nullable String token,
        @Nullable String tokenType,
        @Nullable List<String> events,
        @Nullable String branches,
        @Nullable String notes,
        @Nullable String verify) {
    /** The events there is something to tell of. */
    public static final List<HookEvent> EVENTS = List.of(
            HookEvent.PUSH,
            HookEvent.TAG_PUSH,
            HookEvent.MERGE_REQUESTS,
            HookEvent.NOTE,
            HookEvent.PIPELINE,
            HookEvent.REPOSITORY_UPDATE,
            HookEvent.MEMBER,
            HookEvent.MIRROR);
    /** The headers in which a token may be sent. */
    public static final List<String> TOKEN_TYPES = List.of("X-Repo-Token", "X-Gitlab-Token", "X-Auth-Token");

    /** What a new webhook begins with. */
    static HookForm begin() {
        return new HookForm("", "", "", "", TOKEN_TYPES.getFirst(), List.of(HookEvent.PUSH.key()), ".*", "", "true");
    }

    static HookForm of(Webhook hook) {
        return new HookForm(
                hook.url(),
                hook.name(),
                hook.description(),
                hook.token() == null ? "" : Webhook.MASK,
                hook.tokenType(),
                hook.events().stream().map(HookEvent::key).toList(),
                hook.branchFilter(),
                String.join("\n", hook.noteFilters()),
                String.valueOf(hook.verifyTls()));
    }

    /** Whether it is to be told of something. */
    public boolean wants(HookEvent event) {
        return events != null && events.contains(event.key());
    }

    /** Whether certificates are to be checked. */
    public boolean verifies() {
        return "true".equals(verify);
    }

    WebhookBody body() {
        return new WebhookBody(
                Objects.requireNonNullElse(url, ""),
                wants(HookEvent.PUSH),
                Objects.requireNonNullElse(branches, ""),
                Objects.requireNonNullElse(notes, "")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList(),
                wants(HookEvent.TAG_PUSH),
                wants(HookEvent.MERGE_REQUESTS),
                wants(HookEvent.NOTE),
                Objects.requireNonNullElse(token, ""),
                tokenType,
                Objects.requireNonNullElse(name, ""),
                Objects.requireNonNullElse(description, ""),
                wants(HookEvent.PIPELINE),
                wants(HookEvent.REPOSITORY_UPDATE),
                wants(HookEvent.MEMBER),
                wants(HookEvent.MIRROR),
                verifies());
    }
}
