package dev.granary.activity;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.activity.ActivityAnswers.Author;
import dev.granary.activity.ActivityAnswers.Brief;
import dev.granary.activity.ActivityAnswers.LastPush;
import dev.granary.activity.ActivityAnswers.PersonalAuthor;
import dev.granary.activity.ActivityAnswers.PersonalEvent;
import dev.granary.activity.ActivityAnswers.PushData;
import dev.granary.activity.ActivityAnswers.RepositoryEvent;
import dev.granary.activity.PushSummaries.Summary;
import dev.granary.events.Event;
import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.EventQuery;
import dev.granary.events.PushFacts;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import dev.granary.repositories.CloneAddresses;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryCore;
import dev.granary.repositories.RepositoryService;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists pushes. */
@Service
public class ActivityService {
    private static final List<String> FILTERS = List.of("all", "push");

    private final EventLog events;
    private final PushSummaries summaries;
    private final RepositoryService repositories;
    private final CloneAddresses addresses;
    private final UserService users;
    private final AccessService access;

    ActivityService(
            EventLog events,
            PushSummaries summaries,
            RepositoryService repositories,
            CloneAddresses addresses,
            UserService users,
            AccessService access) {
        this.events = events;
        this.summaries = summaries;
        this.repositories = repositories;
        this.addresses = addresses;
        this.users = users;
        this.access = access;
    }

    /**
     * Which events to list.
     *
     * @param filter {@code all} or {@code push}: the public API shows pushes alone
     * @param before only those that happened before this time
     */
    record Filter(
            @Nullable Long authorId,
            @Nullable String filter,
            @Nullable String before,
            @Nullable String after) {}

    /** A page of the pushes to a repository, the newest first. */
    Page<RepositoryEvent> list(Caller caller, long repositoryId, Filter filter, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        if (!FILTERS.contains(Objects.requireNonNullElse(filter.filter(), "all"))) {
            throw Problem.invalid("filter", "one-of", String.join(", ", FILTERS));
        }
        var query = new EventQuery(
                repositoryId,
                kinds(caller, repository),
                filter.authorId(),
                Times.millis("after", filter.after()),
                Times.millis("before", filter.before()));
        var page = events.list(query, slice);
        var found = summaries(repository, page.items());
        var authors = users.byIds(page.items().stream()
                .map(Event::actorId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        var tenant = users.account().name();
        return page.map(event -> {
            var facts = facts(event);
            var user = event.actorId() == null ? null : authors.get(event.actorId());
            return new RepositoryEvent(
                    ActivityAnswers.actionName(facts),
                    user == null ? null : Author.of(user, tenant),
                    user == null ? null : Long.valueOf(user.id()),
                    user == null ? null : user.name(),
                    Times.v4(event.occurredAt()),
                    repositoryId,
                    repository.name(),
                    PushData.of(facts, found.getOrDefault(facts, Summary.NOTHING)));
        });
    }

    /** Where tags are hidden from the caller, pushes of tags are none of its business. */
    private Set<EventKind> kinds(Caller caller, HostedRepository repository) {
        return repositories.hidden(caller, repository).any()
                ? EnumSet.of(EventKind.PUSH)
                : EnumSet.of(EventKind.PUSH, EventKind.TAG_PUSH);
    }

    private PushFacts facts(Event event) {
        return events.facts(event, PushFacts.class);
    }

    private Map<PushFacts, Summary> summaries(HostedRepository repository, List<Event> pushes) {
        return summaries.of(repository, pushes.stream().map(this::facts).collect(Collectors.toSet()));
    }

    /**
     * The caller's last pushes of branches, the newest first, in repositories that it still sees.
     *
     * @param projectUuid only those in this project; null: in all
     * @param size at most so many; null: {@link Slice#DEFAULT}
     */
    List<PersonalEvent> recent(Caller caller, @Nullable String projectUuid, @Nullable Integer size) {
        var user = access.requireUser(caller);
        var most = new Slice(0, size == null ? Slice.DEFAULT : size).limit();
        var project = projectUuid == null
                ? null
                : Long.valueOf(access.requireProject(caller, projectUuid, Permission.PROJECT_VIEW)
                        .id());
        var author = new PersonalAuthor(user.id(), user.name());
        return recent(
                user,
                project,
                most,
                (repository, event, summary) -> new PersonalEvent(
                        author,
                        RepositoryCore.of(repository, addresses),
                        PushData.of(facts(event), summary),
                        Times.v4(event.occurredAt())));
    }

    /** As {@link #recent(Caller, String, Integer)}, in all projects, for pages. */
    public List<RecentPush> recent(Caller caller, int most) {
        return recent(access.requireUser(caller), null, most, (repository, event, summary) -> {
            var facts = facts(event);
            return new RecentPush(
                    repository,
                    ActivityAnswers.shortName(facts.ref()),
                    facts.after() == null,
                    summary.commits(),
                    summary.title(),
                    event.occurredAt());
        });
    }

    /** Makes what is shown of a push. */
    @FunctionalInterface
    private interface Shown<T> {
        T of(HostedRepository repository, Event event, Summary summary);
    }

    private <T> List<T> recent(Caller.User caller, @Nullable Long project, int most, Shown<T> form) {
        var byRepository = events.recentPushes(caller.id(), project, most).stream()
                .collect(Collectors.groupingBy(event -> Objects.requireNonNull(event.repositoryId())));
        var shown = new HashMap<Long, T>();
        repositories.byIds(byRepository.keySet()).forEach((id, repository) -> {
            if (repository.status() == HostedRepository.READY
                    && access.viewsFromHere(caller, new Scope.Repository(id))) {
                var pushes = byRepository.getOrDefault(id, List.of());
                var found = summaries(repository, pushes);
                for (var event : pushes) {
                    shown.put(
                            event.id(), form.of(repository, event, found.getOrDefault(facts(event), Summary.NOTHING)));
                }
            }
        });
        return shown.entrySet().stream()
                .sorted(Map.Entry.<Long, T>comparingByKey().reversed())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The last push to a repository, whoever did it. */
    LastPush last(Caller caller, long repositoryId) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var query = new EventQuery(repositoryId, kinds(caller, repository), null, null, null);
        var event = events.newest(query).orElseThrow(() -> new Problem(ErrorCode.NOTHING_PUSHED));
        return new LastPush(
                ActivityAnswers.shortName(facts(event).ref()), Times.v4(event.occurredAt()), Brief.of(repository));
    }
}
