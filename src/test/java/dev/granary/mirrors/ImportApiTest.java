package dev.granary.mirrors;

import static dev.granary.mirrors.MirrorFixture.await;
import static dev.granary.mirrors.MirrorFixture.ok;
import static dev.granary.mirrors.MirrorFixture.refs;
import static dev.granary.mirrors.MirrorFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Permission;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class ImportApiTest {
    private final MirrorFixture fixture;
    private final Http http;

    ImportApiTest(TestDatabase database) {
        fixture = new MirrorFixture(database);
        http = fixture.server.asAdmin();
    }

    private HostedRepository create(String url) {
        var uuid = ok(http.post(
                        "/v1/repositories",
                        Map.of(
                                "name",
                                GranaryServer.unique("imported"),
                                "project_uuid",
                                fixture.project.uuid(),
                                "enable_readme",
                                1,
                                "import_url",
                                Base64.getEncoder().encodeToString(url.getBytes(StandardCharsets.UTF_8)))))
                .result()
                .get("repository_uuid")
                .asString();
        return find(uuid);
    }

    private HostedRepository find(String uuid) {
        return fixture.server
                .bean(RepositoryService.class)
                .requireByUuid(fixture.server.admin(), uuid, Permission.VIEW);
    }

    private int status(HostedRepository repository) {
        return ok(http.get("/v1/repositories/" + repository.uuid() + "/status"))
                .result()
                .asInt();
    }

    private JsonNode detail(HostedRepository repository) {
        return ok(http.get("/v4/repositories/" + repository.id())).json();
    }

    private JsonNode record(HostedRepository repository) {
        return ok(http.get("/v4/user/repository-import-records?search=" + repository.name()))
                .json()
                .get(0);
    }

    @Test
    void answersAtOnceAndKeepsTheDefaultBranch() {
        fixture.there()
                .run("update-ref", "refs/heads/trunk", "refs/heads/master")
                .ok();
        fixture.there().run("symbolic-ref", "HEAD", "refs/heads/trunk").ok();
        try (var relay = new Relay(fixture.origin.httpPort())) {
            relay.passing = 40;
            var made = create(fixture.urlWithPassword().replace(":" + fixture.origin.httpPort(), ":" + relay.port()));
            assertThat(made.status()).isEqualTo(HostedRepository.CREATING);
            assertThat(text(detail(made), "import_status")).isEqualTo("started");
            assertThat(text(detail(made), "import_url")).doesNotContain("admin").contains(":" + relay.port());
            assertThat(text(record(made), "state")).isEqualTo("importing");
            assertThat(record(made).get("finished_at").isNull()).isTrue();
            var clone = fixture.here()
                    .run(
                            "ls-remote",
                            MirrorFixture.withPassword(fixture.server.url() + "/" + made.fullPath() + ".git"));
            assertThat(clone.exit()).isNotZero();
            var runs = MirrorFixture.path(made) + "/runs";
            var jid = await(
                            () -> ok(http.get(runs)).json(),
                            list -> text(list.get(0), "state").equals("running"))
                    .get(0)
                    .get("jid")
                    .asString();
            // It is given up, and tried again when the other side answers.
            ok(http.post(runs + "/" + jid + "/abort", Map.of()));
            relay.passing = Long.MAX_VALUE;
            await(() -> status(made), status -> status == HostedRepository.FAILED);
            assertThat(text(detail(made), "import_status")).isEqualTo("failed");
            assertThat(text(detail(made), "import_error")).contains("stopped");
            assertThat(fixture.http
                            .with("X-Language", "zh-cn")
                            .get("/v4/repositories/" + made.id())
                            .text())
                    .contains("中止");
            assertThat(text(record(made), "state")).isEqualTo("fail");
            assertThat(text(record(made), "error_message")).contains("stopped");

            var again = ok(http.post(
                    "/v4/repositories/" + made.id() + "/import/retry",
                    Map.of(
                            "username",
                            Base64.getEncoder().encodeToString("admin".getBytes(StandardCharsets.UTF_8)),
                            "password",
                            Base64.getEncoder()
                                    .encodeToString(GranaryServer.ADMIN_PASSWORD.getBytes(StandardCharsets.UTF_8)))));
            assertThat(text(again.json(), "trigger")).isEqualTo("import");
            await(() -> status(made), status -> status == HostedRepository.READY);
            assertThat(find(made.uuid()).defaultBranch()).isEqualTo("trunk");
            assertThat(refs(MirrorFixture.folder(fixture.server, made))).isEqualTo(refs(fixture.there()));
            assertThat(text(detail(made), "import_status")).isEqualTo("finished");
            assertThat(detail(made).get("import_error").isNull()).isTrue();
            var record = record(made);
            assertThat(text(record, "state")).isEqualTo("finished");
            assertThat(text(record, "finished_at")).isNotEmpty();
            assertThat(text(record, "origin_full_name")).isEqualTo(fixture.source.fullPath());
            assertThat(http.post("/v4/repositories/" + made.id() + "/import/retry", Map.of())
                            .errorCode())
                    .isEqualTo("CH.092112");

            // A mirror of what it came from has been up to date once.
            var mirror = ok(http.post(
                            MirrorFixture.path(made) + "/associate", Map.of("url", text(detail(made), "import_url"))))
                    .json();
            assertThat(text(mirror, "last_successful_update_at")).isEqualTo(text(record, "finished_at"));
        }
    }

    @Test
    void isNeverReadyWhereItFailed() {
        var made = create(fixture.url().replace(fixture.source.name() + ".git", "missing.git"));
        await(() -> status(made), status -> status == HostedRepository.FAILED);
        assertThat(text(detail(made), "import_error")).isNotEmpty();
        assertThat(ok(http.get("/v4/user/repository-import-records?state=finished&search=" + made.name()))
                        .header("X-Total"))
                .isEqualTo("0");
        assertThat(ok(http.get("/v4/user/repository-import-records?state=fail&source_type=git&order_by=size&sort=asc"
                                + "&created_after=2020-01-01&search="
                                + made.name()))
                        .header("X-Total"))
                .isEqualTo("1");
        for (var bad : new String[] {"state=lost", "source_type=cvs", "order_by=id", "sort=up", "created_after=then"}) {
            assertThat(http.get("/v4/user/repository-import-records?" + bad).status())
                    .as(bad)
                    .isEqualTo(400);
        }
        assertThat(fixture.server
                        .asNobody()
                        .get("/v4/user/repository-import-records")
                        .status())
                .isEqualTo(401);
        ok(http.delete("/v1/repositories/" + made.uuid()));
        assertThat(http.get("/v1/repositories/" + made.uuid() + "/status").status())
                .isEqualTo(404);
    }
}
