package dev.granary.activity;

import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.events.Event;
import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.EventQuery;
import dev.granary.events.MemberFacts;
import dev.granary.events.MergeRequestFacts;
import dev.granary.events.MirrorFacts;
import dev.granary.events.NoteFacts;
import dev.granary.events.PipelineFacts;
import dev.granary.events.PushFacts;
import dev.granary.events.RepositoryFacts;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.RepositoryService;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists all that happened in a repository and who did it, for those who may change its settings. */
@Service
public class EventListService {
    private static final Set<EventKind> PUSHES = EnumSet.of(EventKind.PUSH, EventKind.TAG_PUSH);
    private static final Set<EventKind> REQUESTS =
            EnumSet.of(EventKind.MERGE_REQUEST, EventKind.NOTE, EventKind.PIPELINE);
    private static final Set<EventKind> MEMBERS =
            EnumSet.of(EventKind.MEMBER_ADDED, EventKind.MEMBER_CHANGED, EventKind.MEMBER_REMOVED);

    private final EventLog events;
    private final RepositoryService repositories;
    private final UserService users;

    EventListService(EventLog events, RepositoryService repositories, UserService users) {
        this.events = events;
        this.repositories = repositories;
        this.users = users;
    }

    /**
     * Something that happened.
     *
     * @param actor the name of who did it; null for nobody but the server, and for users who are gone
     * @param action what exactly, where the kind leaves that open, for example {@code merge}; empty otherwise
     * @param subject what it happened to, for example a ref or a title; may be empty
     * @param role the one that a member has now or had; null for what is not about members
     * @param at epoch milliseconds
     */
    public record Entry(
            EventKind kind,
            @Nullable String actor,
            String action,
            String subject,
            @Nullable Role role,
            long at) {}

    /**
     * A page of a repository's events, the newest first.
     *
     * @param kind {@code pushes}, {@code requests}, {@code members}, {@code others}, or empty for all
     */
    public Page<Entry> list(Caller caller, long repositoryId, String kind, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        var kinds = EnumSet.copyOf(kinds(kind));
        if (repositories.hidden(caller, repository).any()) {
            kinds.remove(EventKind.TAG_PUSH);
        }
        var page = events.list(new EventQuery(repositoryId, kinds, null, null, null), slice);
        var people = users.byIds(people(page));
        return page.map(event -> entry(event, people));
    }

    private static Set<EventKind> kinds(String kind) {
        return switch (kind) {
            case "" -> EnumSet.allOf(EventKind.class);
            case "pushes" -> PUSHES;
            case "requests" -> REQUESTS;
            case "members" -> MEMBERS;
            case "others" -> {
                var others = EnumSet.allOf(EventKind.class);
                others.removeAll(PUSHES);
                others.removeAll(REQUESTS);
                others.removeAll(MEMBERS);
                yield others;
            }
            default -> throw Problem.invalid("kind", "one-of", "pushes, requests, members, others");
        };
    }

    private Set<Long> people(Page<Event> page) {
        var ids = new HashSet<Long>();
        for (var event : page.items()) {
            if (event.actorId() != null) {
                ids.add(event.actorId());
            }
            if (MEMBERS.contains(event.kind())) {
                ids.add(events.facts(event, MemberFacts.class).userId());
            }
        }
        return ids;
    }

    private Entry entry(Event event, Map<Long, UserAccount> people) {
        var names = new HashMap<Long, String>();
        people.forEach((id, user) -> names.put(id, user.name()));
        var actor = event.actorId() == null ? null : names.get(event.actorId());
        return switch (event.kind()) {
            case PUSH, TAG_PUSH -> {
                var facts = events.facts(event, PushFacts.class);
                var action = facts.before() == null ? "created" : facts.after() == null ? "deleted" : "moved";
                yield entry(event, actor, action, ActivityAnswers.shortName(facts.ref()), null);
            }
            case MERGE_REQUEST -> {
                var facts = events.facts(event, MergeRequestFacts.class);
                yield entry(event, actor, facts.action(), "!" + facts.iid() + " " + facts.title(), null);
            }
            case NOTE -> {
                var request = events.facts(event, NoteFacts.class).mergeRequest();
                var subject = request == null ? "" : "!" + request.iid() + " " + request.title();
                yield entry(event, actor, "", subject, null);
            }
            case PIPELINE -> {
                var facts = events.facts(event, PipelineFacts.class);
                yield entry(event, actor, facts.status(), facts.ref(), null);
            }
            case REPOSITORY_CREATED, REPOSITORY_RENAMED, REPOSITORY_DELETED -> {
                var facts = events.facts(event, RepositoryFacts.class);
                var from = facts.oldPath() == null ? "" : facts.oldPath() + " → ";
                yield entry(event, actor, "", from + facts.path(), null);
            }
            case MEMBER_ADDED, MEMBER_CHANGED, MEMBER_REMOVED -> {
                var facts = events.facts(event, MemberFacts.class);
                var name = names.getOrDefault(facts.userId(), "");
                yield entry(event, actor, "", name, Role.ofKey(facts.role()));
            }
            case MIRROR_LATE, MIRROR_RECOVERED ->
                entry(event, actor, "", events.facts(event, MirrorFacts.class).url(), null);
        };
    }

    private static Entry entry(
            Event event, @Nullable String actor, String action, String subject, @Nullable Role role) {
        return new Entry(event.kind(), actor, action, subject, role, event.occurredAt());
    }
}
