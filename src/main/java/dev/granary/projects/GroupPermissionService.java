package dev.granary.projects;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tells callers what they may do in groups, before they try. */
@Service
class GroupPermissionService {
    private static final int MOST_AT_ONCE = 100;

    private final ProjectStore projects;
    private final GroupStore groups;
    private final AccessService access;

    GroupPermissionService(ProjectStore projects, GroupStore groups, AccessService access) {
        this.projects = projects;
        this.groups = groups;
        this.access = access;
    }

    /**
     * A group that is asked about: by its id, or by a name in a project. Neither: the project itself.
     *
     * @param groupId the numeric id, as text
     */
    record Question(
            @Nullable String projectId,
            @Nullable String groupName,
            @Nullable String groupId) {}

    /**
     * What the caller may do. For what does not exist or must not be seen: nothing.
     *
     * @param group null when it may not be seen, or a project was asked about
     */
    record Verdict(
            boolean createsGroups,
            boolean createsRepositories,
            boolean manages,
            @Nullable Group group) {}

    /** A verdict on each question. */
    List<Verdict> check(Caller caller, List<@Nullable Question> questions) {
        access.requireUser(caller);
        if (questions.isEmpty() || questions.size() > MOST_AT_ONCE) {
            throw Problem.invalid("body", "entries", 1, MOST_AT_ONCE);
        }
        return questions.stream().map(question -> check(caller, question)).toList();
    }

    private Verdict check(Caller caller, @Nullable Question question) {
        if (question == null) {
            throw Problem.invalid("body", "required");
        }
        if (given(question.groupId()) || given(question.groupName())) {
            return group(question)
                    .filter(found -> access.allows(caller, new Scope.Group(found.id()), Permission.GROUP_VIEW))
                    .map(found ->
                            verdict(caller, new Scope.Group(found.id()), found.level() < Group.MOST_LEVELS, found))
                    .orElse(new Verdict(false, false, false, null));
        }
        if (!given(question.projectId())) {
            throw Problem.invalid("group_id", "required");
        }
        return project(question)
                .map(project -> verdict(caller, new Scope.Project(project.id()), true, null))
                .orElse(new Verdict(false, false, false, null));
    }

    private Verdict verdict(Caller caller, Scope scope, boolean roomBelow, @Nullable Group group) {
        var permissions = access.permissions(caller, scope);
        var creates = permissions.contains(Permission.REPOSITORY_CREATE);
        return new Verdict(creates && roomBelow, creates, permissions.contains(Permission.PROJECT_MANAGE), group);
    }

    private Optional<Group> group(Question question) {
        var id = question.groupId();
        if (given(id)) {
            try {
                return groups.byId(Long.parseLong(Objects.requireNonNull(id)))
                        .filter(found -> !given(question.projectId())
                                || found.projectUuid().equals(question.projectId()));
            } catch (NumberFormatException e) {
                throw Problem.invalid("group_id", "number");
            }
        }
        var name = Objects.requireNonNull(question.groupName());
        return project(question)
                .flatMap(project -> groups.named(project.id(), name).stream().findFirst());
    }

    private Optional<Project> project(Question question) {
        return Optional.ofNullable(question.projectId()).filter(Ids::isUuid).flatMap(projects::byUuid);
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
