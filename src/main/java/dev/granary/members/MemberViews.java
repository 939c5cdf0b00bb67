package dev.granary.members;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.access.Role;
import dev.granary.api.Failures;
import dev.granary.identity.UserService;
import dev.granary.kernel.Problem;
import dev.granary.members.Member.Grant;
import dev.granary.members.NewMember.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Members as answers show them. Users have no nick names here: that is always null. */
@Component
class MemberViews {
    private static final String SUCCESS = "success";
    private static final String FAILED = "failed";
    private static final String ERROR = "error";

    private final UserService users;
    private final Failures texts;

    MemberViews(UserService users, Failures texts) {
        this.users = users;
        this.texts = texts;
    }

    /** A member in v1. */
    record LegacyMember(
            String description,
            String domainId,
            String domainName,
            String email,
            String enabled,
            String name,
            int role,
            String userId) {}

    /** What became of a new member in v1. */
    record LegacyOutcome(
            @Nullable String id, String message, @Nullable String name, String status) {}

    /**
     * A member of a repository in v4.
     *
     * @param memberSource the user group that the shown role was given to
     * @param memberGroupSource the group that it was given at
     * @param memberSourceId the id of either
     * @param serviceLicenseStatus 0 for disabled users
     * @param actionEnabled whether the member may do what was asked about; null when nothing was
     */
    record RepositoryMember(
            long userId,
            String userIamId,
            String userName,
            @Nullable String userNickName,
            String tenantName,
            String tenantId,
            int isRepoCreator,
            int isGroupCreator,
            @JsonProperty("is_Project_admin") int isProjectAdmin,
            @Nullable String projectRoleName,
            String repositoryRoleName,
            @JsonProperty("repository_role_Id") String repositoryRoleId,
            @Nullable String memberSource,
            @Nullable String memberGroupSource,
            @Nullable String memberSourceId,
            int serviceLicenseStatus,
            @Nullable Boolean actionEnabled) {}

    /** What became of several new members in v4: {@code success} when all are members now, otherwise {@code error}. */
    record Added(String status, List<AddedMember> result) {}

    /** What became of one of them. */
    record AddedMember(
            @Nullable String userIamId,
            @Nullable String userName,
            String tenantName,
            @Nullable String userNickName,
            String status,
            String message) {}

    /**
     * A member of a group.
     *
     * @param sourceId the group or project that the shown role was given at
     * @param userFrom {@code normal} where that is the group itself, otherwise {@code inherit}
     * @param path the path of that group
     * @param canRemove whether the group itself can end the membership
     */
    record GroupMember(
            long id,
            long sourceId,
            long userId,
            String userFrom,
            String roleId,
            String roleName,
            String cnRoleName,
            @Nullable String reqRoleId,
            @Nullable String reqRoleName,
            @Nullable String userGroupId,
            @Nullable String groupName,
            String userName,
            String domainId,
            String domainName,
            @Nullable String nickName,
            boolean isGroupCreator,
            boolean isProjectAdmin,
            @Nullable String path,
            String roleChineseName,
            boolean canRemove,
            int accessLevel,
            int serviceLicenseStatus,
            String iamId,
            boolean currentGroupMember) {}

    /** Somebody who could become a member of a group, with the role in the project, which is what is proposed. */
    record AddableMember(
            String iamId,
            String userId,
            String name,
            @Nullable String nickName,
            String domainName,
            String domainId,
            String repoRoleId,
            String reqRoleId,
            String repoRoleName,
            String reqRoleName) {}

    /** Somebody who manages a repository. */
    record Manager(String name, String username, @Nullable String nickName, String tenantName) {}

    /** A member of a project as CodeArts Repo lists one. */
    record GrantedUser(
            long id,
            String name,
            String nameCn,
            String username,
            @Nullable String nickName,
            String tenantName,
            String email,
            String iamId,
            int serviceLicenseStatus) {}

