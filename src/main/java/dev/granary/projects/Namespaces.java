package dev.granary.projects;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the project or group that something is to be put into. */
@Component
public class Namespaces {
    private static final int LONGEST = 2000;
    private static final int MOST_CHOICES = 100;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final ProjectStore projects;
    private final GroupStore groups;
    private final Places places;
    private final AccessService access;
    private final Clock clock;

    Namespaces(ProjectStore projects, GroupStore groups, Places places, AccessService access, Clock clock) {
        this.projects = projects;
        this.groups = groups;
        this.places = places;
        this.access = access;
        this.clock = clock;
    }

    /**
     * A project or one of its groups, if the caller holds the permission there.
     *
     * @param projectUuid the project's 32-digit id
     * @param groupId the group; null, 0 or the project's own numeric id: outside any
     */
    public Namespace require(Caller caller, String projectUuid, @Nullable Long groupId, Permission permission) {
        var project = Optional.of(projectUuid)
                .filter(Ids::isUuid)
                .flatMap(projects::byUuid)
                .orElseThrow(() -> unknown(caller, ErrorCode.PROJECT_NOT_FOUND));
        return require(caller, project, groupId, permission);
    }

    /** The same in a project that is known. */
    public Namespace require(Caller caller, Project project, @Nullable Long groupId, Permission permission) {
        var asked = groupId == null ? 0 : groupId;
        var group = groups.byId(asked)
                .filter(found -> found.projectId() == project.id())
                .filter(found -> sees(caller, found));
        if (group.isEmpty() && asked != 0 && asked != project.id()) {
            access.require(caller, new Scope.Project(project.id()), Permission.PROJECT_VIEW);
            throw new Problem(ErrorCode.GROUP_NOT_FOUND);
        }
        var namespace = new Namespace(project, group.orElse(null));
        access.require(caller, namespace.scope(), permission);
        return namespace;
    }

    /**
     * The project or group that a text names, if the caller holds the permission there: by its path (old ones lead on),
     * by a project's 32-digit id, or by the numeric id of a group or else a project. Only what the caller may see counts.
     */
    public Namespace require(Caller caller, @Nullable String namespace, Permission permission) {
        var text = Texts.line("namespace", namespace, 1, LONGEST).replaceAll("^/+|/+$", "");
        var found = candidates(text)
                .filter(candidate -> candidate.group() == null
                        ? access.allows(caller, candidate.scope(), Permission.PROJECT_VIEW)
                        : sees(caller, candidate.group()))
                .findFirst()
                .orElseThrow(() -> unknown(caller, ErrorCode.NAMESPACE_NOT_FOUND, text));
        access.require(caller, found.scope(), permission);
        return found;
    }

    /** The project or group at a path, now or formerly, if the caller may see it. */
    public Optional<Namespace> find(Caller caller, String path) {
        var found = path.indexOf('/') < 0
                ? projects.byPath(path).map(Namespaces::of)
                : places.find(path).flatMap(place -> group(place.groupId()));
        return found.filter(candidate -> candidate.group() == null
                ? access.allows(caller, candidate.scope(), Permission.PROJECT_VIEW)
                : sees(caller, candidate.group()));
    }

    /** Where the caller may put something new: at most {@value #MOST_CHOICES} projects and as many groups, by path. */
    public List<Namespace> creatable(Caller caller) {
        var all = new ProjectQuery(0, MOST_CHOICES, null, null, "name asc", null, ProjectQuery.ALL);
        var known = projects.list(caller, all).items().stream().map(Namespaces::of);
        var below = groups
                .list(caller, GroupQuery.of(null, "path", "asc", false, false, false), new Slice(0, MOST_CHOICES))
                .items()
                .stream()
                .flatMap(group -> projects.byId(group.projectId()).stream().map(in -> new Namespace(in, group)));
        return Stream.concat(known, below)
                .filter(namespace -> access.allows(caller, namespace.scope(), Permission.REPOSITORY_CREATE))
                .sorted(Comparator.comparing(namespace -> Places.key(namespace.path())))
                .toList();
    }

    private Stream<Namespace> candidates(String text) {
        var number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
        return Stream.of(
                        projects.byPath(text).map(Namespaces::of),
                        places.find(text).flatMap(place -> group(place.groupId())),
                        projects.byUuid(text).map(Namespaces::of),
                        group(number),
                        projects.byId(number).map(Namespaces::of))
                .flatMap(Optional::stream);
    }

    private Optional<Namespace> group(@Nullable Long id) {
        return groups.byId(id == null ? 0 : id)
                .flatMap(group -> projects.byId(group.projectId()).map(project -> new Namespace(project, group)));
    }

    private static Namespace of(Project project) {
        return new Namespace(project, null);
    }

    /**
     * Holds a namespace where it is until the transaction ends, and returns its path. Everything that takes a path
     * within it calls this first.
     *
     * @throws Problem {@link ErrorCode#GROUP_NOT_FOUND} when the group is gone
     */
    public String hold(Namespace namespace) {
        var group = namespace.groupId();
        return group == null
                ? namespace.project().path()
                : groups.hold(group, clock.millis()).orElseThrow(() -> new Problem(ErrorCode.GROUP_NOT_FOUND));
    }

    /** The same for a group by its id; null, or one that is gone: nothing to hold. */
    public void hold(@Nullable Long groupId) {
        if (groupId != null) {
            groups.hold(groupId, clock.millis());
        }
    }

    private boolean sees(Caller caller, Group group) {
        return access.allows(caller, new Scope.Group(group.id()), Permission.GROUP_VIEW);
    }

    private static Problem unknown(Caller caller, ErrorCode code, Object... arguments) {
        return caller instanceof Caller.Anonymous
                ? new Problem(ErrorCode.UNAUTHENTICATED)
                : new Problem(code, arguments);
    }
}
