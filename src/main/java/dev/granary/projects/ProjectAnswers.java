package dev.granary.projects;

import dev.granary.identity.Account;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Page;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Projects as ProjectMan's answers show them; each operation names the fields differently. Times are epoch milliseconds. */
@Component
class ProjectAnswers {
    private static final int NOT_ARCHIVED = 0;

    private final UserService users;

    ProjectAnswers(UserService users) {
        this.users = users;
    }

    /** The answer to a creation. */
    record Created(
            long projectNumId,
            String projectId,
            String projectName,
            String description,
            String projectType,
            long userNumId) {}

    /** Who created a project. Users have no nick names here. */
    record Creator(
            long userNumId,
            String userId,
            String userName,
            String domainId,
            String domainName,
            @Nullable String nickName) {}

    /** A project in a list. */
    record Listed(
            long projectNumId,
            String projectId,
            String projectName,
            String description,
            long createdTime,
            long updatedTime,
            String projectType,
            Creator creator) {}

    /** A page of projects. */
    record Listing(List<Listed> projects, long total) {}

    /** A project in full. Enterprise projects and project codes do not exist here. */
    record Details(
            long projectNumId,
            String projectId,
            String name,
            long createdOn,
            long updatedOn,
            String projectType,
            int archive,
            @Nullable String enterpriseId,
            @Nullable String projectCode,
            Creator creator) {}

    /** The answer that shows one project. */
    record Shown(Details project) {}

    /** Whether a name is taken. */
    record Existence(boolean exist) {}

    Created created(Project project) {
        return new Created(
                project.id(),
                project.uuid(),
                project.name(),
                project.description(),
                project.type(),
                project.creatorId());
    }

    Listing listing(Page<Project> page) {
        var creators = users.byIds(page.items().stream().map(Project::creatorId).collect(Collectors.toSet()));
        var account = users.account();
        var listed = page.items().stream()
                .map(project -> new Listed(
                        project.id(),
                        project.uuid(),
                        project.name(),
                        project.description(),
                        project.createdAt(),
                        project.updatedAt(),
                        project.type(),
                        creator(Objects.requireNonNull(creators.get(project.creatorId())), account)))
                .toList();
        return new Listing(listed, page.total());
    }

    Shown shown(Project project) {
        return new Shown(new Details(
                project.id(),
                project.uuid(),
                project.name(),
                project.createdAt(),
                project.updatedAt(),
                project.type(),
                NOT_ARCHIVED,
                null,
                null,
                creator(users.byId(project.creatorId()).orElseThrow(), users.account())));
    }

    private static Creator creator(UserAccount user, Account account) {
        return new Creator(user.id(), user.uuid(), user.name(), account.uuid(), account.name(), null);
    }
}
