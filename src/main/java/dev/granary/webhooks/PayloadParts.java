package dev.granary.webhooks;

import dev.granary.access.Visibility;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.repositories.CloneAddresses;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The parts that messages of several kinds have, in GitLab's layout. */
@Component
class PayloadParts {
    private final UserService users;
    private final RepositoryService repositories;
    private final CloneAddresses addresses;

    PayloadParts(UserService users, RepositoryService repositories, CloneAddresses addresses) {
        this.users = users;
        this.repositories = repositories;
        this.addresses = addresses;
    }

    Optional<HostedRepository> repository(@Nullable Long id) {
        return id == null ? Optional.empty() : repositories.byId(id);
    }

    Optional<UserAccount> user(@Nullable Long id) {
        return id == null ? Optional.empty() : users.byId(id);
    }

    /** Whoever did it; null for nobody. Addresses of mail are nobody else's business. */
    @Nullable
    Map<String, @Nullable Object> person(@Nullable Long id) {
        return user(id).map(PayloadParts::person).orElse(null);
    }

    List<Map<String, @Nullable Object>> people(List<Long> ids) {
        return ids.stream().map(this::person).filter(Objects::nonNull).toList();
    }

    private static Map<String, @Nullable Object> person(UserAccount user) {
        var person = new LinkedHashMap<String, @Nullable Object>();
        person.put("id", user.id());
        person.put("name", user.name());
        person.put("username", user.name());
        person.put("avatar_url", null);
        person.put("email", "[REDACTED]");
        return person;
    }

    /** Adds {@code project} and {@code repository}, as far as the repository is still there. */
    void addRepository(Map<String, @Nullable Object> payload, @Nullable Long id) {
        var found = repository(id).orElse(null);
        payload.put("project_id", id);
        payload.put("project", found == null ? null : project(found));
        payload.put("repository", found == null ? null : repository(found));
    }

    private Map<String, @Nullable Object> project(HostedRepository repository) {
        var project = new LinkedHashMap<String, @Nullable Object>();
        project.put("id", repository.id());
        project.put("name", repository.name());
        project.put("description", repository.description());
        project.put("web_url", web(repository));
        project.put("avatar_url", null);
        project.put("git_ssh_url", addresses.ssh(repository));
        project.put("git_http_url", addresses.http(repository));
        project.put("namespace", repository.parentPath());
        project.put("visibility_level", repository.visibility());
        project.put("path_with_namespace", repository.fullPath());
        project.put("default_branch", repository.defaultBranch());
        project.put("homepage", web(repository));
        project.put("url", addresses.ssh(repository));
        project.put("ssh_url", addresses.ssh(repository));
        project.put("http_url", addresses.http(repository));
        return project;
    }

    private Map<String, @Nullable Object> repository(HostedRepository repository) {
        var part = new LinkedHashMap<String, @Nullable Object>();
        part.put("name", repository.name());
        part.put("url", addresses.ssh(repository));
        part.put("description", repository.description());
        part.put("homepage", web(repository));
        part.put("git_http_url", addresses.http(repository));
        part.put("git_ssh_url", addresses.ssh(repository));
        part.put("visibility_level", repository.visibility());
        return part;
    }

    /** The address of a repository's page. */
    String web(HostedRepository repository) {
        return addresses.web(repository);
    }

    /** {@code private}, {@code internal} or {@code public}. */
    static String visibility(int level) {
        return switch (Visibility.ofLevel(level)) {
            case PROJECT -> "internal";
            case PUBLIC -> "public";
            case PRIVATE -> "private";
            case null -> "private";
        };
    }
}
