package dev.granary.ui.settings;

import dev.granary.access.Role;
import dev.granary.activity.NotificationChange;
import dev.granary.activity.NotificationChange.NewChat;
import dev.granary.activity.NotificationChange.NewSubscription;
import dev.granary.activity.NotificationChannel;
import dev.granary.activity.NotificationService.Shown;
import dev.granary.activity.NotificationSetting.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be notified through a channel, as the form has it; what is absent was not sent.
 *
 * @param enabled {@code true} where anybody is
 * @param source {@code repo} or {@code product}
 * @param rate from how many percent of its space a repository warns
 * @param token of a chat; empty: the old one
 * @param forget {@code true} where the old one is to be forgotten
 * @param users whom to mention, separated by semicolons; so {@code phones}
 * @param events {@link Event#key()} of those that are told
 * @param to whom: the event's key, a dot, and the number of a role or the name of a part
 */
public record NotificationForm(
        @Nullable String enabled,
        @Nullable String source,
        @Nullable String rate,
        @Nullable String url,
        @Nullable String token,
        @Nullable String forget,
        @Nullable String users,
        @Nullable String phones,
        @Nullable List<String> events,
        @Nullable List<String> to) {
    /** What people do in a merge request. */
    public static final List<String> PARTS = List.of("creator", "assignee", "reviewer", "scorer", "approver");
    /** What events are about. */
    public static final List<String> RESOURCES = List.of("repo", "mr", "note", "member");

    private static final List<Event> EVENTS = List.of(
            new Event("repo", "update"),
            new Event("repo", "delete"),
            new Event("repo", "capacity_warning"),
            new Event("mr", "open"),
            new Event("mr", "update"),
            new Event("mr", "review"),
            new Event("mr", "approve"),
            new Event("mr", "merge"),
            new Event("note", "create_note"),
            new Event("note", "resolve_note"),
            new Event("note", "mention"),
            new Event("member", "create"),
            new Event("member", "update"),
            new Event("member", "delete"));
    private static final Set<String> ROLES =
            Stream.of(Role.values()).map(NotificationForm::id).collect(Collectors.toSet());
    private static final String YES = "true";

    /** Something that may be told. */
    public record Event(String resource, String action) {
        static Event of(Subscription subscription) {
            return new Event(subscription.resourceType(), subscription.action());
        }

        /** Its name in forms: {@code mr.create_note}, for example. */
        public String key() {
            return resource + "." + action;
        }

        /** Whether it may be told to those who have a part in a merge request. */
        public boolean hasParts() {
            return resource.equals("mr") || resource.equals("note");
        }
    }

    static NotificationForm of(Shown shown) {
        var chat = shown.webhookConfig();
        var events = new ArrayList<String>();
        var to = new ArrayList<String>();
        for (var subscription : shown.subscriptEvents()) {
            var key = Event.of(subscription).key();
            if (subscription.enabled()) {
                events.add(key);
            }
            subscription.roleIds().stream().filter(ROLES::contains).forEach(role -> to.add(key + "." + role));
            subscription.roleNames().forEach(part -> to.add(key + "." + part));
        }
        return new NotificationForm(
                String.valueOf(shown.enabled()),
                shown.configSource(),
                String.valueOf(shown.waringRepoUsageRate()),
                chat == null ? "" : chat.url(),
                "",
                "",
                chat == null ? "" : chat.mentionUsers(),
                chat == null ? "" : chat.mentionPhone(),
                events,
                to);
    }

    /** The events about something, in the order in which they are shown. */
    public static List<Event> events(String resource) {
        return EVENTS.stream()
                .filter(event -> event.resource().equals(resource))
                .toList();
    }

    /** The id of a role, as settings have it. */
    public static String id(Role role) {
        return String.valueOf(role.number());
    }

    /** Whether anybody is to be notified. */
    public boolean isOn() {
        return YES.equals(enabled);
    }

    /** Whether an event is to be told. */
    public boolean tells(Event event) {
        return events != null && events.contains(event.key());
    }

    /** Whether an event is to be told to those with a role or part. */
    public boolean tells(Event event, String whom) {
        return to != null && to.contains(event.key() + "." + whom);
    }

    /** To how many roles and parts an event is to be told. */
    public long count(Event event) {
        return whom(event).size();
    }

    private List<String> whom(Event event) {
        var prefix = event.key() + ".";
        return Objects.requireNonNullElse(to, List.<String>of()).stream()
                .filter(one -> one.startsWith(prefix))
                .map(one -> one.substring(prefix.length()))
                .toList();
    }

    /**
     * The change that the form asks for.
     *
     * @param now what is told now: events and roles that the form does not have stay
     */
    NotificationChange change(NotificationChannel channel, List<Subscription> now) {
        var subscriptions = new ArrayList<NewSubscription>();
        for (var subscription : now) {
            if (!EVENTS.contains(Event.of(subscription))) {
                subscriptions.add(new NewSubscription(
                        subscription.resourceType(),
                        subscription.action(),
                        subscription.enabled(),
                        subscription.roleIds(),
                        subscription.roleNames()));
            }
        }
        for (var event : EVENTS) {
            var whom = whom(event);
            var roles = Stream.concat(whom.stream().filter(ROLES::contains), others(event, now).stream())
                    .toList();
            var parts = whom.stream().filter(one -> !ROLES.contains(one)).toList();
            if (tells(event) || !roles.isEmpty() || !parts.isEmpty()) {
                subscriptions.add(new NewSubscription(event.resource(), event.action(), tells(event), roles, parts));
            }
        }
        return new NotificationChange(isOn(), source, channel.isChat() ? chat() : null, number(rate), subscriptions);
    }

    /** Roles that clients gave an event and the form does not know. */
    private static List<String> others(Event event, List<Subscription> now) {
        return now.stream()
                .filter(subscription -> Event.of(subscription).equals(event))
                .flatMap(subscription -> subscription.roleIds().stream())
                .filter(role -> !ROLES.contains(role))
                .toList();
    }

    private NewChat chat() {
        var kept = token == null || token.isEmpty() ? null : token;
        return new NewChat(encoded(url), YES.equals(forget) ? "" : kept, users, encoded(phones));
    }

    private static String encoded(@Nullable String text) {
        var bytes = Objects.requireNonNullElse(text, "").strip().getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static int number(@Nullable String digits) {
        return digits != null && digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : 0;
    }
}
