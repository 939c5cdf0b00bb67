package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.kernel.Slice;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What builders say of commits, what people think of requests, and the gates of both. */
@OnBothDatabases
class PipelineTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;
    private final String one;

    PipelineTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
        one = reviews.path + "/merge-requests/1";
    }

    private ApprovalGates.Passed gates() {
        reviews.show(1);
        var request = server.bean(MergeRequestStore.class)
                .find(reviews.repository.id(), 1)
                .orElseThrow();
        return server.bean(ApprovalGates.class).of(request);
    }

    private Http.Answer say(String sha, String name, String state, Map<String, ?> more) {
        var body = new HashMap<String, Object>(more);
        body.put("name", name);
        body.put("state", state);
        return reviews.http.post(reviews.path + "/statuses/" + sha, body);
    }

    @Test
    void aPipelineIsWhatItsJobsComeToAndGuardsItsHead() {
        reviews.http.post(
                reviews.path + "/approver-settings", Map.of("target", "main", "only_merge_when_pipeline_pass", true));
        var sha = reviews.request("feature").get("sha").asString();
        var head = one + "/actual-head-pipeline";
        assertThat(reviews.http.get(head).json().get("data").isNull()).isTrue();
        assertThat(reviews.http.get(head).json().get("is_valid").booleanValue()).isFalse();
        assertThat(gates().pipeline()).isFalse();

        var address = Map.of("target_url", "https://builds.example.org/7", "stage", "build", "build_id", "b7");
        var said = say(sha, "compile", "running", address);
        assertThat(said.status()).as(said.toString()).isEqualTo(201);
        assertThat(said.json().get("ref").asString()).isEqualTo("feature");
        assertThat(said.json().get("author").get("name").asString()).isEqualTo(reviews.owner.name());
        say(sha, "compile", "success", Map.of("stage", "build"));
        say(sha, "unit", "pending", Map.of("stage", "test"));
        assertThat(gates().pipeline()).isFalse();
        say(sha, "unit", "failed", Map.of("stage", "test", "description", "3 of 5"));
        var data = reviews.http.get(head).json().get("data");
        assertThat(data.get("status").asString()).isEqualTo("failed");
        assertThat(data.get("all_job_finished").booleanValue()).isTrue();
        assertThat(data.get("is_latest").booleanValue()).isTrue();
        assertThat(data.get("web_url").asString()).isEqualTo("https://builds.example.org/7");
        assertThat(data.get("trigger_user").asString()).isEqualTo(reviews.owner.name());
        assertThat(data.get("stages")
                        .valueStream()
                        .map(stage -> stage.get("status").asString()))
                .containsExactly("success", "failed");
        say(sha, "unit", "success", Map.of("stage", "test"));
        assertThat(gates().pipeline()).as("it ran again").isTrue();

        var pipeline = reviews.path + "/pipelines/" + data.get("id").asString();
        var all = reviews.http.get(pipeline + "/jobs?limit=2");
        assertThat(all.header("X-Total")).as("with the run that failed").isEqualTo("3");
        assertThat(all.json().get(0).get("third_build_id").asString()).isEqualTo("b7");
        var latest = reviews.http.get(pipeline + "/latest-jobs").json();
        assertThat(latest.get("status").asString()).isEqualTo("success");
        assertThat(latest.get("stages").get(1).get("jobs")).hasSize(1);
        assertThat(latest.get("stages").get(1).get("sort_id").intValue()).isEqualTo(2);

        var next = reviews.commit("feature", null, "more.txt", "more\n");
        assertThat(gates().pipeline()).as("nobody has built the new version").isFalse();
        var old = reviews.http.get(head).json();
        assertThat(old.get("is_valid").booleanValue()).isFalse();
        assertThat(old.get("data").get("is_invalid").booleanValue()).isTrue();
        say(next, "compile", "success", Map.of("ref", "refs/heads/feature"));
        assertThat(gates().pipeline()).isTrue();
        assertThat(reviews.http.get(head).json().get("is_valid").booleanValue()).isTrue();
    }

    @Test
    void badStatusesAndStrangersAreRefused() {
        var sha = reviews.ref("refs/heads/main");
        for (var bad : List.of(
                Map.of(),
                Map.of("state", "fine"),
                Map.of("state", "success", "target_url", "javascript:alert(1)"),
                Map.of("state", "success", "name", "x".repeat(256)))) {
            assertThat(reviews.http.post(reviews.path + "/statuses/" + sha, bad).status())
                    .as(bad.toString())
                    .isEqualTo(400);
        }
        assertThat(say("1234", "x", "success", Map.of()).status()).isEqualTo(400);
        assertThat(say("0123456789".repeat(4), "x", "success", Map.of()).status())
                .isEqualTo(404);
        assertThat(say(sha, "x", "success", Map.of("pipeline_id", 2147483647)).errorCode())
                .isEqualTo("CH.092251");
        assertThat(say(sha, "x", "pending", Map.of()).json().get("ref").asString())
                .isEmpty();
        var body = Map.of("state", "success");
        var path = reviews.path + "/statuses/" + sha;
        assertThat(server.asNobody().post(path, body).status()).isEqualTo(401);
        assertThat(reviews.as(server.newUser("stranger")).post(path, body).status())
                .isEqualTo(404);
        assertThat(reviews.as(reviews.member(Role.VIEWER)).post(path, body).status())
                .isEqualTo(403);
        assertThat(reviews.http.get(reviews.path + "/pipelines/2147483647/jobs").errorCode())
                .isEqualTo("CH.092251");
        assertThat(server.asNobody()
                        .get(reviews.path + "/pipelines/1/latest-jobs")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theEvaluationGateOpensForThoseWhoCount() {
        var setting = reviews.path + "/merge-requests/setting";
        var types = reviews.http
                .put(
                        setting,
                        Map.of(
                                "evaluation_merge_gate",
                                true,
                                "evaluation_role",
                                35,
                                "enable_custom_evaluation",
                                true,
                                "evaluation_types",
                                List.of("Clarity", "Tests")))
                .json()
                .get("evaluation_types");
        reviews.request("feature");
        var evaluations = one + "/evaluations";
        assertThat(reviews.http.get(evaluations).json().get("id").isNull()).isTrue();
        assertThat(gates().evaluation()).isFalse();
        var developer = reviews.as(reviews.member(Role.DEVELOPER));
        assertThat(developer.put(evaluations, Map.of("level", 2)).status()).isEqualTo(200);
        assertThat(gates().evaluation()).as("developers do not count").isFalse();
        var committer = reviews.as(reviews.member(Role.COMMITTER));
        var clarity = Map.of("evaluation_type_id", types.get(0).get("id").longValue(), "level", 3);
        var said = Map.of("level", 5, "content", "Well done", "custom_evaluations", List.of(clarity));
        var given = committer.put(evaluations, said).json();
        assertThat(given.get("custom_evaluations").get(0).get("name").asString())
                .isEqualTo("Clarity");
        assertThat(gates().evaluation()).isTrue();
        var average = reviews.http.get(one + "/average-evaluation").json();
        assertThat(average.get("average_evaluation_level").doubleValue()).isEqualTo(3.5);
        assertThat(average.get("custom_evaluations").get(0).get("level").doubleValue())
                .isEqualTo(3);
        assertThat(average.get("evaluations")).hasSize(2);
        var shown = server.bean(RequestEvaluations.class)
                .show(server.caller(reviews.owner.name()), reviews.repository.id(), 1, new Slice(0, 1));
        assertThat(shown.summary()).isEqualTo(new RequestEvaluations.Summary(2, 3.5));
        assertThat(shown.page().items()).singleElement().satisfies(first -> {
            assertThat(first.content()).isEqualTo("Well done");
            assertThat(first.levelOf(shown.aspects().getFirst())).isEqualTo("3");
        });
        assertThat(shown.own()).isNull();
        var newest = reviews.http.get(evaluations);
        assertThat(newest.header("X-Total")).isEqualTo("2");
        assertThat(newest.json().get("content").asString()).isEqualTo("Well done");
        assertThat(reviews.http.get(evaluations + "/all?offset=1").json()).hasSize(1);
        assertThat(committer.put(evaluations, Map.of("level", 4)).json().get("id"))
                .as("a second time changes the first")
                .isEqualTo(given.get("id"));
        assertThat(reviews.notes(1)).contains("evaluated the merge request with 4 of 5");
        assertThat(committer.delete(evaluations).status()).isEqualTo(204);
        assertThat(gates().evaluation()).isFalse();

        assertThat(committer.put(evaluations, Map.of("level", 6)).status()).isEqualTo(400);
        assertThat(committer
                        .put(
                                evaluations,
                                Map.of(
                                        "level",
                                        1,
                                        "custom_evaluations",
                                        List.of(Map.of("evaluation_type_id", 2147483647, "level", 1))))
                        .errorCode())
                .isEqualTo("CH.092250");
        assertThat(reviews.as(reviews.member(Role.VIEWER))
                        .put(evaluations, Map.of("level", 1))
                        .status())
                .isEqualTo(403);
        assertThat(server.asNobody().put(evaluations, Map.of("level", 1)).status())
                .isEqualTo(401);
        reviews.update(1, Map.of("state_event", "close"));
        assertThat(committer.put(evaluations, Map.of("level", 1)).errorCode()).isEqualTo("CH.092205");
    }
}
