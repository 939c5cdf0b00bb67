package dev.granary.mirrors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** A private repository on one server, with two commits on {@code master}, and an empty one on another that may call it. */
final class MirrorFixture {
    private static final Map<TestDatabase, GranaryServer> MIRRORING = new EnumMap<>(TestDatabase.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final GranaryServer origin;
    final GranaryServer server;
    final HostedRepository source;
    final Project project;
    final HostedRepository target;
    final Http http;

    MirrorFixture(TestDatabase database) {
        this(GranaryServer.shared(database), mirroring(database));
    }

    MirrorFixture(GranaryServer origin, GranaryServer server) {
        this.origin = origin;
        this.server = server;
        var admin = origin.admin();
        var name = GranaryServer.unique("source");
        var there = origin.bean(ProjectService.class).create(admin, name, "", "scrum");
        source = origin.bean(RepositoryService.class).create(admin, there, name, "", 0);
        commit("master", "a.txt");
        commit("master", "b.txt");
        project =
                server.bean(ProjectService.class).create(server.admin(), GranaryServer.unique("Mirrors"), "", "scrum");
        target = repository();
        http = server.asAdmin();
    }

    /** A server whose mirrors are quick to try again, shared by the tests of an engine. */
    private static synchronized GranaryServer mirroring(TestDatabase database) {
        return MIRRORING.computeIfAbsent(database, engine -> {
            var started = GranaryServer.start(
                    engine,
                    "--granary.outbound-allow=127.0.0.0/8",
                    "--granary.mirrors.retry-after=200ms",
                    "--granary.jobs.poll=100ms");
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            return started;
        });
    }

    HostedRepository repository() {
        return server.bean(RepositoryService.class)
                .create(server.admin(), project, GranaryServer.unique("copy"), "", 0);
    }

    String url() {
        return origin.url() + "/" + source.fullPath() + ".git";
    }

    String urlWithPassword() {
        return withPassword(url());
    }

    static String withPassword(String url) {
        return url.replace("//", "//admin:" + GranaryServer.ADMIN_PASSWORD.replace(" ", "%20") + "@");
    }

    /** Commits a new file at the source. */
    void commit(String branch, String path) {
        ok(origin.asAdmin()
                .post(
                        "/v2/projects/" + source.id() + "/repository/commits",
                        Map.of(
                                "branch",
                                branch,
                                "commit_message",
                                "Add " + path,
                                "actions",
                                List.of(Map.of("action", "create", "file_path", path, "content", path)))));
    }

    /** Native git in the source's folder. */
    Git there() {
        return folder(origin, source);
    }

    Git here() {
        return folder(server, target);
    }

    static Git folder(GranaryServer server, HostedRepository repository) {
        var uuid = repository.uuid();
        return Git.in(server.dataFolder()
                .resolve("repositories")
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + ".git"));
    }

    static String refs(Git git) {
        return git.run("for-each-ref", "--format=%(objectname) %(refname)").ok().out();
    }

    String path() {
        return path(target);
    }

    static String path(HostedRepository repository) {
        return "/v4/repositories/" + repository.id() + "/remote-mirror";
    }

    static Http.Answer ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return answer;
    }

    JsonNode associate(String url) {
        return ok(http.post(path() + "/associate", Map.of("url", url))).json();
    }

    String start(Map<String, ?> body) {
        return ok(http.post(path(), body)).json().get("jid").asString();
    }

    JsonNode show() {
        return ok(http.get(path())).json();
    }

    JsonNode run(String jid) {
        return ok(http.get(path() + "/runs/" + jid)).json();
    }

    /** The run as it is when it has ended. */
    JsonNode ended(String jid) {
        return await(() -> run(jid), run -> !List.of("queued", "running").contains(text(run, "state")));
    }

    /** Starts the mirror and waits for its end. */
    JsonNode sync(Map<String, ?> body) {
        return ended(start(body));
    }

    /** Empty for null. */
    static String text(JsonNode json, String field) {
        return json.get(field).isNull() ? "" : json.get(field).asString();
    }

    static List<String> names(JsonNode json) {
        return new ArrayList<>(json.propertyNames());
    }

    static <T> T await(Supplier<T> value, Predicate<T> condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var last = value.get();
        while (!condition.test(last)) {
            assertThat(System.nanoTime())
                    .as("Waited in vain; last seen: " + last)
                    .isLessThan(end);
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            last = value.get();
        }
        return last;
    }
}
