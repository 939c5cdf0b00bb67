package dev.granary.mirrors;

import static dev.granary.mirrors.MirrorFixture.await;
import static dev.granary.mirrors.MirrorFixture.ok;
import static dev.granary.mirrors.MirrorFixture.refs;
import static dev.granary.mirrors.MirrorFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.EventQuery;
import dev.granary.events.MirrorFacts;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class MirrorApiTest {
    private final MirrorFixture fixture;

    MirrorApiTest(TestDatabase database) {
        fixture = new MirrorFixture(database);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final Map<String, String> BY_RUN =
            Map.of("username", base64("admin"), "password", base64(GranaryServer.ADMIN_PASSWORD), "endpoint_uuid", "");

    @Test
    void followsTheSourceThroughIncrementsDeletionsAndRewrites() {
        var associated = fixture.associate(fixture.url());
        assertThat(MirrorFixture.names(associated))
                .containsExactlyInAnyOrder(
                        "id",
                        "repository_id",
                        "update_status",
                        "last_update_at",
                        "url",
                        "last_successful_update_at",
                        "number_of_failures",
                        "mirroring_enabled",
                        "is_private",
                        "endpoint_uuid",
                        "last_error");
        assertThat(text(associated, "url")).isEqualTo(fixture.url());
        assertThat(text(associated, "update_status")).isEqualTo("finished");
        assertThat(associated.get("mirroring_enabled").asBoolean()).isFalse();
        assertThat(List.of("number_of_failures", "endpoint_uuid", "last_error", "last_successful_update_at"))
                .allMatch(field -> associated.get(field).isNull());

        fixture.there()
                .run("update-ref", "refs/heads/side", "refs/heads/master")
                .ok();
        fixture.there()
                .run("update-ref", "refs/pull/1/head", "refs/heads/master")
                .ok();
        var first = fixture.sync(BY_RUN);
        assertThat(text(first, "state")).as(first.toString()).isEqualTo("succeeded");
        assertThat(first.get("refs_changed").asInt()).isEqualTo(2);
        assertThat(first.get("bytes").asLong()).isPositive();
        assertThat(refs(fixture.here())).contains("refs/heads/side").doesNotContain("refs/pull");
        var shown = fixture.show();
        assertThat(text(shown, "update_status")).isEqualTo("finished");
        assertThat(text(shown, "last_successful_update_at")).isNotEmpty();

        // Nothing new; then a commit and a deletion.
        assertThat(fixture.sync(BY_RUN).get("refs_changed").asInt()).isZero();
        fixture.commit("master", "c.txt");
        fixture.there().run("update-ref", "-d", "refs/heads/side").ok();
        fixture.there().run("update-ref", "-d", "refs/pull/1/head").ok();
        assertThat(fixture.sync(BY_RUN).get("refs_changed").asInt()).isEqualTo(2);
        assertThat(refs(fixture.here())).isEqualTo(refs(fixture.there()));

        // History rewritten: left alone and said, until forced.
        fixture.there()
                .run("update-ref", "refs/heads/master", "refs/heads/master~1")
                .ok();
        fixture.commit("master", "d.txt");
        var before = refs(fixture.here());
        var left = fixture.sync(BY_RUN);
        assertThat(text(left, "state")).isEqualTo("succeeded");
        assertThat(left.get("refs_left").asInt()).isEqualTo(1);
        assertThat(text(left, "error")).contains("master").contains("force_fetch");
        assertThat(text(fixture.show(), "last_error")).isEqualTo(text(left, "error"));
        assertThat(refs(fixture.here())).isEqualTo(before);
        var freshness = ok(fixture.http.get(fixture.path() + "/freshness")).json();
        assertThat(freshness.get("differing_refs").asInt()).isEqualTo(1);
        assertThat(freshness.get("differing_since").isNull()).isFalse();
        var forced = new HashMap<String, Object>(BY_RUN);
        forced.put("force_fetch", true);
        assertThat(fixture.sync(forced).get("refs_left").asInt()).isZero();
        assertThat(refs(fixture.here())).isEqualTo(refs(fixture.there()));
        assertThat(fixture.show().get("last_error").isNull()).isTrue();

        var list = ok(fixture.http.get(fixture.path() + "/runs?limit=2"));
        assertThat(list.header("X-Total")).isEqualTo("5");
        assertThat(list.json()).hasSize(2);
        assertThat(list.json().get(0).get("refs_changed").asInt()).isEqualTo(1);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void saysWhatIsWrongInBothLanguagesAndRecoversByItself(CapturedOutput output) {
        fixture.associate(fixture.url());
        var wrong = Map.of("username", base64("admin"), "password", base64("no"));
        var run = fixture.sync(wrong);
        assertThat(text(run, "state")).isEqualTo("failed");
        assertThat(text(run, "error")).contains("does not accept");
        var shown = fixture.show();
        assertThat(text(shown, "update_status")).isEqualTo("failed");
        assertThat(shown.get("number_of_failures").asInt()).isEqualTo(1);
        assertThat(text(
                        ok(fixture.http.with("X-Language", "zh-cn").get(fixture.path()))
                                .json(),
                        "last_error"))
                .isNotEqualTo(text(shown, "last_error"))
                .doesNotContain("does not accept");

        try (var relay = new Relay(fixture.origin.httpPort())) {
            var address = fixture.url().replace(":" + fixture.origin.httpPort(), ":" + relay.port());
            ok(fixture.http.put(
                    fixture.path(), Map.of("url", MirrorFixture.withPassword(address), "mirroring_enabled", true)));
            ok(fixture.http.put(fixture.path() + "/details", Map.of("interval", 1)));
            await(
                    fixture::show,
                    mirror -> !mirror.get("last_successful_update_at").isNull());
            assertThat(text(fixture.show(), "url")).isEqualTo(address).doesNotContain("admin");
            assertThat(fixture.show().get("is_private").asBoolean()).isTrue();

            relay.shut();
            await(
                    fixture::show,
                    mirror -> !mirror.get("number_of_failures").isNull()
                            && mirror.get("number_of_failures").asInt() > 1);
            assertThat(text(fixture.show(), "last_error")).contains("cannot be reached");
            var freshness = ok(fixture.http.get(fixture.path() + "/freshness")).json();
            assertThat(text(freshness, "state")).isEqualTo("failing");
            await(
                    () -> ok(fixture.http.get(fixture.path() + "/freshness")).json(),
                    fresh -> !fresh.get("late_since").isNull());
            fixture.server.bean(Lateness.class).look();
            var events = fixture.server.bean(EventLog.class);
            assertThat(told(events, EventKind.MIRROR_LATE)).singleElement().satisfies(late -> {
                assertThat(late.url()).isEqualTo(address);
                assertThat(late.direction()).isEqualTo("fetch");
                assertThat(late.failures()).isPositive();
            });
            assertThat(output.toString().lines())
                    .filteredOn(line -> line.contains("of repository " + fixture.target.id() + " ")
                            && line.contains("is late")
                            && line.contains(address))
                    .hasSize(1);
            var metrics = fixture.http.get("/actuator/prometheus").text();
            assertThat(metrics).containsPattern("granary_mirror_lag_seconds [1-9]");
            assertThat(metrics).contains("granary_mirrors{state=\"failing\"} 1").contains("granary_mirror_runs_total{");

            fixture.commit("master", "later.txt");
            relay.open();
            await(() -> refs(fixture.here()), here -> here.equals(refs(fixture.there())));
            await(
                    () -> ok(fixture.http.get(fixture.path() + "/freshness")).json(),
                    fresh -> text(fresh, "state").equals("healthy")
                            && fresh.get("late_since").isNull());
            assertThat(fixture.show().get("number_of_failures").isNull()).isTrue();
            assertThat(told(events, EventKind.MIRROR_RECOVERED)).hasSize(1);
            ok(fixture.http.delete(fixture.path()));
        }
    }

    private List<MirrorFacts> told(EventLog events, EventKind kind) {
        return events.list(new EventQuery(fixture.target.id(), Set.of(kind), null, null, null), new Slice(0, 10))
                .map(event -> events.facts(event, MirrorFacts.class))
                .items();
    }

    @Test
    void takesNoPushesWhileItFollowsOnASchedule() {
        fixture.associate(fixture.urlWithPassword());
        fixture.sync(Map.of());
        ok(fixture.http.put(fixture.path(), Map.of("mirroring_enabled", true, "sync_branch_type", "default")));
        var commit = Map.of(
                "branch",
                "master",
                "commit_message",
                "Mine",
                "actions",
                List.of(Map.of("action", "create", "file_path", "mine", "content", "mine")));
        var commits = "/v2/projects/" + fixture.target.id() + "/repository/commits";
        var refused = fixture.http.post(commits, commit);
        assertThat(refused.errorCode()).isEqualTo("CH.092106");
        assertThat(refused.errorText()).contains("follows another one");
        assertThat(fixture.http
                        .with("X-Language", "zh-cn")
                        .post(commits, commit)
                        .errorText())
                .contains("跟随");
        var branches = "/v4/repositories/" + fixture.target.id() + "/repository";
        assertThat(fixture.http
                        .post(branches + "/branches", Map.of("branch", "mine", "ref", "master"))
                        .errorCode())
                .isEqualTo("CH.092106");
        assertThat(fixture.http
                        .post(branches + "/tags", Map.of("tag_name", "mine", "ref", "master"))
                        .errorCode())
                .isEqualTo("CH.092106");
        var push = fixture.here()
                .run(
                        "push",
                        MirrorFixture.withPassword(fixture.server.url() + "/" + fixture.target.fullPath() + ".git"),
                        "master:refs/heads/mine");
        assertThat(push.exit()).isNotZero();
        assertThat(push.err()).contains("follows another one");

        ok(fixture.http.delete(fixture.path()));
        ok(fixture.http.post(commits, commit));
        assertThat(fixture.http.get(fixture.path()).errorCode()).isEqualTo("CH.092101");
    }

    @Test
    void stopsARunThatSomebodyAborts() {
        try (var relay = new Relay(fixture.origin.httpPort())) {
            var address = fixture.url().replace(":" + fixture.origin.httpPort(), ":" + relay.port());
            fixture.associate(MirrorFixture.withPassword(address));
            relay.passing = 40;
            var jid = fixture.start(Map.of());
            await(() -> fixture.run(jid), run -> text(run, "state").equals("running"));
            var second = fixture.start(Map.of());
            assertThat(second).isNotEqualTo(jid);
            assertThat(fixture.start(Map.of())).isEqualTo(second);
            assertThat(text(
                            ok(fixture.http.post(fixture.path() + "/runs/" + second + "/abort", Map.of()))
                                    .json(),
                            "state"))
                    .isEqualTo("aborted");
            ok(fixture.http.post(fixture.path() + "/runs/" + jid + "/abort", Map.of()));
            var ended = fixture.ended(jid);
            assertThat(text(ended, "state")).isEqualTo("aborted");
            assertThat(text(ended, "error")).contains("stopped");
            assertThat(fixture.show().get("number_of_failures").isNull()).isTrue();
            assertThat(fixture.http
                            .post(fixture.path() + "/runs/" + jid + "/abort", Map.of())
                            .errorCode())
                    .isEqualTo("CH.092103");
            relay.passing = Long.MAX_VALUE;
            assertThat(text(fixture.sync(Map.of()), "state")).isEqualTo("succeeded");
        }
    }

    @Test
    void plansAgainWhatWasForgotten() {
        fixture.associate(fixture.urlWithPassword());
        Scopes.write(
                fixture.server,
                jdbc -> jdbc.sql("UPDATE mirror SET scheduled = TRUE, next_run_at = 1 WHERE repository_id = :id")
                        .param("id", fixture.target.id())
                        .update());
        fixture.server.bean(ForgottenRuns.class).look();
        await(fixture::show, mirror -> !mirror.get("last_successful_update_at").isNull());
        ok(fixture.http.delete(fixture.path()));
    }

    @Test
    void usesStoredCredentialsOnlyWhereTheyBelong() {
        var endpoints = "/v4/projects/" + fixture.project.uuid() + "/remote-endpoints";
        var made = ok(fixture.http.post(
                        endpoints,
                        Map.of(
                                "name",
                                "origin",
                                "url",
                                fixture.origin.url(),
                                "username",
                                "admin",
                                "password",
                                "wrong")))
                .json();
        assertThat(made.toString()).doesNotContain("wrong");
        var uuid = text(made, "endpoint_uuid");
        assertThat(fixture.http
                        .post(endpoints, Map.of("name", "origin", "url", fixture.origin.url(), "password", "x"))
                        .errorCode())
                .isEqualTo("CH.092108");
        fixture.associate(fixture.url());
        var changed = ok(fixture.http.put(fixture.path(), Map.of("endpoint_uuid", uuid)))
                .json();
        assertThat(MirrorFixture.names(changed))
                .containsExactlyInAnyOrder("url", "mirroring_enabled", "endpoint_uuid", "sync_branch_type");
        assertThat(text(fixture.sync(Map.of()), "state")).isEqualTo("failed");
        ok(fixture.http.put(
                endpoints + "/" + uuid, Map.of("username", "admin", "password", GranaryServer.ADMIN_PASSWORD)));
        assertThat(text(fixture.sync(Map.of()), "state")).isEqualTo("succeeded");
        assertThat(fixture.http.delete(endpoints + "/" + uuid).errorCode()).isEqualTo("CH.092109");
        assertThat(fixture.http
                        .put(fixture.path(), Map.of("url", "https://elsewhere.example/a.git"))
                        .errorCode())
                .isEqualTo("CH.092110");
        ok(fixture.http.put(fixture.path(), Map.of("endpoint_uuid", "")));
        ok(fixture.http.delete(endpoints + "/" + uuid));
        assertThat(ok(fixture.http.get(endpoints)).header("X-Total")).isEqualTo("0");
    }

    @Test
    void pushesToAnotherServer() {
        var there = fixture.path() + "?direction=push";
        fixture.associate(fixture.urlWithPassword());
        fixture.sync(Map.of());
        ok(fixture.http.post(
                "/v4/repositories/" + fixture.target.id() + "/repository/branches",
                Map.of("branch", "made-here", "ref", "master")));
        ok(fixture.http.post(fixture.path() + "/associate?direction=push", Map.of("url", fixture.urlWithPassword())));
        var jid = text(ok(fixture.http.post(there, Map.of())).json(), "jid");
        var run = fixture.ended(jid);
        assertThat(text(run, "state")).as(run.toString()).isEqualTo("succeeded");
        assertThat(text(run, "direction")).isEqualTo("push");
        assertThat(refs(fixture.there())).contains("refs/heads/made-here");
        assertThat(text(ok(fixture.http.get(there)).json(), "last_successful_update_at"))
                .isNotEmpty();

        // By itself from now on, and pushes here go on.
        ok(fixture.http.delete(fixture.path()));
        ok(fixture.http.put(fixture.path() + "/details?direction=push", Map.of("interval", 1)));
        ok(fixture.http.put(there, Map.of("mirroring_enabled", true)));
        ok(fixture.http.post(
                "/v4/repositories/" + fixture.target.id() + "/repository/branches",
                Map.of("branch", "made-later", "ref", "master")));
        await(() -> refs(fixture.there()), refs -> refs.contains("refs/heads/made-later"));
        await(
                () -> ok(fixture.http.get(fixture.path() + "/freshness?direction=push"))
                        .json(),
                fresh -> text(fresh, "state").equals("healthy"));
        ok(fixture.http.delete(there));
    }

    @Test
    void refusesStrangersWeakRolesAndBadInput() {
        var nobody = fixture.server.asNobody();
        var stranger = as(null);
        var developer = as(Role.DEVELOPER);
        var body = Map.of("url", fixture.url());
        for (var path : List.of(fixture.path(), fixture.path() + "/runs", fixture.path() + "/details")) {
            assertThat(nobody.get(path).status()).isEqualTo(401);
            assertThat(stranger.get(path).status()).isEqualTo(404);
            assertThat(developer.get(path).status()).isEqualTo(403);
        }
        var associate = fixture.path() + "/associate";
        assertThat(nobody.post(associate, body).errorCode()).isEqualTo("CH.00000002");
        assertThat(stranger.post(associate, body).errorCode()).isEqualTo("CH.00402000");
        var forbidden = developer.post(associate, body);
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.errorCode()).isEqualTo("CH.00401001");
        assertThat(nobody.post(fixture.path(), Map.of()).status()).isEqualTo(401);
        assertThat(stranger.post(fixture.path(), Map.of()).errorCode()).isEqualTo("CH.004404");
        assertThat(developer.post(fixture.path(), Map.of()).errorCode()).isEqualTo("CH.004403");
        assertThat(fixture.http.post(fixture.path(), Map.of()).errorCode()).isEqualTo("CH.092101");

        var endpoints = "/v4/projects/" + fixture.project.uuid() + "/remote-endpoints";
        var retry = "/v4/repositories/" + fixture.target.id() + "/import/retry";
        assertThat(nobody.get(endpoints).status()).isEqualTo(401);
        assertThat(stranger.get(endpoints).status()).isEqualTo(404);
        assertThat(developer.post(endpoints, Map.of("name", "x")).status()).isIn(403, 404);
        assertThat(nobody.post(retry, Map.of()).status()).isEqualTo(401);
        assertThat(stranger.post(retry, Map.of()).status()).isEqualTo(404);
        assertThat(developer.post(retry, Map.of()).status()).isEqualTo(403);

        for (var url : List.of("", "no address", "file:///etc", "git://host/a.git", "http://10.0.0.1/a.git")) {
            var refused = fixture.http.post(associate, Map.of("url", url));
            assertThat(refused.status()).as(url).isEqualTo(400);
            assertThat(fixture.http
                            .with("X-Language", "zh-cn")
                            .post(associate, Map.of("url", url))
                            .errorText())
                    .isNotEqualTo(refused.errorText());
        }
        fixture.associate(fixture.url());
        for (var bad :
                List.<Map<String, Object>>of(Map.of("username", "not base64!"), Map.of("endpoint_uuid", "unknown"))) {
            assertThat(fixture.http.post(fixture.path(), bad).status()).isIn(400, 404);
        }
        assertThat(fixture.http
                        .put(fixture.path(), Map.of("sync_branch_type", "some"))
                        .status())
                .isEqualTo(400);
        assertThat(fixture.http
                        .put(fixture.path() + "/details", Map.of("ref_specs", List.of("refs/pull/*")))
                        .status())
                .isEqualTo(400);
        assertThat(fixture.http.get(fixture.path() + "?direction=up").status()).isEqualTo(400);
        assertThat(ok(fixture.http.get(fixture.path() + "/runs")).header("X-Total"))
                .isEqualTo("0");
    }

    private Http as(@Nullable Role role) {
        var user = fixture.server.newUser("mirror");
        if (role != null) {
            fixture.server
                    .bean(TransactionTemplate.class)
                    .executeWithoutResult(_ -> fixture.server
                            .bean(AccessService.class)
                            .assign(
                                    fixture.server.admin().id(),
                                    new Scope.Repository(fixture.target.id()),
                                    user.id(),
                                    role));
        }
        return fixture.server.http(user.name(), GranaryServer.PASSWORD);
    }
}
