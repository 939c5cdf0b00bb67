package dev.granary.projects;

import dev.granary.access.Role;
import dev.granary.identity.UserService;
import dev.granary.kernel.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Members as ProjectMan's answers show them. */
@Component
class MemberAnswers {
    private static final int ENABLED = 0;
    private static final int FORBIDDEN = 1;

    private final UserService users;

    MemberAnswers(UserService users) {
        this.users = users;
    }

    /** A member as ProjectMan shows one. Users have no nick names here; {@code forbidden} is 1 for disabled users. */
    record Listed(
            String domainId,
            String domainName,
            String userId,
            String userName,
            long userNumId,
            int roleId,
            String roleName,
            @Nullable String nickName,
            String userType,
            int forbidden) {}

    /** A page of members. */
    record Listing(List<Listed> members, long total) {}

    /** The caller's role in a project. */
    record OwnRole(int userRole) {}

    Listing listing(Page<ProjectMember> page) {
        var account = users.account();
        var listed = page.items().stream()
                .map(member -> {
                    var role = Role.ofKey(member.role());
                    return new Listed(
                            account.uuid(),
                            account.name(),
                            member.userUuid(),
                            member.userName(),
                            member.userId(),
                            role.number(),
                            role.englishName(),
                            null,
                            "User",
                            member.enabled() ? ENABLED : FORBIDDEN);
                })
                .toList();
        return new Listing(listed, page.total());
    }

    OwnRole ownRole(Role role) {
        return new OwnRole(role.number());
    }
}
