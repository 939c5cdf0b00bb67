package dev.granary.projects;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.ServerAddress;
import dev.granary.kernel.Times;
import dev.granary.projects.GroupPermissionService.Verdict;
import dev.granary.projects.GroupViews.View;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Groups as v4's answers show them. Nothing here is starred, and LFS and merge requests are not there yet. */
@Component
class GroupAnswers {
    private static final String DEVELOP_MODE = "normal";

    private final GroupViews views;
    private final ServerAddress address;

    GroupAnswers(GroupViews views, ServerAddress address) {
        this.views = views;
        this.address = address;
    }

    /** The answer to a creation or change. */
    record Named(String description, String fullName, long id, String name, String visibility) {}

    /** What the merge requests of a group's repositories come to. */
    record Sum(int openMergeRequestsCount) {}

    /**
     * A group in full.
     *
     * @param ancestorIds the groups it is in, the outermost first; so {@code ancestorNames}
     * @param membersCount the users who have a role in it, also from above and by user groups
     * @param repositoryCount the repositories in it and in all groups below it that the caller may view
     * @param subgroupCount the groups directly in it that the caller may see
     */
    record Shown(
            long creatorId,
            String projectId,
            String createdAt,
            String description,
            String fullName,
            List<Long> ancestorIds,
            List<String> ancestorNames,
            long id,
            int membersCount,
            String name,
            int repositoryCount,
            int starCount,
            boolean starred,
            int subgroupCount,
            String visibility,
            Sum sum) {}

    /**
     * The strongest role of the caller in a group.
     *
     * @param id null: memberships have no numbers
     * @param sourceType {@code Group} or {@code Project}: where the role was given; {@code sourceId} is that one's id
     * @param notificationLevel null: notifications cannot be chosen
     * @param updatedAt null: it is not kept when a membership was changed
     */
    record OwnRole(
            @Nullable Long id,
            int accessLevel,
            String roleNamecn,
            String roleNamen,
            long sourceId,
            String sourceType,
            long userId,
            @Nullable Integer notificationLevel,
            String createdAt,
            @Nullable String updatedAt) {}

    /** The same in a list; the flags are 1 or 0. */
    record ListedRole(
            @JsonUnwrapped OwnRole role, int isProjectAdmin, int isGroupCreator, int isRepoCreator, int roleShowFlag) {}

    /** The same after a group was handed over. Nobody is invited, requests access or loses it in time here. */
    record OwnerRole(
            @JsonUnwrapped OwnRole role,
            @Nullable Long createdById,
            @Nullable String inviteEmail,
            @Nullable String inviteToken,
            @Nullable String inviteAcceptedAt,
            @Nullable String requestedAt,
            @Nullable String expiresAt,
            boolean limited,
            @JsonProperty("isProjectAdmin") int isProjectAdmin,
            @JsonProperty("isGroupCreator") int isGroupCreator,
            @JsonProperty("isRepoCreator") int isRepoCreator,
            @JsonProperty("roleShowFlag") int roleShowFlag) {}

    /** A role and its names; the number is ProjectMan's. */
    record RoleName(String roleId, String roleName, String roleChineseName) {}

    /**
     * A group in a list of groups.
     *
     * @param groupRole the caller's level: 20 viewer, 30 developer, 35 committer, 40 administrator; null: no role
     * @param groupLevel how deep it is: 1 directly in the project
     * @param members the same as {@code groupMembersCount}
     * @param lastOwner whether the caller is its owner: there is never another
     */
    record Listed(
            String projectId,
            String projectName,
            List<Long> ancestorIds,
            List<String> ancestorNames,
            String developMode,
            long id,
            String name,
            String path,
            int groupLevel,
            String description,
            int subgroupCount,
            int projectCount,
            @Nullable Integer groupRole,
            int groupMembersCount,
            String descendantType,
            int visibilityLevel,
            String visibility,
            int isProjectAdmin,
            int isGroupCreator,
            int isRepoCreator,
            boolean lfsEnabled,
            String fullName,
            String fullPath,
            String itemType,
            @Nullable Long parentId,
            @Nullable ListedRole myRole,
            int members,
            String webUrl,
            String createdAt,
            int subGroupCount,
            boolean lastOwner,
            boolean starred,
            List<RoleName> roles) {}

