package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.kernel.Scope;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Groups;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Settings of reviews and what they require, templates of discussions, and the list of all that was said. */
@OnBothDatabases
class ReviewSettingTest {
    private final GranaryServer server;

    ReviewSettingTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    private static JsonNode made(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    private static Map<String, Boolean> required(JsonNode attributes) {
        var required = new HashMap<String, Boolean>();
        attributes
                .get("note_required_attributes")
                .forEach(attribute -> required.put(
                        attribute.get("name").asString(),
                        attribute.get("is_required").booleanValue()));
        return required;
    }

    @Test
    void settingsComeFromAboveUntilARepositoryHasItsOwn() {
        var scopes = Scopes.create(server, server.admin());
        var http = server.asAdmin();
        var repository = scopes.repositoryPath();
        var none = http.get(repository + "/review-setting").json();
        assertThat(none.get("categories_and_modules_enabled").booleanValue()).isFalse();
        assertThat(none.get("hicode_default_categories").isNull()).isTrue();
        made(http.post(
                scopes.projectPath() + "/review-settings",
                Map.of("categories_and_modules_enabled", true, "review_modules", List.of("core", "web"))));
        made(http.post(
                scopes.projectPath() + "/setting/note-required-attributes", Map.of("is_assignee_id_required", true)));
        assertThat(required(http.get(repository + "/setting/note-required-attributes")
                        .json()
                        .get(0)))
                .containsEntry("AssigneeId", true)
                .containsEntry("ReviewModules", false)
                .containsEntry("Body", true);
        var legacy = http.get("/v2/repositories/" + scopes.repository().id() + "/review_setting")
                .result();
        assertThat(legacy.get("source_type").asString()).isEqualTo("project");
        assertThat(legacy.get("source_path").asString())
                .isEqualTo(scopes.project().path());
        assertThat(legacy.get("review_modules").toString()).isEqualTo("[\"core\",\"web\"]");
        http.put(
                scopes.innerPath() + "/inherit-setting",
                Map.of("data", List.of(Map.of("name", "reviews", "inherit_mod", "custom"))));
        made(http.post(
                scopes.innerPath() + "/review-settings",
                Map.of("secondary_category_enabled", true, "review_default_categories", List.of("security"))));
        var shown = http.get(repository + "/review-setting?with_default_review_categories=true")
                .json();
        assertThat(shown.get("secondary_category_type").asString()).isEqualTo("HiCode");
        assertThat(shown.get("primary_categories").get(0).get("name_zh").asString())
                .isEqualTo("安全");
        assertThat(shown.get("hicode_default_categories").size()).isPositive();
        assertThat(shown.get("review_modules").size()).as("as a whole").isZero();
        assertThat(http.post(repository + "/review-settings", Map.of("review_modules", List.of("own")))
                        .status())
                .as("it takes its values from above")
                .isEqualTo(409);
        for (var bad : List.<Map<String, Object>>of(
                Map.of("review_modules", List.of("a,b")),
                Map.of("review_modules", List.of("")),
                Map.of("review_default_categories", List.of("unheard-of")),
                Map.of("review_customized_categories", java.util.Collections.nCopies(101, "x")))) {
            assertThat(http.post(scopes.projectPath() + "/review-settings", bad).status())
                    .as(bad.toString())
                    .isEqualTo(400);
        }
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        for (var path : List.of(scopes.projectPath(), scopes.innerPath(), repository)) {
            var setting = path + (path.equals(repository) ? "/review-setting" : "/review-settings");
            assertThat(server.http(null, null).get(setting).status()).isEqualTo(401);
            assertThat(stranger.get(setting).status()).isEqualTo(404);
            assertThat(stranger.post(path + "/setting/note-required-attributes", Map.of())
                            .status())
                    .isEqualTo(404);
        }
        assertThat(server.http(null, null).get("/v4/default-review-categories").status())
                .isEqualTo(401);
    }

    @Test
    void findingsHaveWhatIsRequiredAndOnlyWhatIsOffered() {
        var reviews = new ReviewFixture(server);
        reviews.request("feature");
        var path = reviews.path + "/merge-requests/1/discussions";
        var developer = reviews.member(Role.DEVELOPER);
        assertThat(reviews.as(developer)
                        .post(reviews.path + "/review-settings", Map.of())
                        .status())
                .isEqualTo(403);
        made(reviews.http.post(
                reviews.path + "/review-settings",
                Map.of(
                        "categories_and_modules_enabled",
                        true,
                        "review_modules",
                        List.of("core"),
                        "review_customized_categories",
                        List.of("ours"),
                        "is_review_categories_required",
                        true,
                        "is_review_modules_required",
                        true,
                        "is_assignee_id_required",
                        true)));
        var whole = Map.of(
                "body",
                "x",
                "severity",
                "minor",
                "review_categories",
                "ours, function",
                "review_modules",
                "core",
                "assignee_id",
                developer.id());
        var id = made(reviews.http.post(path, whole)).get("id").asString();
        for (var field : List.of("review_categories", "review_modules", "assignee_id")) {
            var without = new HashMap<>(whole);
            without.remove(field);
            var refused = reviews.http.post(path, without);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.errorText()).contains(field);
            assertThat(reviews.http.put(path + "/" + id, Map.of(field, "")).status())
                    .isEqualTo(400);
        }
        var strange = new HashMap<>(whole);
        strange.put("review_categories", "theirs");
        assertThat(reviews.http.with("X-Language", "zh-cn").post(path, strange).errorText())
                .contains("theirs")
                .contains("不提供");
        made(reviews.http.post(path, Map.of("body", "A mere remark needs nothing")));
        assertThat(reviews.http.get(path).header("X-Total")).isEqualTo("2");
    }

