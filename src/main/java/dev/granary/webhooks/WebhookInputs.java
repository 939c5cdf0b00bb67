package dev.granary.webhooks;

import dev.granary.kernel.Patterns;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import dev.granary.outbound.OutboundPolicy;
import dev.granary.outbound.OutboundPolicy.Purpose;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks what clients send of webhooks. */
@Component
class WebhookInputs {
    static final String ANY_BRANCH = ".*";

    private static final int LONGEST_URL = 500;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TOKEN = 2_000;
    private static final int MOST_NOTE_FILTERS = 10;
    private static final int LONGEST_NOTE_FILTER = 50;
    private static final List<String> TOKEN_TYPES = List.of("X-Repo-Token", "X-Gitlab-Token", "X-Auth-Token");

    private final OutboundPolicy policy;

    WebhookInputs(OutboundPolicy policy) {
        this.policy = policy;
    }

    /** @param field its name on the wire */
    String url(String field, @Nullable String url) {
        if (url != null && url.length() > LONGEST_URL) {
            throw Problem.invalid(field, "length", 1, LONGEST_URL);
        }
        return policy.check(field, url, Purpose.WEB).toString();
    }

    /** Host and port of a checked address. */
    static String receiver(String url) {
        var uri = URI.create(url);
        return uri.getHost().toLowerCase(Locale.ROOT) + ":" + OutboundPolicy.port(uri);
    }

    /** The header that a token is sent in, written as is usual; the first one where none is given. */
    static String tokenType(@Nullable String type) {
        if (type == null || type.isBlank()) {
            return TOKEN_TYPES.getFirst();
        }
        return TOKEN_TYPES.stream()
                .filter(known -> known.equalsIgnoreCase(type.strip()))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("token_type", "one-of", String.join(", ", TOKEN_TYPES)));
    }

    /** A token, which is sent in a header; null for an empty one. */
    static @Nullable String token(String token) {
        var text = Texts.line("token", token, 0, LONGEST_TOKEN);
        if (!text.chars().allMatch(character -> character < 0x7F)) {
            throw Problem.invalid("token", "ascii");
        }
        return text.isEmpty() ? null : text;
    }

    static String name(String field, @Nullable String text) {
        return Texts.line(field, text, 0, LONGEST_NAME);
    }

    static String description(@Nullable String text) {
        return Texts.lines("description", text, LONGEST_NAME);
    }

    static String branchFilter(@Nullable String pattern) {
        var checked = Patterns.checked("push_events_branch_regex_filter", pattern);
        return checked.isEmpty() ? ANY_BRANCH : checked;
    }

    static List<String> noteFilters(List<@Nullable String> filters) {
        if (filters.size() > MOST_NOTE_FILTERS) {
            throw Problem.invalid("note_plain_text_filter", "maximum-count", MOST_NOTE_FILTERS);
        }
        return filters.stream()
                .map(filter -> Texts.line("note_plain_text_filter", filter, 1, LONGEST_NOTE_FILTER))
                .distinct()
                .toList();
    }

    /** The events of a list of flags' names, as v1 has them; pushes where there is no list. */
    static Set<HookEvent> events(@Nullable List<@Nullable String> keys) {
        if (keys == null || keys.isEmpty()) {
            return Set.of(HookEvent.PUSH);
        }
        var events = EnumSet.noneOf(HookEvent.class);
        for (var key : keys) {
            events.add(HookEvent.ofKey(String.valueOf(key))
                    .orElseThrow(() -> Problem.invalid(
                            "hook_events", "one-of", HookEvent.joined(EnumSet.allOf(HookEvent.class)))));
        }
        return events;
    }
}
