package dev.granary.mirrors;

import static dev.granary.mirrors.MirrorFixture.ok;
import static dev.granary.mirrors.MirrorFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.granary.testing.GranaryProcess;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed in the middle of a run and of an import. */
class MirrorCrashIT {
    @TempDir
    Path folder;

    @Test
    void goesOnAfterAKillUnderTheSameJid() throws Exception {
        var origin =
                new MirrorFixture(GranaryServer.shared(TestDatabase.SQLITE), GranaryServer.shared(TestDatabase.SQLITE));
        try (var relay = new Relay(origin.origin.httpPort());
                var process = GranaryProcess.start(folder, Map.of("GRANARY_OUTBOUND_ALLOW", "127.0.0.0/8"))) {
            relay.passing = 40;
            var address = origin.urlWithPassword().replace(":" + origin.origin.httpPort(), ":" + relay.port());
            var http = process.http();
            var project = ok(http.post("/v4/project", Map.of("project_name", "Crash", "project_type", "scrum")))
                    .json()
                    .get("project_id")
                    .asString();
            var mirror = create(http, project, "mirror", Map.of());
            var imported = create(
                    http,
                    project,
                    "imported",
                    Map.of("import_url", Base64.getEncoder().encodeToString(address.getBytes(StandardCharsets.UTF_8))));
            ok(http.post(mirror + "/associate", Map.of("url", address)));
            var jid = text(ok(http.post(mirror, Map.of())).json(), "jid");
            for (var path : List.of(mirror, imported)) {
                MirrorFixture.await(
                        () -> ok(http.get(path + "/runs")).json(),
                        runs -> text(runs.get(0), "state").equals("running"));
            }
            process.kill();
            relay.passing = Long.MAX_VALUE;
            process.startAgain();
            var run = MirrorFixture.await(
                    () -> ok(http.get(mirror + "/runs/" + jid)).json(),
                    ended -> !ended.get("ended_at").isNull());
            assertThat(text(run, "state")).isEqualTo("succeeded");
            assertThat(run.get("attempts").asInt()).isEqualTo(2);
            assertThat(run.get("refs_changed").asInt()).isEqualTo(1);
            MirrorFixture.await(
                    () -> ok(http.get(imported.replace("/remote-mirror", ""))).json(),
                    detail -> text(detail, "import_status").equals("finished"));
            assertThat(ok(http.get(imported.replace("remote-mirror", "repository/branches")))
                            .json())
                    .hasSize(1);
            assertThat(process.log())
                    .contains("is taken up again")
                    .doesNotContain(GranaryServer.ADMIN_PASSWORD)
                    .doesNotContain(GranaryServer.ADMIN_PASSWORD.replace(" ", "%20"));
        }
    }

    /** Two nodes on one PostgreSQL, of which the one that works on a run dies. */
    @Test
    void anotherNodeGoesOnWhenOneIsDead() throws Exception {
        assumeThat(System.getProperty("database", "POSTGRESQL")).isEqualTo("POSTGRESQL");
        var database = TestDatabase.POSTGRESQL.settings();
        var shared = GranaryServer.shared(TestDatabase.POSTGRESQL);
        var origin = new MirrorFixture(shared, shared);
        try (var relay = new Relay(shared.httpPort());
                var process = GranaryProcess.start(
                        folder,
                        Map.of(
                                "GRANARY_OUTBOUND_ALLOW",
                                "127.0.0.0/8",
                                "GRANARY_DATABASE_URL",
                                value(database.get(0)),
                                "GRANARY_DATABASE_USER",
                                value(database.get(1)),
                                "GRANARY_JOBS_HEARTBEAT",
                                "2s"))) {
            relay.passing = 40;
            var http = process.http();
            var project = ok(http.post("/v4/project", Map.of("project_name", "Nodes", "project_type", "scrum")))
                    .json()
                    .get("project_id")
                    .asString();
            var mirror = create(http, project, "mirror", Map.of());
            ok(http.post(
                    mirror + "/associate",
                    Map.of("url", origin.urlWithPassword().replace(":" + shared.httpPort(), ":" + relay.port()))));
            var jid = text(ok(http.post(mirror, Map.of())).json(), "jid");
            MirrorFixture.await(
                    () -> ok(http.get(mirror + "/runs")).json(),
                    runs -> text(runs.get(0), "state").equals("running"));
            var second = Files.createDirectory(folder.resolve("second"));
            Files.createDirectory(second.resolve("secrets"));
            Files.copy(folder.resolve("data/secrets/key"), second.resolve("secrets/key"));
            Files.createSymbolicLink(second.resolve("repositories"), folder.resolve("data/repositories"));
            try (var node = GranaryServer.start(
                    TestDatabase.POSTGRESQL,
                    database.get(0),
                    database.get(1),
                    "--granary.data-dir=" + second,
                    "--granary.outbound-allow=127.0.0.0/8",
                    "--granary.jobs.heartbeat=2s")) {
                var path = mirror + "/runs/" + jid;
                assertThat(ok(node.asAdmin().get(path)).json().get("attempts").asInt())
                        .as("as long as the first lives, it is the first's")
                        .isEqualTo(1);
                process.kill();
                relay.passing = Long.MAX_VALUE;
                var run = MirrorFixture.await(
                        () -> ok(node.asAdmin().get(path)).json(),
                        ended -> !ended.get("ended_at").isNull());
                assertThat(text(run, "state")).isEqualTo("succeeded");
                assertThat(run.get("attempts").asInt()).isEqualTo(2);
            }
        }
    }

    private static String value(String argument) {
        return argument.substring(argument.indexOf('=') + 1);
    }

    private static String create(Http http, String project, String name, Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of("name", name, "project_uuid", project));
        body.putAll(more);
        var uuid = ok(http.post("/v1/repositories", body))
                .result()
                .get("repository_uuid")
                .asString();
        var id = ok(http.get("/v2/repositories/" + uuid))
                .result()
                .get("repository_id")
                .asLong();
        return "/v4/repositories/" + id + "/remote-mirror";
    }
}
