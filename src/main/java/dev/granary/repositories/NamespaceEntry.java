package dev.granary.repositories;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.access.Role;
import dev.granary.kernel.Times;
import dev.granary.projects.GroupViews;
import dev.granary.projects.PlaceNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group or repository in the list of what is in a project or group. What the other kind alone has is null. */
record NamespaceEntry(
        @JsonUnwrapped Common common,
        @JsonUnwrapped GroupPart group,
        @JsonUnwrapped RepositoryPart repository) {

    /**
     * What both have. Nothing here is starred or archived.
     *
     * @param roleNamecn the caller's strongest role there; null: none. So {@code roleNameen}.
     * @param updatedAtTimestamp epoch milliseconds
     * @param starTime null: not starred
     * @param path the last segment of {@code fullPath}
     * @param groupLevel how deep it is: 1 directly in the project
     * @param descendantType {@code group} or, for a repository, {@code project}
     * @param isProjectAdmin 1 when the caller manages the project, else 0
     * @param isGroupCreator 1 when the caller created the group, else 0; so {@code isRepoCreator} for a repository
     */
    record Common(
            String projectId,
            String projectName,
            @Nullable String roleNamecn,
            @Nullable String roleNameen,
            String fullName,
            String fullPath,
            String createdAt,
            long updatedAtTimestamp,
            @Nullable Long starTime,
            boolean starred,
            String developMode,
            long id,
            String name,
            String path,
            int groupLevel,
            String description,
            String descendantType,
            int visibilityLevel,
            String visibility,
            int isProjectAdmin,
            int isGroupCreator,
            int isRepoCreator,
            int roleShowFlag,
            boolean isOwner,
            boolean archived,
            int starCount) {}

    /**
     * @param subgroupCount the groups directly in it that the caller may see
     * @param projectCount the repositories in it and in all groups below that the caller may view
     * @param groupRole the caller's level: 20 viewer, 30 developer, 35 committer, 40 administrator
     */
    record GroupPart(
            @Nullable Integer subgroupCount,
            @Nullable Integer projectCount,
            @Nullable Integer groupRole,
            @Nullable Integer groupMembersCount) {
        private static final GroupPart NONE = new GroupPart(null, null, null, null);
    }

    /**
     * @param isKia whether it is marked as a key asset, which cannot be done here
     * @param projectRole the caller's level, as for groups
     * @param activeStatistic activity by day, which is not kept: empty
     */
    record RepositoryPart(
            @Nullable String uuid,
            @Nullable Integer forksCount,
            @Nullable Boolean isKia,
            @Nullable String lastRepositoryUpdatedAt,
            @Nullable Integer openMergeRequestsCount,
            @Nullable Integer allMergeRequestsCount,
            @Nullable Integer projectRole,
            @Nullable Integer projectMembersCount,
            @Nullable Creator projectCreator,
            @Nullable List<String> tagList,
            @Nullable String httpUrlToRepo,
            @Nullable String sshUrlToRepo,
            @Nullable Integer status,
            @Nullable List<Integer> activeStatistic,
            @Nullable String securityTag) {
        private static final RepositoryPart NONE = new RepositoryPart(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Who created a repository. */
    record Creator(long id, String name, String username) {}

    static NamespaceEntry of(GroupViews.View view) {
        var group = view.group();
        return new NamespaceEntry(
                new Common(
                        group.projectUuid(),
                        group.projectName(),
                        chinese(view.role()),
                        english(view.role()),
                        group.fullName(),
                        group.path(),
                        Times.v4(group.createdAt()),
                        group.updatedAt(),
                        null,
                        false,
                        Wire.DEVELOP_MODE,
                        group.id(),
                        group.name(),
                        group.name(),
                        group.level(),
                        group.description(),
                        "group",
                        group.visibility(),
                        group.visibilityName(),
                        flag(view.projectManager()),
                        flag(view.creator()),
                        flag(false),
                        flag(view.role() != null),
                        view.owner(),
                        false,
                        0),
                new GroupPart(
                        view.subgroups(),
                        view.repositories(),
                        view.role() == null ? null : view.role().level(),
                        view.members()),
                RepositoryPart.NONE);
    }

    /** What a repository is shown with besides its own row. */
    record Around(
            @Nullable Role role,
            boolean projectManager,
            long callerId,
            int forks,
            int members,
            String creatorName,
            CloneAddresses addresses) {}

    static NamespaceEntry of(HostedRepository repository, Around around) {
        var role = around.role();
        var created = repository.creatorId() == around.callerId();
        return new NamespaceEntry(
                new Common(
                        repository.projectUuid(),
                        repository.projectName(),
                        chinese(role),
                        english(role),
                        PlaceNames.readable(repository.projectName(), repository.fullPath()),
                        repository.fullPath(),
                        Times.v4(repository.createdAt()),
                        repository.updatedAt(),
                        null,
                        false,
                        Wire.DEVELOP_MODE,
                        repository.id(),
                        repository.name(),
                        repository.name(),
                        (int) repository
                                .fullPath()
                                .chars()
                                .filter(character -> character == '/')
                                .count(),
                        repository.description(),
                        "project",
                        repository.visibility(),
                        Wire.visibility(repository),
                        flag(around.projectManager()),
                        flag(false),
                        flag(created),
                        flag(role != null),
                        created,
                        false,
                        0),
                GroupPart.NONE,
                new RepositoryPart(
                        repository.uuid(),
                        around.forks(),
                        false,
                        Times.v4(repository.updatedAt()),
                        0,
                        0,
                        role == null ? null : role.level(),
                        around.members(),
                        new Creator(repository.creatorId(), around.creatorName(), around.creatorName()),
                        List.of(),
                        around.addresses().http(repository),
                        around.addresses().ssh(repository),
                        repository.status(),
                        List.of(),
                        null));
    }

    private static @Nullable String chinese(@Nullable Role role) {
        return role == null ? null : role.chineseName();
    }

    private static @Nullable String english(@Nullable Role role) {
        return role == null ? null : role.englishName();
    }

    private static int flag(boolean set) {
        return set ? 1 : 0;
    }
}
