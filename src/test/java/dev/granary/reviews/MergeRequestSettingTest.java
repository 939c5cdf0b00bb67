package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings and templates of merge requests, and what new requests take from them. */
@OnBothDatabases
class MergeRequestSettingTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;
    private final String project;
    private final String setting;

    MergeRequestSettingTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
        project = "/v4/projects/" + reviews.project.uuid() + "/merge-requests";
        setting = reviews.path + "/merge-requests/setting";
    }

    @Test
    void aRepositoryHasItsOwnSettingsOrTakesThoseAbove() {
        var none = reviews.http.get(setting).json();
        assertThat(none.get("review_mode").asString()).isEqualTo("approval");
        assertThat(none.get("can_reopen").booleanValue()).isTrue();
        assertThat(none.get("created_at").isNull()).isTrue();
        assertThat(reviews.http
                        .put(project + "/setting", Map.of("merge_method", "ff", "evaluation_types", List.of("Style")))
                        .status())
                .isEqualTo(200);
        assertThat(reviews.http.get(setting).json().get("merge_method").asString())
                .as("a repository that says nothing takes what is said above")
                .isEqualTo("ff");
        reviews.http.put(
                reviews.path + "/inherit-setting",
                Map.of("data", List.of(Map.of("name", "merge_requests", "inherit_mod", "custom"))));
        assertThat(reviews.http
                        .put(setting, Map.of("squash_merge_with_no_merge_commit", true))
                        .json()
                        .get("merge_method")
                        .asString())
                .isEqualTo("merge");
        reviews.http.put(
                reviews.path + "/inherit-setting",
                Map.of("data", List.of(Map.of("name", "merge_requests", "inherit_mod", "inherit"))));
        var inherited = reviews.http.get(setting).json();
        assertThat(inherited.get("merge_method").asString()).isEqualTo("ff");
        assertThat(inherited.get("evaluation_types").get(0).get("name").asString())
                .isEqualTo("Style");
        assertThat(reviews.http.put(setting, Map.of("merge_method", "merge")).errorCode())
                .isEqualTo("CH.090509");
        for (var bad : List.of(
                Map.of("merge_method", "octopus"),
                Map.of("review_mode", "lottery"),
                Map.of("evaluation_role", 31),
                Map.of("only_allow_merge_if_vote_bigger_than", 6),
                Map.of("evaluation_types", List.of("")))) {
            assertThat(reviews.http.put(project + "/setting", bad).status()).isEqualTo(400);
        }
        assertThat(reviews.as(reviews.member(Role.DEVELOPER))
                        .put(setting, Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(server.asNobody().get(setting).status()).isEqualTo(401);
        assertThat(reviews.as(server.newUser("stranger")).get(setting).status()).isEqualTo(404);
    }

    @Test
    void newRequestsTakeWhatTheSettingsSay() {
        reviews.http.put(
                setting,
                Map.of(
                        "review_mode",
                        "vote",
                        "auto_squash_merge",
                        true,
                        "delete_source_branch_when_merged",
                        true,
                        "only_assignee_can_merge",
                        true));
        var voter = reviews.member(Role.DEVELOPER);
        reviews.commit("feature", "main", "f.txt", "f\n");
        var made = reviews.open(Map.of("title", "x", "source_branch", "feature", "reviewer_ids", "" + voter.id()));
        assertThat(made.get("review_mode").asString()).isEqualTo("vote");
        assertThat(made.get("squash").booleanValue()).isTrue();
        assertThat(made.get("force_remove_source_branch").booleanValue()).isTrue();
        assertThat(made.get("only_assignee_can_merge").booleanValue()).isTrue();
        assertThat(made.get("merge_request_reviewers_count").intValue()).isEqualTo(1);
        assertThat(made.get("merge_request_reviewer_list").get(0).get("state").booleanValue())
                .isFalse();
        reviews.http.put(setting, Map.of("disable_squash_merge", true, "review_mode", "approval"));
        assertThat(reviews.update(1, Map.of("squash", true))
                        .json()
                        .get("squash")
                        .booleanValue())
                .isFalse();
        assertThat(reviews.show(1).get("review_mode").asString())
                .as("what is there stays as it is")
                .isEqualTo("vote");
    }

    @Test
    void templatesAreMadeChangedAndInherited() {
        var templates = reviews.path + "/merge-requests/templates";
        var one = reviews.path + "/merge-requests/template/";
        var above = reviews.http
                .post(
                        project + "/templates",
                        Map.of("template_name", "Ours", "description", "From the project", "is_default", true))
                .json();
        assertThat(above.get("creator").get("name").asString()).isEqualTo(reviews.owner.name());
        var listed = reviews.http.get(templates + "?view=list").json();
        assertThat(listed.get(0).get("from").get("type").asString()).isEqualTo("project");
        assertThat(listed.get(0).get("from").get("project_id").asString()).isEqualTo(reviews.project.uuid());
        assertThat(listed.get(0).get("repository_id").isNull()).isTrue();
        reviews.commit("feature", "main", "f.txt", "f\n");
        var made = reviews.open(Map.of("source_branch", "feature"));
        assertThat(made.get("title").asString()).isEqualTo("Change f.txt");
        assertThat(made.get("description").asString()).isEqualTo("From the project");

        var own = reviews.http
                .post(
                        templates,
                        Map.of(
                                "template_name",
                                "Mine",
                                "merge_request_title",
                                "Say what",
                                "is_wip",
                                true,
                                "is_default",
                                true))
                .json();
        var second = reviews.http
                .post(templates, Map.of("template_name", "Second", "is_default", true))
                .json();
        assertThat(reviews.http
                        .get(one + own.get("id").asString())
                        .json()
                        .get("is_default")
                        .booleanValue())
                .as("one is chosen first")
                .isFalse();
        reviews.http.put(one + own.get("id").asString(), Map.of("is_default", true, "auto_extract_mr_title", 0));
        reviews.commit("next", "main", "n.txt", "n\n");
        assertThat(reviews.open(Map.of("source_branch", "next")).get("title").asString())
                .isEqualTo("[WIP] Say what");
        assertThat(reviews.http.get(templates + "?view=default").json()).hasSize(2);
        assertThat(reviews.http.get(templates + "?view=list&template_name=mIn").json())
                .hasSize(1);
        var page = reviews.http.get(templates + "?view=list&limit=1");
        assertThat(page.header("X-Total")).isEqualTo("3");
        assertThat(page.json()).hasSize(1);
        assertThat(reviews.http.get(templates).status()).isEqualTo(400);
        assertThat(reviews.http.post(templates, Map.of("template_name", "Mine")).errorCode())
                .isEqualTo("CH.092212");
        assertThat(reviews.http
                        .put(one + second.get("id").asString(), Map.of("template_name", "Mine"))
                        .errorCode())
                .isEqualTo("CH.092212");
        assertThat(reviews.http.post(templates, Map.of("is_wip", true)).status())
                .isEqualTo(400);
        assertThat(reviews.http
                        .put(one + above.get("id").asString(), Map.of("is_wip", true))
                        .errorCode())
                .as("it is not the repository's")
                .isEqualTo("CH.092211");
        assertThat(reviews.http.delete(one + own.get("id").asString()).json().get("id"))
                .isEqualTo(own.get("id"));
        assertThat(reviews.http.get(one + own.get("id").asString()).errorCode()).isEqualTo("CH.092211");
        denied(server.asNobody(), templates, 401);
        denied(reviews.as(server.newUser("stranger")), templates, 404);
        denied(reviews.as(reviews.member(Role.COMMITTER)), templates, 403);
    }

    private static void denied(Http someone, String templates, int status) {
        assertThat(someone.post(templates, Map.of("template_name", "never")).status())
                .isEqualTo(status);
    }
}
