package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.MergeRequestService.Found;
import dev.granary.reviews.Person.Part;
import dev.granary.reviews.RequestOverview.GateState;
import dev.granary.reviews.RequestOverview.Participant;
import dev.granary.reviews.RequestOverview.Rights;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Puts together what the page of a merge request shows of it. */
@Service
public class RequestOverviewService {
    /** Gates that people look for even where nothing special is asked of requests. */
    private static final Set<Gate> USUAL = EnumSet.of(Gate.CONFLICT, Gate.MERGER, Gate.UNFINISHED);

    private final MergeRequestService service;
    private final MergeRequestAnswers answers;
    private final MergeableStateService states;
    private final MergeGates gates;
    private final MergeRequestSettings settings;
    private final PersonStore people;
    private final RequestLinkStore links;
    private final UserService users;
    private final RepositoryService repositories;
    private final AccessService access;

    RequestOverviewService(
            MergeRequestService service,
            MergeRequestAnswers answers,
            MergeableStateService states,
            MergeGates gates,
            MergeRequestSettings settings,
            PersonStore people,
            RequestLinkStore links,
            UserService users,
            RepositoryService repositories,
            AccessService access) {
        this.service = service;
        this.answers = answers;
        this.states = states;
        this.gates = gates;
        this.settings = settings;
        this.people = people;
        this.links = links;
        this.users = users;
        this.repositories = repositories;
        this.access = access;
    }

    /** A request, for whoever sees its repository. */
    public RequestOverview show(Caller caller, long repositoryId, long iid) {
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        var request = found.request();
        var all = people.of(request.id());
        var names = names(request, all);
        var facts = answers.facts(found);
        var setting = settings.of(repositoryId);
        var shut = request.isOpen() ? states.shut(caller, found) : EnumSet.noneOf(Gate.class);
        return new RequestOverview(
                found.repository(),
                request,
                facts.version(),
                facts.behind(),
                facts.sourceExists(),
                source(caller, found),
                name(names, request.authorId()),
                name(names, request.mergeUserId()),
                name(names, request.closedById()),
                all.stream()
                        .filter(person -> names.containsKey(person.userId()))
                        .map(person -> new Participant(name(names, person.userId()), person))
                        .toList(),
                RequestBrowseService.labels(links.labelsOf(Set.of(request.id())).getOrDefault(request.id(), List.of())),
                request.isOpen() ? gates(request, setting, all, shut) : List.of(),
                request.isOpen() && shut.isEmpty(),
                setting,
                rights(caller, request));
    }

    private Map<Long, UserAccount> names(MergeRequest request, List<Person> all) {
        var ids = new HashSet<>(UserViews.present(request.authorId(), request.mergeUserId(), request.closedById()));
        all.forEach(person -> ids.add(person.userId()));
        return users.byIds(ids);
    }

    private static String name(Map<Long, UserAccount> names, @Nullable Long id) {
        var user = id == null ? null : names.get(id);
        return user == null ? "" : user.name();
    }

    private @Nullable HostedRepository source(Caller caller, Found found) {
        var id = found.request().sourceRepositoryId();
        if (id == null || id == found.repository().id()) {
            return id == null ? null : found.repository();
        }
        return access.allows(caller, new Scope.Repository(id), Permission.VIEW)
                ? repositories.byId(id).orElse(null)
                : null;
    }

    private static List<GateState> gates(
            MergeRequest request, MergeRequestSetting setting, List<Person> all, Set<Gate> shut) {
        return Arrays.stream(Gate.values())
                .filter(gate -> shut.contains(gate) || USUAL.contains(gate) || concerns(gate, request, setting, all))
                .map(gate -> new GateState(gate, !shut.contains(gate)))
                .toList();
    }

    /** Whether something is asked of the request that the gate is about. */
    private static boolean concerns(Gate gate, MergeRequest request, MergeRequestSetting setting, List<Person> all) {
        return switch (gate) {
            case CONFLICT, MERGER, UNFINISHED -> true;
            case FAST_FORWARD -> !setting.mergeMethod().equals(MergeRequestSetting.MERGE);
            case ASSIGNEE -> request.onlyAssigneeCanMerge();
            case DISCUSSIONS -> setting.onlyAllowMergeIfAllDiscussionsAreResolved();
            case PIPELINE -> false;
            case SELF -> setting.disableMergeBySelf();
            case VOTES -> has(all, Part.VOTER) && setting.onlyAllowMergeIfVoteBiggerThan() > 0;
            case WORK_ITEM -> setting.mustRelateIssue();
            case ALL_WORK_ITEMS -> setting.needAllIssuesCheckPassed();
            case ONE_WORK_ITEM -> setting.onlyAllowOneIssueCheckPassed();
            case REVIEWERS -> has(all, Part.REVIEWER);
            case APPROVERS -> has(all, Part.APPROVER);
            case EVALUATION -> setting.evaluationMergeGate();
        };
    }

    private static boolean has(List<Person> all, Part part) {
        return all.stream().anyMatch(person -> person.is(part));
    }

    private Rights rights(Caller caller, MergeRequest request) {
        if (!(caller instanceof Caller.User user)) {
            return new Rights(false, false, false, false, false, false, false, false, false);
        }
        var scope = new Scope.Repository(request.repositoryId());
        var held = access.permissions(caller, scope);
        var own = user.id() == request.authorId();
        return new Rights(
                own || held.contains(Permission.MERGE_REQUEST_EDIT),
                own || held.contains(Permission.MERGE_REQUEST_CLOSE),
                own || held.contains(Permission.MERGE_REQUEST_REOPEN),
                own || held.contains(Permission.MERGE_REQUEST_COMMENT),
                held.contains(Permission.MERGE_REQUEST_REVIEW),
                held.contains(Permission.MERGE_REQUEST_APPROVE),
                held.contains(Permission.MERGE_REQUEST_MERGE),
                held.contains(Permission.MERGE_REQUEST_MERGE) && gates.mayForce(caller, request),
                held.contains(Permission.MERGE_REQUEST_CREATE));
    }
}
