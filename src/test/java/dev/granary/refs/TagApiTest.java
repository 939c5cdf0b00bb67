package dev.granary.refs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class TagApiTest {
    private final RefFixture refs;

    TagApiTest(TestDatabase database) {
        refs = new RefFixture(GranaryServer.shared(database));
    }

    @Test
    void createsAnnotatedTagsWithMessageAndTagger() {
        var created = refs.http.post(
                refs.v4() + "/tags", Map.of("tag_name", "v1.0", "ref", "master", "message", "第一版\n\nNotes"));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        assertThat(created.json().get("message").asString()).isEqualTo("第一版\n\nNotes");
        assertThat(created.json().get("target").asString()).isEqualTo(refs.first);
        assertThat(created.json().get("commit").get("id").asString()).isEqualTo(refs.first);
        assertThat(refs.git().ok("cat-file", "-t", "refs/tags/v1.0")).isEqualTo("tag");
        assertThat(refs.git().ok("for-each-ref", "--format=%(taggername) %(contents:subject)", "refs/tags"))
                .isEqualTo("admin 第一版");
        refs.git().ok("fsck", "--strict");
        assertThat(refs.http.get(refs.v4() + "/tag?tag_name=v1.0").json()).isEqualTo(created.json());
    }

    @Test
    void createsPlainTagsAndListsAll() {
        refs.branch("both", "master");
        var legacy = refs.http.post(refs.v2() + "/tags", Map.of("tag_name", "both", "ref", "master"));
        assertThat(legacy.status()).as("%s", legacy).isEqualTo(200);
        assertThat(legacy.result().get("message").isNull()).isTrue();
        assertThat(refs.git().ok("cat-file", "-t", "refs/tags/both")).isEqualTo("commit");
        refs.http.post(refs.v2() + "/tags", Map.of("tag_name", "a/1", "ref", "both", "message", "A"));

        var listed = refs.http.get(refs.v4() + "/tags");
        assertThat(listed.header("X-Total")).isEqualTo("2");
        assertThat(refs.names("/tags")).containsExactly("a/1", "both");
        assertThat(listed.json().get(0).get("message").asString()).isEqualTo("A");
        assertThat(listed.json().get(0).get("target").asString()).isEqualTo(refs.first);
        assertThat(listed.json().get(1).get("message").isNull()).isTrue();
        assertThat(refs.names("/tags?order_by=name&sort=desc")).containsExactly("both", "a/1");
        assertThat(refs.names("/tags?order_by=created&view=detail")).containsExactly("a/1", "both");
        assertThat(refs.names("/tags?order_by=updated&sort=asc&search=BO")).containsExactly("both");
        assertThat(refs.names("/tags?creator=" + refs.server.admin().id() + "&limit=1&offset=1"))
                .containsExactly("both");
        assertThat(refs.names("/refs?type=tag")).containsExactly("a/1", "both");
        for (var bad : List.of("order_by=x", "sort=x", "view=x", "creator=x")) {
            assertThat(refs.http.get(refs.v4() + "/tags?" + bad).status())
                    .as(bad)
                    .isEqualTo(400);
        }
        var names = refs.http.get(refs.v2() + "/tags").result();
        assertThat(names.get("total").asInt()).isEqualTo(2);
        assertThat(names.get("tags").get(0).get("is_double_name").asBoolean()).isFalse();
        assertThat(names.get("tags").get(1).get("is_double_name").asBoolean()).isTrue();
    }

    @Test
    void showsTagsOfWhatIsNoCommit() {
        refs.git().ok("tag", "tree", refs.first + "^{tree}");
        var shown = refs.http.get(refs.v4() + "/tag?tag_name=tree").json();
        assertThat(shown.get("commit").isNull()).isTrue();
        assertThat(refs.names("/tags")).containsExactly("tree");
    }

    @Test
    void refusesBadTagsInBothLanguages() {
        for (var name : List.of("", "-a", "a b", "a..b", "a~", "refs/tags/a")) {
            var english = refs.http
                    .with("X-Language", "en-us")
                    .post(refs.v2() + "/tags", Map.of("tag_name", name, "ref", "master"));
            assertThat(english.status()).as(name).isEqualTo(400);
            assertThat(english.errorText()).contains("tag_name").matches("\\p{ASCII}*");
            var chinese = refs.http
                    .with("X-Language", "zh-cn")
                    .post(refs.v4() + "/tags", Map.of("tag_name", name, "ref", "master"));
            assertThat(chinese.errorText()).containsPattern("\\p{IsHan}");
        }
        var good = Map.of("tag_name", "v1", "ref", "master", "message", "x");
        assertThat(refs.http.post(refs.v4() + "/tags", good).status()).isEqualTo(201);
        var again = refs.http.with("X-Language", "en-us").post(refs.v4() + "/tags", good);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.errorCode()).isEqualTo("CH.091501");
        assertThat(again.errorText()).isEqualTo("The tag v1 already exists.");
        assertThat(refs.http
                        .post(refs.v4() + "/tags", Map.of("tag_name", "v1/x", "ref", "master"))
                        .errorCode())
                .isEqualTo("CH.090716");
        assertThat(refs.http
                        .post(refs.v4() + "/tags", Map.of("tag_name", "v2", "ref", "nothing"))
                        .errorCode())
                .isEqualTo("CH.090601");
        assertThat(refs.http
                        .post(
                                refs.v4() + "/tags",
                                Map.of("tag_name", "v2", "ref", "master", "message", "m".repeat(2001)))
                        .status())
                .isEqualTo(400);
        assertThat(refs.names("/tags")).containsExactly("v1");
    }

    @Test
    void letsOnlyThoseInWhoMay() {
        refs.http.post(refs.v4() + "/tags", Map.of("tag_name", "v1", "ref", "master"));
        var viewer = refs.as(Role.VIEWER);
        var stranger = refs.stranger();
        var body = Map.of("tag_name", "v2", "ref", "master");
        for (var path : List.of(refs.v4() + "/tags", refs.v4() + "/tag?tag_name=v1", refs.v2() + "/tags")) {
            assertThat(refs.server.asNobody().get(path).status()).isEqualTo(401);
            assertThat(stranger.get(path).status()).isEqualTo(404);
            assertThat(viewer.get(path).status()).isEqualTo(200);
        }
        for (var client :
                Map.of(refs.server.asNobody(), 401, stranger, 404, viewer, 403).entrySet()) {
            var http = client.getKey();
            assertThat(http.post(refs.v4() + "/tags", body).status()).isEqualTo(client.getValue());
            assertThat(http.post(refs.v2() + "/tags", body).status()).isEqualTo(client.getValue());
            assertThat(http.delete(refs.v4() + "/tag?tag_name=v1").status()).isEqualTo(client.getValue());
        }
        var developer = refs.as(Role.DEVELOPER);
        assertThat(developer.delete(refs.v4() + "/tag?tag_name=v1").status()).isEqualTo(403);
        assertThat(developer.post(refs.v4() + "/tags", body).status()).isEqualTo(201);
        assertThat(refs.names("/tags")).containsExactly("v1", "v2");
        assertThat(refs.http.delete(refs.v4() + "/tag?tag_name=v1").status()).isEqualTo(204);
        assertThat(refs.http.delete(refs.v4() + "/tag?tag_name=v1").status()).isEqualTo(404);
        assertThat(refs.names("/tags")).containsExactly("v2");
    }
}
