package dev.granary.projects;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.GroupFigureStore.HeldRole;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Groups with everything a caller is shown of them, for whole pages in a few queries. */
@Component
public class GroupViews {
    private static final Comparator<HeldRole> STRONGEST = Comparator.comparing(
                    (HeldRole held) -> Role.ofKey(held.role()))
            .thenComparing(HeldRole::distance, Comparator.reverseOrder());

    private final GroupStore groups;
    private final GroupFigureStore figures;
    private final AccessService access;

    GroupViews(GroupStore groups, GroupFigureStore figures, AccessService access) {
        this.groups = groups;
        this.figures = figures;
        this.access = access;
    }

    /**
     * A role that was given to somebody.
     *
     * @param source {@code Group} or {@code Project}: what it was given in
     * @param sourceId the numeric id of that
     */
    public record Membership(String source, long sourceId, long createdAt) {
        static Membership of(HeldRole held) {
            return new Membership(held.source(), held.sourceId(), held.createdAt());
        }
    }

    /**
     * A group as a caller sees it.
     *
     * @param ancestorIds the groups it is in, the outermost first
     * @param subgroups the groups directly in it that the caller may see
     * @param repositories the repositories in it and in all groups below that the caller may view
     * @param members the users who have a role in it, also from above and by user groups
     * @param userId the caller's; 0: not a user
     * @param held where the caller has the role from; null: no membership
     * @param role the caller's strongest role; null: none. Administrators have one without a membership.
     * @param roles all roles of the caller's memberships
     * @param projectManager whether the caller manages the whole project
     */
    public record View(
            Group group,
            List<Long> ancestorIds,
            int subgroups,
            int repositories,
            int members,
            long userId,
            @Nullable Membership held,
            @Nullable Role role,
            Set<Role> roles,
            boolean projectManager) {
        /** Whether the caller created it. */
        public boolean creator() {
            return userId == group.creatorId();
        }

        /** Whether the caller is its owner. */
        public boolean owner() {
            return userId == group.ownerId();
        }
    }

    View one(Caller caller, Group group) {
        return all(caller, List.of(group)).getFirst();
    }

    /** The groups of several ids, in that order. Whether the caller may see them is for the caller's service to say. */
    public List<View> byIds(Caller caller, List<Long> ids) {
        var found = groups.byIds(ids).stream().collect(Collectors.toMap(Group::id, Function.identity()));
        return all(
                caller,
                ids.stream()
                        .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                        .toList());
    }

    List<View> all(Caller caller, Collection<Group> page) {
        var ids = page.stream().map(Group::id).toList();
        var userId = caller instanceof Caller.User user ? user.id() : 0;
        var ancestors = figures.ancestors(ids);
        var subgroups = figures.subgroups(caller, ids);
        var repositories = figures.repositories(caller, ids);
        var members = figures.members(caller, ids);
        var held = figures.roles(userId, ids).stream().collect(Collectors.groupingBy(HeldRole::groupId));
        var managed = page.stream()
                .map(Group::projectId)
                .distinct()
                .filter(project -> access.role(caller, new Scope.Project(project))
                        .filter(Role.PROJECT_MANAGER::equals)
                        .isPresent())
                .collect(Collectors.toSet());
        return page.stream()
                .map(group -> {
                    var own = held.getOrDefault(group.id(), List.of());
                    var roles = EnumSet.noneOf(Role.class);
                    own.forEach(membership -> roles.add(Role.ofKey(membership.role())));
                    var strongest = own.stream().max(STRONGEST);
                    return new View(
                            group,
                            ancestors.getOrDefault(group.id(), List.of()),
                            subgroups.getOrDefault(group.id(), 0),
                            repositories.getOrDefault(group.id(), 0),
                            members.getOrDefault(group.id(), 0),
                            userId,
                            strongest.map(Membership::of).orElse(null),
                            role(caller, strongest),
                            roles,
                            managed.contains(group.projectId()));
                })
                .toList();
    }

    private static @Nullable Role role(Caller caller, Optional<HeldRole> strongest) {
        return caller instanceof Caller.User user && user.administrator()
                ? Role.PROJECT_MANAGER
                : strongest.map(held -> Role.ofKey(held.role())).orElse(null);
    }
}
