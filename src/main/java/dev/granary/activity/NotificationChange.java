package dev.granary.activity;

import dev.granary.activity.NotificationSetting.Chat;
import dev.granary.activity.NotificationSetting.Subscription;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A change of who is to be notified; what is absent stays as it is. */
public record NotificationChange(
        @Nullable Boolean enabled,
        @Nullable String configSource,
        @Nullable NewChat webhookConfig,
        @Nullable Integer waringRepoUsageRate,
        @Nullable List<@Nullable NewSubscription> subscriptEvents) {
    private static final Set<String> SOURCES = Set.of("repo", "product");
    private static final Set<Integer> RATES = Set.of(60, 80, 90);
    private static final Set<String> RESOURCES = Set.of("repo", "mr", "member", "note");
    private static final Set<String> ACTIONS = Set.of(
            "create",
            "open",
            "update",
            "delete",
            "merge",
            "review",
            "approve",
            "create_note",
            "resolve_note",
            "capacity_warning",
            "mention");
    private static final Set<String> PARTS = Set.of("creator", "assignee", "reviewer", "scorer", "approver");
    private static final int MOST_ROLES = 50;
    private static final int LONGEST_ROLE = 100;
    private static final int LONGEST_URL = 1_000;
    private static final int LONGEST_MENTIONS = 1_000;
    private static final int LONGEST_USER = 100;
    private static final int LONGEST_PHONE = 30;
    private static final int LONGEST_TOKEN = 255;

    /**
     * A change of a chat.
     *
     * @param url in base64, as {@code mentionPhone}
     * @param token empty: forget it
     */
    public record NewChat(
            @Nullable String url,
            @Nullable String token,
            @Nullable String mentionUsers,
            @Nullable String mentionPhone) {}

    /** Who is to be notified when something happens. */
    public record NewSubscription(
            @Nullable String resourceType,
            @Nullable String action,
            @Nullable Boolean enabled,
            @Nullable List<@Nullable String> roleIds,
            @Nullable List<@Nullable String> roleNames) {}

    /** The changed setting. */
    NotificationSetting changed(NotificationSetting old, NotificationChannel channel) {
        var source = configSource == null ? old.configSource() : oneOf("config_source", configSource, SOURCES);
        if (waringRepoUsageRate != null && !RATES.contains(waringRepoUsageRate)) {
            throw Problem.invalid("waring_repo_usage_rate", "one-of", "60, 80, 90");
        }
        var changed = new NotificationSetting(
                enabled == null ? old.enabled() : enabled,
                source,
                chat(old.chat(), channel),
                waringRepoUsageRate == null ? old.waringRepoUsageRate() : waringRepoUsageRate,
                subscriptEvents == null ? old.subscriptEvents() : subscriptions(subscriptEvents));
        if (changed.enabled()
                && channel.isChat()
                && (changed.chat() == null || changed.chat().url().isEmpty())) {
            throw Problem.invalid("webhook_config.url", "required");
        }
        return changed;
    }

    /** The token to keep from now on; empty: none, null: the old one. */
    @Nullable
    String newToken() {
        return webhookConfig == null || webhookConfig.token == null
                ? null
                : Texts.line("webhook_config.token", webhookConfig.token, 0, LONGEST_TOKEN);
    }

    private @Nullable Chat chat(@Nullable Chat old, NotificationChannel channel) {
        if (webhookConfig == null) {
            return old;
        }
        if (!channel.isChat()) {
            throw Problem.invalid("webhook_config", "not-offered", "webhook_config");
        }
        var before = Objects.requireNonNullElse(old, Chat.NONE);
        return new Chat(
                webhookConfig.url == null ? before.url() : url(decoded("webhook_config.url", webhookConfig.url)),
                webhookConfig.mentionUsers == null
                        ? before.mentionUsers()
                        : mentions("webhook_config.mention_users", webhookConfig.mentionUsers, LONGEST_USER),
                webhookConfig.mentionPhone == null
                        ? before.mentionPhone()
                        : mentions(
                                "webhook_config.mention_phone",
                                decoded("webhook_config.mention_phone", webhookConfig.mentionPhone),
                                LONGEST_PHONE));
    }

    private static String decoded(String field, String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(field, "base64");
        }
    }

    private static String url(String text) {
        var url = Texts.line("webhook_config.url", text, 0, LONGEST_URL);
        try {
            var address = new URI(url);
            if (url.isEmpty()
                    || (List.of("http", "https").contains(address.getScheme()) && address.getHost() != null)) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw Problem.invalid("webhook_config.url", "url-scheme", "http, https");
        }
        throw Problem.invalid("webhook_config.url", "url-scheme", "http, https");
    }

    private static String mentions(String field, String text, int longest) {
        var all = Texts.line(field, text, 0, LONGEST_MENTIONS);
        for (var one : all.split(";", -1)) {
            Texts.line(field, one, 0, longest);
        }
        return all;
    }

    private static List<Subscription> subscriptions(List<@Nullable NewSubscription> given) {
        var most = RESOURCES.size() * ACTIONS.size();
        if (given.size() > most) {
            throw Problem.invalid("subscript_events", "maximum-count", most);
        }
        var subscriptions = new ArrayList<Subscription>();
        var seen = new HashSet<List<String>>();
        for (var one : given) {
            if (one == null) {
                throw Problem.invalid("subscript_events", "required");
            }
            var resource = oneOf("subscript_events.resource_type", one.resourceType, RESOURCES);
            var action = oneOf("subscript_events.action", one.action, ACTIONS);
            if (!seen.add(List.of(resource, action))) {
                throw Problem.invalid("subscript_events", "repeated", resource + " " + action);
            }
            subscriptions.add(new Subscription(
                    resource,
                    action,
                    Boolean.TRUE.equals(one.enabled),
                    roles("subscript_events.role_ids", one.roleIds),
                    roles("subscript_events.role_names", one.roleNames).stream()
                            .map(name -> oneOf("subscript_events.role_names", name, PARTS))
                            .toList()));
        }
        return subscriptions;
    }

    private static List<String> roles(String field, @Nullable List<@Nullable String> roles) {
        if (roles == null) {
            return List.of();
        }
        if (roles.size() > MOST_ROLES) {
            throw Problem.invalid(field, "maximum-count", MOST_ROLES);
        }
        return roles.stream()
                .map(role -> Texts.line(field, role, 1, LONGEST_ROLE))
                .distinct()
                .toList();
    }

    private static String oneOf(String field, @Nullable String value, Set<String> allowed) {
        if (value == null || !allowed.contains(value)) {
            throw Problem.invalid(field, "one-of", String.join(", ", new TreeSet<>(allowed)));
        }
        return value;
    }
}