    @Test
    void listsAllThatWasSaidInARepository() {
        var reviews = new ReviewFixture(server);
        reviews.request("feature");
        var reviewer = reviews.member(Role.DEVELOPER);
        var path = reviews.path + "/merge-requests/1/discussions";
        var finding = made(reviews.as(reviewer)
                .post(
                        path,
                        Map.of(
                                "body",
                                "Too Slow",
                                "severity",
                                "major",
                                "review_categories",
                                "performance,other",
                                "assignee_id",
                                reviews.owner.id())));
        var id = finding.get("id").asString();
        made(reviews.http.post(path + "/" + id + "/notes", Map.of("body", "Why?")));
        made(reviews.http.post(path, Map.of("body", "100% fine")));
        var head = reviews.ref("refs/heads/feature");
        made(reviews.http.post(reviews.path + "/commits/" + head + "/discussions", Map.of("body", "Of a commit")));
        var all = reviews.path + "/reviews?noteable_type=MergeRequest";
        assertThat(bodies(reviews, all)).containsExactly("100% fine", "Too Slow");
        assertThat(bodies(reviews, all + "&include_reply=true&sort=asc"))
                .containsExactly("Too Slow", "Why?", "100% fine");
        for (var one : List.of(
                "&search=slow",
                "&severity=major",
                "&review_categories=performance",
                "&assignee_id=" + reviews.owner.id(),
                "&proposer_id=" + reviewer.id(),
                "&limit=1&offset=1",
                "&search=too&target_branch=main&start_date=2020-01-01&end_date=2999-12-31&order_by=updated_at")) {
            assertThat(bodies(reviews, all + one)).as(one).containsExactly("Too Slow");
        }
        assertThat(bodies(reviews, all + "&search=0%25")).containsExactly("100% fine");
        for (var nothing : List.of(
                "&review_categories=perform",
                "&target_branch=other",
                "&end_date=2020-01-01T00:00:00Z",
                "&severity=fatal")) {
            assertThat(bodies(reviews, all + nothing)).as(nothing).isEmpty();
        }
        var counted = reviews.http.get(all + "&only_count=true");
        assertThat(counted.header("X-Total")).isEqualTo("2");
        assertThat(counted.json().size()).isZero();
        var commit = reviews.http
                .get(reviews.path + "/reviews?noteable_type=Commit")
                .json()
                .get(0);
        assertThat(commit.get("commit_id").asString()).isEqualTo(head);
        assertThat(commit.get("merge_request_iid").isNull()).isTrue();
        var shown = reviews.http.get(all + "&search=slow").json().get(0);
        assertThat(shown.get("reviewer").get("username").asString()).isEqualTo(reviewer.name());
        assertThat(shown.get("merge_request_iid").intValue()).isEqualTo(1);
        assertThat(shown.get("link").asString()).endsWith("/merge_requests/1");
        for (var bad : List.of(
                "noteable_type=Issue", "", "noteable_type=Commit&start_date=soon", "noteable_type=Commit&order_by=x")) {
            assertThat(reviews.http.get(reviews.path + "/reviews?" + bad).status())
                    .isEqualTo(400);
        }
        assertThat(server.http(null, null).get(all).status()).isEqualTo(401);
    }

    private static List<String> bodies(ReviewFixture reviews, String path) {
        var answer = reviews.http.get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(review -> review.get("note").asString())
                .toList();
    }

