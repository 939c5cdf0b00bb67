package dev.granary.refs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.kernel.Scope;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** A private repository of a test's own with one commit on {@code master}, and requests about its refs. */
final class RefFixture {
    final GranaryServer server;
    final HostedRepository repository;
    final Http http;
    final String first;

    RefFixture(GranaryServer server) {
        this.server = server;
        var name = GranaryServer.unique("refs");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        http = server.asAdmin();
        first = commit("master", "a.txt");
    }

    /** Commits a new file; returns the commit's id. */
    String commit(String branch, String path) {
        var action = Map.of("action", "create", "file_path", path, "content", path);
        var answer = http.post(
                "/v2/projects/" + repository.id() + "/repository/commits",
                Map.of("branch", branch, "commit_message", "Add " + path, "actions", List.of(action)));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.result().get("id").asString();
    }

    String v4() {
        return "/v4/repositories/" + repository.id() + "/repository";
    }

    String v2() {
        return "/v2/repositories/" + repository.id();
    }

    JsonNode branch(String name, String ref) {
        var answer = http.post(v4() + "/branches", Map.of("branch", name, "ref", ref));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.json();
    }

    JsonNode show(String branch) {
        var answer = http.get(v4() + "/branch?branch_name=" + encode(branch));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.json();
    }

    /** The names of a v4 list. */
    List<String> names(String pathAndQuery) {
        return names(http, pathAndQuery);
    }

    List<String> names(Http client, String pathAndQuery) {
        var answer = client.get(v4() + pathAndQuery);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        var names = new ArrayList<String>();
        answer.json()
                .forEach(item -> names.add(
                        item.isString() ? item.asString() : item.get("name").asString()));
        return names;
    }

    Http as(Role role) {
        var user = server.newUser("ref");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Repository(repository.id()), user.id(), role));
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    Http stranger() {
        return server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
    }

    /** Native git in the repository's folder. */
    Git git() {
        var uuid = repository.uuid();
        return Git.in(server.dataFolder()
                .resolve("repositories")
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + ".git"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
