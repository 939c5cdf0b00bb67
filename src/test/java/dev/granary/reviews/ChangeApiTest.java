package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What merge requests change, who may have a part in them, and whether they have conflicts. */
@OnBothDatabases
class ChangeApiTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;
    private final String one;
    private final String legacy;

    ChangeApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
        one = reviews.path + "/merge-requests/1";
        legacy = "/v2/repositories/" + reviews.repository.id() + "/merge-requests/1";
    }

    private static List<String> paths(JsonNode files) {
        return files.valueStream().map(file -> file.get("file_path").asString()).toList();
    }

    @Test
    void showsFilesAsListAndTreeAsAWholeByVersionAndByCommit() {
        var first = reviews.commit("feature", "main", "src/deep/b.txt", "1\n2\n");
        reviews.open(Map.of("title", "x", "source_branch", "feature"));
        var second = reviews.commit("feature", null, "c.txt", "c\n");
        reviews.commit("main", null, "elsewhere.txt", "not of the request\n");
        var files = reviews.http.get(one + "/changes/files");
        assertThat(files.header("X-Total")).isEqualTo("2");
        assertThat(paths(files.json())).containsExactly("c.txt", "src/deep/b.txt");
        var b = files.json().get(1);
        assertThat(b.get("diff").asString()).isEqualTo("@@ -0,0 +1,2 @@\n+1\n+2\n");
        assertThat(b.get("new_file").booleanValue()).isTrue();
        assertThat(b.get("a_mode").asString()).isEqualTo("0");
        assertThat(b.get("added_lines").intValue()).isEqualTo(2);
        assertThat(b.get("diff_refs").get("head_sha").asString()).isEqualTo(second);
        assertThat(paths(reviews.http
                        .get(one + "/changes/files?limit=1&offset=1")
                        .json()))
                .containsExactly("src/deep/b.txt");
        assertThat(paths(reviews.http
                        .get(one + "/changes/files?commit_id=" + second)
                        .json()))
                .containsExactly("c.txt", "src/deep/b.txt");
        assertThat(paths(reviews.http
                        .get(one + "/changes/files?commit_id=" + first)
                        .json()))
                .containsExactly("src/deep/b.txt");
        var versions = reviews.http.get(one + "/versions/all").json();
        var from = versions.get(1).get("id").asString();
        assertThat(paths(reviews.http
                        .get(one + "/changes/files?from_diff_id=" + from)
                        .json()))
                .containsExactly("c.txt");
        assertThat(paths(reviews.http
                        .get(one + "/changes/files?to_diff_id=" + from)
                        .json()))
                .containsExactly("src/deep/b.txt");
        assertThat(reviews.http
                        .get(one + "/changes/files?to_diff_id=1999999999")
                        .errorCode())
                .isEqualTo("CH.092210");
        assertThat(reviews.http.get(one + "/changes/files?commit_id=abc").status())
                .isEqualTo(400);
        assertThat(reviews.http
                        .get(one + "/changes/files?commit_id=" + reviews.ref("refs/heads/main"))
                        .status())
                .as("a commit of others")
                .isEqualTo(404);

        var tree = reviews.http
                .get(one + "/changes-trees?commit_id=all")
                .json()
                .get(0)
                .get("tree");
        assertThat(tree.get(0).get("title").asString()).isEqualTo("src");
        assertThat(tree.get(0)
                        .get("items")
                        .get(0)
                        .get("items")
                        .get(0)
                        .get("level")
                        .intValue())
                .isEqualTo(3);
        assertThat(tree.get(1).get("diff").get("diff").asString()).contains("+c");
        var flat = reviews.http.get(legacy + "/changes-trees").result().get("tree");
        assertThat(paths(flat)).containsExactly("src", "src/deep", "src/deep/b.txt", "c.txt");
        var whole = reviews.http.get(legacy + "/changes").result();
        assertThat(whole.get("changes_count").asString()).isEqualTo("2");
        assertThat(paths(whole.get("changes"))).containsExactly("c.txt", "src/deep/b.txt");
        assertThat(whole.get("user").get("can_merge").booleanValue()).isTrue();
        var simple = reviews.http.get(legacy + "/changes?view=simple").result();
        assertThat(simple.get("changes").get(0).get("diff").asString()).isEmpty();
        assertThat(reviews.http.get(legacy + "/changes?view=odd").status()).isEqualTo(400);
        assertThat(reviews.http.get(legacy + "/changes?file_path=none").status())
                .isEqualTo(404);
        assertThat(reviews.http.get(one + "/changes?file_path=c.txt").json()).hasSize(1);
        for (var path : List.of(one + "/changes/files", one + "/changes-trees?commit_id=all", legacy + "/changes")) {
            assertThat(server.asNobody().get(path).status()).isEqualTo(401);
            assertThat(reviews.as(server.newUser("stranger")).get(path).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void saysWhoMayHaveAPart() {
        var committer = reviews.member(Role.COMMITTER);
        var developer = reviews.member(Role.DEVELOPER);
        reviews.member(Role.VIEWER);
        var mergers = reviews.path + "/merge-requests/assignee-candidates";
        var project = "/v4/projects/" + reviews.project.uuid() + "/merge-requests";
        for (var path : List.of(mergers, project + "/assignee-candidates")) {
            assertThat(names(path)).containsExactlyInAnyOrder(reviews.owner.name(), committer.name());
        }
        assertThat(names(project + "/reviewers"))
                .containsExactlyInAnyOrder(reviews.owner.name(), committer.name(), developer.name());
        assertThat(names(mergers + "?search=" + committer.name().toUpperCase(java.util.Locale.ROOT)))
                .containsExactly(committer.name());
        assertThat(names(mergers + "?search_by_name_list=" + committer.name() + ",%20nobody"))
                .containsExactly(committer.name());
        assertThat(names(mergers + "?view=approver&only_developers=true")).isEmpty();
        var page = reviews.http.get(mergers + "?limit=1");
        assertThat(page.header("X-Total")).isEqualTo("2");
        assertThat(page.json()).hasSize(1);
        assertThat(reviews.http.get(mergers + "?view=x").status()).isEqualTo(400);
        assertThat(server.asNobody().get(mergers).status()).isEqualTo(401);
        assertThat(reviews.as(server.newUser("stranger")).get(mergers).status()).isEqualTo(404);
        assertThat(reviews.as(server.newUser("stranger"))
                        .get(project + "/reviewers")
                        .status())
                .isEqualTo(404);
    }

    private List<String> names(String path) {
        var answer = reviews.http.get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(user -> user.get("username").asString())
                .toList();
    }

    @Test
    void saysWhetherBranchesConflict() {
        reviews.commit("left", "main", "same.txt", "left\n");
        reviews.commit("right", "main", "same.txt", "right\n");
        var id = reviews.repository.id();
        var path = reviews.path + "/merge-requests/conflict?source_repository_id=" + id + "&target_repository_id=" + id;
        var clash = reviews.http
                .get(path + "&source_branch=left&target_branch=right")
                .json();
        assertThat(clash.get("is_conflict").booleanValue()).isTrue();
        var fine = reviews.http
                .get(path + "&source_branch=left&target_branch=main")
                .json();
        assertThat(fine.get("is_conflict").booleanValue()).isFalse();
        assertThat(reviews.http.get(path + "&source_branch=left").status()).isEqualTo(400);
        assertThat(reviews.http
                        .get(path + "&source_branch=left&target_branch=no")
                        .status())
                .isEqualTo(404);
        reviews.open(Map.of("title", "x", "source_branch", "left", "target_branch", "right"));
        assertThat(reviews.show(1).get("merge_status").asString()).isEqualTo("cannot_be_merged");
    }
}
