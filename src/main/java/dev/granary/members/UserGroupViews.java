package dev.granary.members;

import dev.granary.identity.UserService;
import dev.granary.kernel.Times;
import dev.granary.members.UserGroupRoleStore.Person;
import java.util.List;
import org.springframework.stereotype.Component;

/** User groups with a role somewhere, as answers show them. */
@Component
class UserGroupViews {
    /** All user groups are IAM's. */
    private static final String TYPE = "IAM";

    private final UserService users;

    UserGroupViews(UserService users) {
        this.users = users;
    }

    /** A user group of a group. */
    record OfGroup(
            long id,
            String userGroupId,
            String name,
            String projectId,
            String tenantId,
            String groupType,
            int memberCount,
            String createdAt,
            String updatedAt,
            String description) {}

    /** A user group that a group could get. */
    record Addable(
            long id,
            String name,
            String userGroupId,
            String projectId,
            String tenantId,
            String groupType,
            int memberCount,
            String createdAt,
            String updatedAt) {}

    /** A user group of a repository. */
    record OfRepository(
            String userGroupName, String userGroupId, String projectId, String userCount, String description) {}

    /** Who became a member by a user group; nobody ever fails to. */
    record Association(List<Joined> success, List<Failed> failure) {
        static Association of(List<Person> people) {
            return new Association(
                    people.stream()
                            .map(person -> new Joined(String.valueOf(person.id()), person.uuid(), person.name()))
                            .toList(),
                    List.of());
        }
    }

    record Joined(String id, String iamId, String name) {}

    record Failed(String iamId, List<String> message) {}

    OfGroup ofGroup(Site site, Associated group) {
        return new OfGroup(
                group.userGroupId(),
                group.uuid(),
                group.name(),
                site.projectUuid(),
                users.account().uuid(),
                TYPE,
                group.memberCount(),
                Times.v4(group.createdAt()),
                Times.v4(group.updatedAt()),
                group.description());
    }

    Addable addable(Site site, Associated group) {
        return new Addable(
                group.userGroupId(),
                group.name(),
                group.uuid(),
                site.projectUuid(),
                users.account().uuid(),
                TYPE,
                group.memberCount(),
                Times.v4(group.createdAt()),
                Times.v4(group.updatedAt()));
    }

    OfRepository ofRepository(Site site, Associated group) {
        return new OfRepository(
                group.name(),
                group.uuid(),
                site.projectUuid(),
                String.valueOf(group.memberCount()),
                group.description());
    }
}