    LegacyMember legacy(Member member) {
        var account = users.account();
        return new LegacyMember(
                member.description(),
                account.uuid(),
                account.name(),
                member.email(),
                Boolean.toString(member.enabled()),
                member.name(),
                member.strongest().held().legacyLevel(),
                member.uuid());
    }

    List<LegacyOutcome> legacy(List<Outcome> outcomes, Locale locale) {
        return outcomes.stream()
                .map(outcome -> new LegacyOutcome(
                        outcome.id(),
                        message(outcome.failure(), locale),
                        outcome.name(),
                        outcome.failure() == null ? SUCCESS : FAILED))
                .toList();
    }

    RepositoryMember repository(Site site, Member member, @Nullable Predicate<Member> allowed) {
        var account = users.account();
        var grant = member.strongest();
        var group = grant.source().equals("group");
        return new RepositoryMember(
                member.userId(),
                member.uuid(),
                member.name(),
                null,
                account.name(),
                account.uuid(),
                number(site.creatorId() == member.userId()),
                number(site.groupCreatorId() == member.userId()),
                number(member.isProjectManager()),
                member.inProject().map(this::english).orElse(null),
                english(grant.held()),
                id(grant.held()),
                grant.userGroupName(),
                grant.groupName(),
                group ? String.valueOf(grant.sourceId()) : grant.userGroupUuid(),
                number(member.enabled()),
                allowed == null ? null : allowed.test(member));
    }

    List<Added> added(List<Outcome> outcomes, Locale locale) {
        var account = users.account().name();
        var rows = outcomes.stream()
                .map(outcome -> new AddedMember(
                        outcome.id(),
                        outcome.name(),
                        account,
                        null,
                        outcome.failure() == null ? SUCCESS : ERROR,
                        message(outcome.failure(), locale)))
                .toList();
        var all = outcomes.stream().allMatch(outcome -> outcome.failure() == null);
        return List.of(new Added(all ? SUCCESS : ERROR, rows));
    }

    GroupMember group(Site site, Member member) {
        var account = users.account();
        var grant = member.strongest();
        var role = grant.held();
        var inProject = member.inProject();
        var own = member.isOwnMember(site);
        var chinese = role.chineseName();
        return new GroupMember(
                member.userId(),
                grant.sourceId(),
                member.userId(),
                grant.isAt(site) ? "normal" : "inherit",
                id(role),
                english(role),
                chinese,
                inProject.map(MemberViews::id).orElse(null),
                inProject.map(this::english).orElse(null),
                grant.userGroupUuid(),
                grant.groupName(),
                member.name(),
                account.uuid(),
                account.name(),
                null,
                site.creatorId() == member.userId(),
                member.isProjectManager(),
                grant.groupPath(),
                chinese,
                own,
                role.level(),
                number(member.enabled()),
                member.uuid(),
                member.grants().stream().anyMatch((Grant held) -> held.isAt(site)));
    }

    AddableMember addable(Member member) {
        var account = users.account();
        var role = member.inProject().orElseThrow();
        return new AddableMember(
                member.uuid(),
                String.valueOf(member.userId()),
                member.name(),
                null,
                account.name(),
                account.uuid(),
                id(role),
                id(role),
                english(role),
                english(role));
    }

    Manager manager(Member member) {
        return new Manager(member.name(), member.name(), null, users.account().name());
    }

    GrantedUser granted(Member member) {
        return new GrantedUser(
                member.userId(),
                member.name(),
                member.name(),
                member.uuid(),
                null,
                users.account().name(),
                member.email(),
                member.uuid(),
                number(member.enabled()));
    }

    private String message(@Nullable Problem failure, Locale locale) {
        return failure == null ? texts.text("member.added", locale) : texts.text(failure, locale);
    }

    private String english(Role role) {
        return role.englishName();
    }

    static String id(Role role) {
        return String.valueOf(role.number());
    }

    private static int number(boolean value) {
        return value ? 1 : 0;
    }
}