    /** A group that something may be created in. */
    record Manageable(String fullName, long id, String name, String fullPath, String path, String visibility) {}

    /** A group after it was handed over; {@code creatorId} is its owner, as the public API has it. */
    record HandedOver(
            long id,
            String fullName,
            String fullPath,
            @Nullable OwnerRole myRole,
            String name,
            @Nullable Long parentId,
            long creatorId) {}

    /** What the caller may do in a group. The misspelt name is the public API's; it is about repositories. */
    record Permitted(
            boolean canCreateGroup,
            @JsonProperty("can_craete_project") boolean canCreateProject,
            boolean canSetGroup,
            @Nullable Long groupId,
            @Nullable String groupVisibility) {

        static Permitted of(Verdict verdict) {
            var group = verdict.group();
            return new Permitted(
                    verdict.createsGroups(),
                    verdict.createsRepositories(),
                    verdict.manages(),
                    group == null ? null : group.id(),
                    group == null ? null : group.visibilityName());
        }
    }

    Named named(Group group) {
        return new Named(group.description(), group.fullName(), group.id(), group.name(), group.visibilityName());
    }

    Shown shown(Caller caller, Group group) {
        var view = views.one(caller, group);
        return new Shown(
                group.creatorId(),
                group.projectUuid(),
                Times.v4(group.createdAt()),
                group.description(),
                group.fullName(),
                view.ancestorIds(),
                group.ancestorNames(),
                group.id(),
                view.members(),
                group.name(),
                view.repositories(),
                0,
                false,
                view.subgroups(),
                group.visibilityName(),
                new Sum(0));
    }

    Page<Listed> listed(Caller caller, Page<Group> page) {
        var all = views.all(caller, page.items());
        return new Page<>(all.stream().map(this::listed).toList(), page.total());
    }

    private Listed listed(View view) {
        var group = view.group();
        var role = view.role();
        return new Listed(
                group.projectUuid(),
                group.projectName(),
                view.ancestorIds(),
                group.ancestorNames(),
                DEVELOP_MODE,
                group.id(),
                group.name(),
                group.name(),
                group.level(),
                group.description(),
                view.subgroups(),
                view.repositories(),
                role == null ? null : role.level(),
                view.members(),
                "group",
                group.visibility(),
                group.visibilityName(),
                flag(view.projectManager()),
                flag(view.creator()),
                flag(false),
                false,
                group.fullName(),
                group.path(),
                "group",
                group.parentId(),
                role == null ? null : listedRole(view),
                view.members(),
                address.base() + "/" + group.path(),
                Times.v4(group.createdAt()),
                view.subgroups(),
                view.owner(),
                false,
                view.roles().stream().map(GroupAnswers::roleName).toList());
    }

    private static @Nullable ListedRole listedRole(View view) {
        var role = ownRole(view);
        return role == null
                ? null
                : new ListedRole(role, flag(view.projectManager()), flag(view.creator()), flag(false), flag(true));
    }

    private static @Nullable OwnRole ownRole(View view) {
        var held = view.held();
        var role = view.role();
        return held == null || role == null
                ? null
                : new OwnRole(
                        null,
                        role.level(),
                        role.chineseName(),
                        role.englishName(),
                        held.sourceId(),
                        held.source(),
                        view.userId(),
                        null,
                        Times.v4(held.createdAt()),
                        null);
    }

    private static RoleName roleName(Role role) {
        return new RoleName(Integer.toString(role.number()), role.englishName(), role.chineseName());
    }

    static Manageable manageable(Group group) {
        return new Manageable(
                group.fullName(), group.id(), group.name(), group.path(), group.name(), group.visibilityName());
    }

    HandedOver handedOver(Caller caller, Group group) {
        var view = views.one(caller, group);
        var role = ownRole(view);
        return new HandedOver(
                group.id(),
                group.fullName(),
                group.path(),
                role == null
                        ? null
                        : new OwnerRole(
                                role,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                false,
                                flag(view.projectManager()),
                                flag(view.creator()),
                                flag(false),
                                flag(true)),
                group.name(),
                group.parentId(),
                group.ownerId());
    }

    private static int flag(boolean set) {
        return set ? 1 : 0;
    }
}
