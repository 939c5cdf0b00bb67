package dev.granary.webhooks;

import static dev.granary.webhooks.WebhookFixture.awaitCalls;
import static dev.granary.webhooks.WebhookFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Receiver;
import dev.granary.testing.Receiver.Call;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What receivers are sent, when, and in which order. */
@OnBothDatabases
class WebhookDeliveryTest {
    private static final int COMMITS = 5;
    private static final Map<String, Boolean> PUSHES = Map.of("push_events", true);

    private final TestDatabase database;
    private final WebhookFixture fixture;
    private final Receiver receiver = new Receiver();

    WebhookDeliveryTest(TestDatabase database) {
        this.database = database;
        fixture = new WebhookFixture(database);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private static List<String> files(List<Call> calls) {
        return calls.stream()
                .map(call -> call.json().at("/commits/0/added/0").asString())
                .toList();
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(number -> "f" + number).toList();
    }

    @Test
    void pushesAreToldWithWhatTheyBroughtAtEveryPlaceAbove() throws Exception {
        var scopes = fixture.scopes;
        var body = Map.of("push_events", true, "token", "s3cret", "token_type", "x-gitlab-token");
        fixture.hook(scopes.repositoryPath(), receiver.url("/r"), body);
        fixture.hook(scopes.outerPath(), receiver.url("/g"), PUSHES);
        fixture.hook(scopes.projectPath(), receiver.url("/p"), PUSHES);
        var one = fixture.commit("main", "a.txt");
        var two = fixture.commit("main", "b.txt");
        var calls = awaitCalls(receiver, "/r", 2);
        var push = calls.get(1);
        assertThat(push.text("object_kind")).isEqualTo("push");
        assertThat(push.text("before")).isEqualTo(one);
        assertThat(push.text("after")).isEqualTo(two).isEqualTo(push.text("checkout_sha"));
        assertThat(push.text("ref")).isEqualTo("refs/heads/main");
        assertThat(push.text("user_username")).isEqualTo("admin");
        assertThat(push.json().get("total_commits_count").asInt()).isOne();
        assertThat(push.json().at("/project/path_with_namespace").asString())
                .isEqualTo(scopes.repository().fullPath());
        assertThat(push.json().at("/repository/git_http_url").asString()).endsWith(".git");
        var commit = push.json().at("/commits/0");
        assertThat(commit.get("id").asString()).isEqualTo(two);
        assertThat(commit.get("added").toString()).isEqualTo("[\"b.txt\"]");
        assertThat(commit.get("modified").isEmpty()).isTrue();
        assertThat(calls.getFirst().text("before")).isEqualTo("0".repeat(40));

        assertThat(push.header("X-gitlab-token")).isEqualTo("s3cret");
        assertThat(push.header("X-gitlab-event")).isEqualTo("Push Hook");
        assertThat(push.header("X-gitlab-event-uuid")).isEqualTo(push.text("uuid"));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(push.header("X-hub-signature-256"))
                .isEqualTo("sha256="
                        + HexFormat.of().formatHex(mac.doFinal(push.body().getBytes(StandardCharsets.UTF_8))));
        for (var path : List.of("/g", "/p")) {
            var above = awaitCalls(receiver, path, 2);
            assertThat(above.get(1).body()).isEqualTo(push.body());
            assertThat(above.get(1).header("X-hub-signature-256")).isEmpty();
        }
    }

    @Test
    void everyKindOfEventIsTold() {
        var scopes = fixture.scopes;
        var http = fixture.http;
        var everything = Map.of(
                "push_events", false,
                "tag_push_events", true,
                "merge_requests_events", true,
                "note_events", true,
                "pipeline_events", true,
                "repository_update_events", true,
                "member_events", true,
                "mirror_events", true);
        fixture.hook(scopes.projectPath(), receiver.url("/p"), everything);
        var path = scopes.repositoryPath();
        var id = scopes.repository().id();
        var tip = fixture.commit("main", "a.txt");
        ok(http.post("/v2/repositories/" + id + "/tags", Map.of("tag_name", "v1", "ref", "main", "message", "First")));
        var branch = fixture.commit("topic", "b.txt");
        var request = ok(http.post(
                        path + "/merge-requests",
                        Map.of("title", "Add b", "source_branch", "topic", "target_branch", "main")))
                .json();
        var iid = request.get("iid").asLong();
        ok(http.post(
                "/v2/repositories/" + id + "/merge_requests/" + iid + "/discussions",
                Map.of("body", "Why?", "severity", "suggestion")));
        ok(http.post(path + "/statuses/" + tip, Map.of("state", "success", "name", "build", "ref", "main")));
        ok(http.put(path + "/merge-requests/" + iid + "/merge", Map.of()));
        ok(http.delete("/v1/repositories/" + scopes.repository().uuid()));
        var calls = awaitCalls(receiver, "/p", 6);
        var told = calls.stream()
                .map(call -> call.text("object_kind") + call.text("event_name"))
                .toList();
        assertThat(told)
                .startsWith("tag_pushtag_push", "merge_request", "note", "pipeline", "merge_request")
                .endsWith("project_destroy");
        assertThat(calls.getFirst().text("message")).contains("First");
        assertThat(calls.getFirst().text("checkout_sha")).isEqualTo(tip);
        var opened = calls.get(1).json();
        assertThat(opened.at("/object_attributes/action").asString()).isEqualTo("open");
        assertThat(opened.at("/object_attributes/title").asString()).isEqualTo("Add b");
        assertThat(opened.at("/object_attributes/last_commit/id").asString()).isEqualTo(branch);
        assertThat(opened.at("/user/username").asString()).isEqualTo("admin");
        assertThat(calls.get(2).json().at("/object_attributes/note").asString()).isEqualTo("Why?");
        assertThat(calls.get(2).json().at("/merge_request/iid").asLong()).isEqualTo(iid);
        assertThat(calls.get(3).json().at("/object_attributes/status").asString())
                .isEqualTo("success");
        assertThat(calls.get(4).json().at("/object_attributes/action").asString())
                .isEqualTo("merge");
        assertThat(calls.getLast().text("path_with_namespace"))
                .isEqualTo(scopes.repository().fullPath());
        assertThat(calls)
                .extracting(call -> call.text("uuid"))
                .doesNotHaveDuplicates()
                .allMatch(uuid -> uuid.length() == 32);

        // What happens in the project beside its repositories.
        var member = fixture.server.newUser("member");
        ok(http.post(
                scopes.projectPath() + "/member", Map.of("user_id", member.uuid(), "role_id", 4, "domain_id", "")));
        var added = awaitCalls(receiver, "/p", calls.size() + 1).getLast();
        assertThat(added.text("event_name")).isEqualTo("user_add_to_group");
        assertThat(added.text("user_username")).isEqualTo(member.name());
        assertThat(added.json().at("/actor/username").asString())
                .isEqualTo(fixture.server.admin().name());
    }

    @Test
    void whatFailsHoldsUpWhatIsLaterUntilItArrives() {
        receiver.on("/r", Receiver.status(503));
        var hook = fixture.hook(fixture.scopes.repositoryPath(), receiver.url("/r"), PUSHES);
        numbered(3).forEach(file -> fixture.commit("main", file));
        awaitCalls(receiver, "/r", 3);
        assertThat(files(receiver.calls("/r"))).containsOnly("f0");
        assertThat(receiver.calls("/r"))
                .extracting(Call::body)
                .containsOnly(receiver.calls("/r").getFirst().body());
        assertThat(fixture.state(hook).get("failure").asString()).isEqualTo("HTTP 503");
        receiver.on("/r", Receiver.status(204));
        await().untilAsserted(() -> assertThat(files(receiver.calls("/r"))).endsWith("f0", "f1", "f2"));
        await().untilAsserted(() ->
                assertThat(fixture.state(hook).get("pending").asInt()).isZero());
        assertThat(fixture.state(hook).get("failing_since").isNull()).isTrue();
        var logs = fixture.logs(hook);
        assertThat(logs.get(0).get("response_status").asString()).isEqualTo("204");
        assertThat(logs.get(logs.size() - 1).get("response_status").asString()).isEqualTo("503");
    }

    @Test
    void whatDoesNotArriveInTimeIsGivenUpAndSentAgainWhenAsked() {
        receiver.on("/r", Receiver.redirect(receiver.url("/elsewhere")));
        var hook = fixture.hook(fixture.scopes.repositoryPath(), receiver.url("/r"), PUSHES);
        numbered(2).forEach(file -> fixture.commit("main", file));
        await().untilAsserted(() ->
                assertThat(fixture.state(hook).get("dead").asInt()).isEqualTo(2));
        assertThat(fixture.state(hook).get("pending").asInt()).isZero();
        assertThat(receiver.calls("/elsewhere")).isEmpty();
        receiver.on("/r", Receiver.status(200));
        var before = receiver.calls("/r").size();
        var dead = ok(fixture.http.get(hook + "/deliveries")).json();
        assertThat(dead.get(0).get("kind").asString()).isEqualTo("push");
        ok(fixture.http.post(hook + "/deliveries/" + dead.get(1).get("id").asLong() + "/redeliver", Map.of()));
        assertThat(files(awaitCalls(receiver, "/r", before + 1)).getLast()).isEqualTo("f1");
        assertThat(ok(fixture.http.post(hook + "/deliveries/redeliver", Map.of()))
                        .json()
                        .get("redelivered")
                        .asInt())
                .isOne();
        var calls = awaitCalls(receiver, "/r", before + 2);
        assertThat(files(calls).getLast()).isEqualTo("f0");
        assertThat(calls.getLast().text("uuid"))
                .isEqualTo(dead.get(0).get("uuid").asString());
        await().untilAsserted(() ->
                assertThat(fixture.state(hook).get("dead").asInt()).isZero());
        assertThat(fixture.http.post(hook + "/deliveries/1/redeliver", Map.of()).errorCode())
                .isEqualTo("CH.093004");
    }

    @Test
    void aWebhookThatFailsForLongIsDisabledUntilATestArrives() {
        receiver.on("/r", Receiver.status(500));
        var hook = fixture.hook(fixture.scopes.repositoryPath(), receiver.url("/r"), PUSHES);
        var id = Long.parseLong(hook.substring(hook.lastIndexOf('/') + 1));
        Scopes.write(
                fixture.server,
                jdbc -> jdbc.sql("UPDATE webhook SET failing_since = 1 WHERE id = ?")
                        .param(id)
                        .update());
        numbered(2).forEach(file -> fixture.commit("main", file));
        await().untilAsserted(() ->
                assertThat(fixture.state(hook).get("enabled").asBoolean()).isFalse());
        await().untilAsserted(() ->
                assertThat(fixture.state(hook).get("dead").asInt()).isEqualTo(2));
        assertThat(fixture.state(hook).get("failure").asString()).isEqualTo("HTTP 500");
        assertThat(fixture.http.post(hook + "/deliveries/redeliver", Map.of()).errorCode())
                .isEqualTo("CH.093005");
        assertThat(ok(fixture.http.post(hook + "/test", Map.of()))
                        .json()
                        .get("response_status")
                        .asString())
                .isEqualTo("500");
        assertThat(fixture.state(hook).get("enabled").asBoolean()).isFalse();

        receiver.on("/r", Receiver.status(200));
        ok(fixture.http.post(hook + "/test", Map.of()));
        assertThat(fixture.state(hook).get("enabled").asBoolean()).isTrue();
        assertThat(receiver.calls("/r").getLast().text("object_kind")).isEqualTo("test");
        ok(fixture.http.post(hook + "/deliveries/redeliver", Map.of()));
        await().untilAsserted(() -> assertThat(files(receiver.calls("/r"))).endsWith("f0", "f1"));
    }

    @Test
    void deadAndFloodingReceiversDelayNobodyElse() {
        var path = fixture.scopes.repositoryPath();
        try (var other = new Receiver()) {
            fixture.hook(path, other.url("/live"), PUSHES);
            var alone = delay(other, 0);
            for (var number = 0; number < 10; number++) {
                receiver.on("/dead" + number, receiver.silence());
                fixture.hook(path, receiver.url("/dead" + number), PUSHES);
            }
            receiver.on("/flood", Receiver.flood());
            var flood = fixture.hook(path, receiver.url("/flood"), PUSHES);
            assertThat(delay(other, COMMITS)).isLessThan(alone.plusSeconds(1));
            awaitCalls(receiver, "/dead0", 1);
            awaitFlood(flood);
        }
    }

    /**
     * How long it usually takes from a commit to the call that tells of it, by the median of some.
     *
     * @param earlier calls the receiver already had
     */
    private Duration delay(Receiver live, int earlier) {
        var delays = new long[COMMITS];
        for (var number = 0; number < COMMITS; number++) {
            fixture.commit("main", "f" + (earlier + number));
            var committed = System.nanoTime();
            delays[number] =
                    awaitCalls(live, "/live", earlier + number + 1).getLast().nanos() - committed;
        }
        Arrays.sort(delays);
        return Duration.ofNanos(delays[COMMITS / 2]);
    }

    private void awaitFlood(String flood) {
        await().untilAsserted(() -> assertThat(fixture.logs(flood)).isNotEmpty());
        var log = fixture.logs(flood).get(0);
        var detail =
                ok(fixture.http.get(flood + "/logs/" + log.get("id").asLong())).json();
        assertThat(detail.get("response_body").asString().length()).isLessThanOrEqualTo(16 << 10);
        assertThat(detail.get("response_headers").toString()).doesNotContain("session=secret");
    }

    @Test
    void onlyTheBranchesAndNotesThatAreMeantAreTold() {
        var path = fixture.scopes.repositoryPath();
        fixture.hook(
                path,
                receiver.url("/branches"),
                Map.of("push_events", true, "push_events_branch_regex_filter", "release/.*"));
        fixture.hook(
                path,
                receiver.url("/notes"),
                Map.of(
                        "push_events",
                        false,
                        "note_events",
                        true,
                        "note_plain_text_filter",
                        List.of("/build", "/test")));
        var tip = fixture.commit("main", "a.txt");
        fixture.commit("release/1", "b.txt");
        fixture.commit("old-release/1", "c.txt");
        fixture.commit("release/2", "d.txt");
        assertThat(awaitCalls(receiver, "/branches", 2))
                .extracting(call -> call.text("ref"))
                .containsExactly("refs/heads/release/1", "refs/heads/release/2");
        for (var text : List.of("nothing", "please /test this")) {
            ok(fixture.http.post(path + "/commits/" + tip + "/discussions", Map.of("body", text)));
        }
        assertThat(awaitCalls(receiver, "/notes", 1))
                .extracting(call -> call.json().at("/object_attributes/note").asString())
                .containsExactly("please /test this");
    }

    @Test
    void addressesThatMayNotBeCalledAreNot() {
        var server = GranaryServer.shared(database);
        var scopes = Scopes.create(server, server.admin());
        var http = server.asAdmin();
        assertThat(http.post(scopes.repositoryPath() + "/hooks", Map.of("url", receiver.url("/r")))
                        .errorCode())
                .isEqualTo("CH.010001");
        var id = ok(http.post(scopes.repositoryPath() + "/hooks", Map.of("url", "https://hooks.example.invalid/x")))
                .json()
                .get("id")
                .asLong();
        var hook = scopes.repositoryPath() + "/hooks/" + id;
        assertThat(ok(http.post(hook + "/test", Map.of()))
                        .json()
                        .get("response_status")
                        .asString())
                .isEqualTo("internal error");
        // An address that was allowed when it was given.
        Scopes.write(
                server,
                jdbc -> jdbc.sql("UPDATE webhook SET url = ? WHERE id = ?")
                        .params(receiver.url("/r"), id)
                        .update());
        assertThat(ok(http.post(hook + "/test", Map.of()))
                        .json()
                        .get("response_body")
                        .asString())
                .isEqualTo("This address may not be called");
        assertThat(receiver.calls("/r")).isEmpty();
    }
}
