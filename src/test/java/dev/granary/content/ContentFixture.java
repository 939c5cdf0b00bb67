package dev.granary.content;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A repository of a test's own and the requests that tests of this package repeat. */
final class ContentFixture {
    final GranaryServer server;
    final HostedRepository repository;
    final Http http;

    ContentFixture(GranaryServer server) {
        this(server, 0);
    }

    ContentFixture(GranaryServer server, int visibility) {
        this.server = server;
        var admin = server.admin();
        var name = GranaryServer.unique("content");
        var project = server.bean(ProjectService.class).create(admin, name, "", "scrum");
        repository = server.bean(RepositoryService.class).create(admin, project, name, "", visibility);
        http = server.asAdmin();
    }

    String v2() {
        return "/v2/projects/" + repository.id() + "/repository";
    }

    String v4() {
        return "/v4/repositories/" + repository.id() + "/repository";
    }

    /** An action out of name and value pairs. */
    static Map<String, Object> action(String kind, String path, Object... more) {
        var action = new LinkedHashMap<String, Object>(Map.of("action", kind, "file_path", path));
        for (var index = 0; index < more.length; index += 2) {
            action.put((String) more[index], more[index + 1]);
        }
        return action;
    }

    static Map<String, Object> create(String path, String content) {
        return action("create", path, "content", content);
    }

    static Map<String, Object> update(String path, String content) {
        return action("update", path, "content", content);
    }

    @SafeVarargs
    static Map<String, Object> commit(String branch, Map<String, Object>... actions) {
        return new LinkedHashMap<>(Map.of(
                "branch",
                branch,
                "commit_message",
                "Change " + branch,
                "actions",
                List.copyOf(Arrays.asList(actions))));
    }

    /** Commits through v2; fails the test unless that works. Returns the commit's id. */
    @SafeVarargs
    final String commits(String branch, Map<String, Object>... actions) {
        return ok(post(commit(branch, actions))).result().get("id").asString();
    }

    Http.Answer post(Object body) {
        return http.post(v2() + "/commits", body);
    }

    static Http.Answer ok(Http.Answer answer) {
        if (answer.status() >= 300) {
            throw new AssertionError(answer);
        }
        return answer;
    }

    /** The content of a file as the API gives it. */
    String read(String ref, String path) {
        var content = ok(http.get(v2() + "/files?ref=" + encode(ref) + "&file_path=" + encode(path)))
                .result()
                .get("content")
                .asString();
        return new String(java.util.Base64.getDecoder().decode(content), java.nio.charset.StandardCharsets.UTF_8);
    }

    static String encode(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    /** The repository's folder, for native git. */
    java.nio.file.Path folder() {
        var uuid = repository.uuid();
        return server.dataFolder()
                .resolve("repositories")
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + ".git");
    }

    /** Makes a commit of entries as {@code git ls-tree} prints them, past the API, as a push could. */
    void push(List<String> entries) throws IOException {
        var index = folder().resolve("test-index");
        var file = Files.createTempFile("entries", "");
        Files.writeString(file, String.join("\0", entries) + "\0");
        var git = Git.in(folder());
        var with = git.with("GIT_INDEX_FILE", index.toString());
        with.program(List.of("sh", "-c", "git update-index -z --index-info < " + file))
                .ok();
        var tree = with.ok("write-tree");
        git.ok("update-ref", "refs/heads/master", git.ok("commit-tree", "-m", "pushed", tree));
        Files.delete(file);
        Files.deleteIfExists(index);
    }

    static byte[] noise(int length) {
        var bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }
}
