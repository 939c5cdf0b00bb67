package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** A repository with a branch {@code main}, and the requests that tests of merge requests repeat. */
final class ReviewFixture {
    final GranaryServer server;
    final UserAccount owner;
    final Project project;
    final HostedRepository repository;
    final Http http;
    final String path;

    ReviewFixture(GranaryServer server) {
        this(server, 0);
    }

    ReviewFixture(GranaryServer server, int visibility) {
        this.server = server;
        owner = server.newUser("owner");
        http = as(owner);
        var caller = server.caller(owner.name());
        project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("reviews"), "", "scrum");
        repository = server.bean(RepositoryService.class)
                .create(caller, project, GranaryServer.unique("reviewed"), "", visibility);
        path = "/v4/repositories/" + repository.id();
        commit("main", null, "a.txt", "one\ntwo\nthree\n");
    }

    Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    /** A new user with a role in the repository. */
    UserAccount member(Role role) {
        var user = server.newUser("member");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Project(project.id()), user.id(), role));
        return user;
    }

    /** Commits a new content of a file; the branch begins at another one where that is named. */
    String commit(String branch, @Nullable String from, String file, String content) {
        return commit(repository, http, branch, from, file, content);
    }

    static String commit(
            HostedRepository repository, Http http, String branch, @Nullable String from, String file, String content) {
        var body = new HashMap<String, Object>(Map.of(
                "branch",
                branch,
                "commit_message",
                "Change " + file,
                "actions",
                List.of(Map.of("action", "create", "file_path", file, "content", content))));
        if (from != null) {
            body.put("start_branch", from);
        }
        var made = http.post("/v2/projects/" + repository.id() + "/repository/commits", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        return made.result().get("id").asString();
    }

    /** Makes a request of a new branch with one new file; returns the answer. */
    JsonNode request(String branch) {
        commit(branch, "main", branch + ".txt", "new\n");
        return open(Map.of("title", "Add " + branch, "source_branch", branch, "target_branch", "main"));
    }

    JsonNode open(Map<String, ?> body) {
        var made = http.post(path + "/merge-requests", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    JsonNode show(long iid) {
        var shown = http.get(path + "/merge-requests/" + iid);
        assertThat(shown.status()).as(shown.toString()).isEqualTo(200);
        return shown.json();
    }

    Http.Answer update(long iid, Map<String, ?> body) {
        return http.put(path + "/merge-requests/" + iid, body);
    }

    Repository git() {
        return server.bean(RepositoryService.class).open(repository);
    }

    /** Where a ref is; empty when it is not there. */
    String ref(String name) {
        try (var git = git()) {
            var ref = git.exactRef(name);
            return ref == null ? "" : ref.getObjectId().name();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    HostedRepository fork(UserAccount user) {
        var made = as(user).post(
                        "/v2/projects/repositories/fork",
                        Map.of(
                                "project_name",
                                GranaryServer.unique("forks"),
                                "repo_name",
                                "copy",
                                "template_id",
                                repository.uuid()));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        return server.bean(RepositoryService.class)
                .requireByUuid(
                        server.caller(user.name()),
                        made.result().get("repositoryUuid").asString(),
                        Permission.VIEW);
    }

    /** What the notes of a request say, the oldest first. */
    List<String> notes(long iid) {
        return http.get(path + "/merge-requests/" + iid + "/system-notes?limit=100")
                .json()
                .valueStream()
                .map(note -> note.get("body").asString())
                .toList();
    }

    static Set<Long> ids(JsonNode list) {
        return list.valueStream()
                .map(entry -> entry.get("iid").longValue())
                .collect(java.util.stream.Collectors.toSet());
    }
}