    @Test
    void repositoriesUseTheTemplatesOfDiscussionsFromAbove() {
        var reviews = new ReviewFixture(server);
        var other = new ReviewFixture(server);
        var group = Groups.create(server.asAdmin(), reviews.project.uuid(), null);
        Groups.move(server.asAdmin(), new Scope.Repository(reviews.repository.id()), group);
        var end = "/discussion/templates";
        var ofProject = "/v4/projects/" + reviews.project.uuid() + end;
        var ofGroup = "/v4/groups/" + group.id() + end;
        var viewer = reviews.member(Role.VIEWER);
        var id = made(reviews.http.post(ofProject, Map.of("template_name", "a", "assignee_id", viewer.id())))
                .get("id")
                .asString();
        made(reviews.http.post(ofGroup, Map.of("template_name", "b")));
        made(reviews.http.post(reviews.path + end, Map.of("template_name", "c")));
        for (var listed : Map.of(ofProject, 1, ofGroup, 1, reviews.path + end, 3, other.path + end, 0)
                .entrySet()) {
            assertThat((listed.getKey().startsWith(other.path) ? other : reviews)
                            .http
                            .get(listed.getKey())
                            .json())
                    .as(listed.getKey())
                    .hasSize(listed.getValue());
        }
        assertThat(reviews.http
                        .put(reviews.path + end + "/" + id, Map.of("template_name", "d"))
                        .status())
                .as("it is changed where it is")
                .isEqualTo(404);
        for (var path : List.of(ofProject, ofGroup)) {
            assertThat(server.asNobody().get(path).status()).isEqualTo(401);
            assertThat(other.http.get(path).status()).isEqualTo(404);
            assertThat(other.http.post(path, Map.of("template_name", "x")).status())
                    .isEqualTo(404);
            assertThat(reviews.as(viewer).get(path).status()).isEqualTo(200);
            assertThat(reviews.as(viewer)
                            .post(path, Map.of("template_name", "x"))
                            .status())
                    .isEqualTo(403);
            assertThat(reviews.http
                            .post(path, Map.of("template_name", "x", "assignee_id", other.owner.id()))
                            .status())
                    .isIn(400, 404);
        }
        assertThat(reviews.http.delete(ofProject + "/" + id).status()).isEqualTo(204);
        assertThat(reviews.http.delete(ofGroup + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void repositoriesHaveTemplatesOfDiscussions() {
        var reviews = new ReviewFixture(server);
        var path = reviews.path + "/discussion/templates";
        var given = Map.of(
                "template_name",
                "Style",
                "description",
                "What is unusual?",
                "categories",
                "coding_style",
                "modules",
                List.of("core", "web"),
                "review_severity",
                "minor",
                "is_default",
                true);
        var id = made(reviews.http.post(path, given)).get("id").asString();
        assertThat(reviews.http.post(path, given).errorCode()).isEqualTo("CH.092228");
        made(reviews.http.post(path, Map.of("template_name", "Another", "is_default", true)));
        var all = reviews.http.get(path);
        assertThat(all.header("X-Total")).isEqualTo("2");
        var style = all.json().get(1);
        assertThat(style.get("categories_cn").asString()).isEqualTo("编码规范");
        assertThat(style.get("modules").toString()).isEqualTo("[\"core\",\"web\"]");
        assertThat(style.get("is_default").booleanValue())
                .as("only one is the default")
                .isFalse();
        assertThat(reviews.http.get(path + "?is_default=true").header("X-Total"))
                .isEqualTo("1");
        var changed =
                reviews.http.put(path + "/" + id, Map.of("template_name", "Shape", "assignee_id", reviews.owner.id()));
        assertThat(changed.json().get("assignee").get("username").asString()).isEqualTo(reviews.owner.name());
        assertThat(changed.json().get("review_severity").asString()).isEqualTo("minor");
        assertThat(reviews.http
                        .put(path + "/" + id, Map.of("template_name", "Another"))
                        .status())
                .isEqualTo(409);
        var developer = reviews.as(reviews.member(Role.DEVELOPER));
        assertThat(developer.get(path).status()).isEqualTo(200);
        assertThat(developer.post(path, given).status()).isEqualTo(403);
        assertThat(reviews.http.post(path, Map.of("description", "x")).status()).isEqualTo(400);
        assertThat(reviews.http.delete(path + "/" + id).status()).isEqualTo(204);
        assertThat(reviews.http.delete(path + "/" + id).errorCode()).isEqualTo("CH.092227");
    }
}
