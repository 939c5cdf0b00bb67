package dev.granary.webhooks;

import dev.granary.events.EventKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a webhook may be told of, as clients choose it. */
public enum HookEvent {
    PUSH("push_hooks", "Push Hook"),
    TAG_PUSH("tag_push_hooks", "Tag Push Hook"),
    MERGE_REQUESTS("merge_request_hooks", "Merge Request Hook"),
    NOTE("note_hooks", "Note Hook"),
    PIPELINE("pipeline_hooks", "Pipeline Hook"),
    /** Repositories that come, move and go; in a repository's own webhook only what happens while it is there. */
    REPOSITORY_UPDATE("repository_update_hooks", "System Hook"),
    MEMBER("member_hooks", "Member Hook"),
    MIRROR("mirror_hooks", "Mirror Hook"),
    /** There is nothing here that this and the two that follow would tell of; who asks for them is told nothing. */
    ISSUES("issue_hooks", "Issue Hook"),
    WIKI_PAGE("wiki_page_hooks", "Wiki Page Hook"),
    BUILD("job_hooks", "Job Hook");

    private static final String SUFFIX = "_events";

    private final String trigger;
    private final String header;

    HookEvent(String trigger, String header) {
        this.trigger = trigger;
        this.header = header;
    }

    /** The flag's name on the wire, for example {@code push_events}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT) + SUFFIX;
    }

    /** What it is called in logs. */
    String trigger() {
        return trigger;
    }

    /** What receivers are told in a header. */
    String header() {
        return header;
    }

    static Optional<HookEvent> ofKey(String key) {
        return Arrays.stream(values()).filter(event -> event.key().equals(key)).findFirst();
    }

    static HookEvent of(EventKind kind) {
        return switch (kind) {
            case PUSH -> PUSH;
            case TAG_PUSH -> TAG_PUSH;
            case MERGE_REQUEST -> MERGE_REQUESTS;
            case NOTE -> NOTE;
            case PIPELINE -> PIPELINE;
            case REPOSITORY_CREATED, REPOSITORY_RENAMED, REPOSITORY_DELETED -> REPOSITORY_UPDATE;
            case MEMBER_ADDED, MEMBER_CHANGED, MEMBER_REMOVED -> MEMBER;
            case MIRROR_LATE, MIRROR_RECOVERED -> MIRROR;
        };
    }

    /** As one text, for the database. */
    static String joined(Set<HookEvent> events) {
        return events.stream().sorted().map(HookEvent::key).collect(Collectors.joining(","));
    }

    static Set<HookEvent> split(String joined) {
        var events = EnumSet.noneOf(HookEvent.class);
        for (var key : joined.split(",", -1)) {
            ofKey(key).ifPresent(events::add);
        }
        return events;
    }
}
