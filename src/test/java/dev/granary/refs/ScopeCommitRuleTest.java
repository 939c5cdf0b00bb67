package dev.granary.refs;

import static dev.granary.refs.RulesFixture.action;
import static dev.granary.refs.RulesFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Push rules that are said once for everything in a project, a group or the account. */
@OnBothDatabases
class ScopeCommitRuleTest {
    private static final Map<String, ?> TICKET =
            Map.of("name", "Ticket", "branch_name", "*", "commit_message_regex", "^ABC-");

    private final TestDatabase database;

    ScopeCommitRuleTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void holdInEveryRepositoryBelowThatHasNoneOfItsOwn() {
        var server = GranaryServer.shared(database);
        var admin = server.asAdmin();
        var scopes = Scopes.create(server, server.admin());
        ok(commit(admin, scopes, "Anything"));

        var rule =
                ok(admin.post(scopes.projectPath() + "/commit-rules", TICKET)).json();
        assertThat(rule.get("name").asString()).isEqualTo("Ticket");
        assertThat(commit(admin, scopes, "Anything").errorText()).contains("^ABC-");
        assertThat(ok(admin.get(scopes.repositoryPath() + "/commit-rules")).json())
                .as("what counts for the repository")
                .hasSize(1);
        assertThat(admin.post(scopes.repositoryPath() + "/commit-rules", TICKET).status())
                .as("it inherits")
                .isEqualTo(409);
        var path = scopes.projectPath() + "/commit-rules/" + rule.get("id").asLong();
        ok(admin.put(path, Map.of("commit_message_regex", "^XYZ-")));
        assertThat(commit(admin, scopes, "ABC-1").errorText()).contains("^XYZ-");

        ok(admin.put(scopes.outerPath() + "/inherit-setting", custom("push_rules")));
        ok(admin.put(scopes.outerPath() + "/general-commit-rule", Map.of("prevent_secrets", true)));
        assertThat(ok(admin.get(scopes.repositoryPath() + "/general-commit-rule"))
                        .json()
                        .get("prevent_secrets")
                        .asBoolean())
                .isTrue();
        ok(commit(admin, scopes, "The group has its own"));
        var file = ok(admin.post(
                        scopes.outerPath() + "/file-push-permissions",
                        Map.of("path", "new*", "actions", List.of(action("push")))))
                .json();
        assertThat(commit(admin, scopes, "Any").errorText()).contains("new*");
        ok(admin.put(
                scopes.outerPath() + "/file-push-permissions",
                Map.of(
                        "permissions",
                        List.of(Map.of(
                                "id", file.get("id").asLong(), "path", "old*", "actions", List.of(action("push")))))));
        ok(commit(admin, scopes, "Any"));
        ok(admin.post(
                scopes.outerPath() + "/file-push-permissions/batch-delete",
                Map.of("ids", List.of(file.get("id").asLong()))));
        assertThat(ok(admin.get(scopes.outerPath() + "/file-push-permissions")).header("X-Total"))
                .isEqualTo("0");
        ok(admin.delete(path));
        assertThat(ok(admin.get(scopes.projectPath() + "/commit-rules")).header("X-Total"))
                .isEqualTo("0");
    }

    @Test
    void ofTheAccountHoldInEveryProject() {
        try (var server = GranaryServer.start(database)) {
            var admin = server.asAdmin();
            var scopes = Scopes.create(server, server.admin());
            ok(admin.post("/v4/tenant/commit-rules", TICKET));
            ok(admin.put("/v4/tenant/watermark", Map.of("watermark", true)));
            assertThat(commit(admin, scopes, "Anything").errorText()).contains("^ABC-");
            assertThat(ok(admin.get(scopes.repositoryPath() + "/watermark"))
                            .json()
                            .get("view_watermark")
                            .asBoolean())
                    .isTrue();
            assertThat(ok(admin.get("/v4/tenant/watermark"))
                            .json()
                            .get("can_update")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void areForThoseWhoManageTheScope() {
        var server = GranaryServer.shared(database);
        var scopes = Scopes.create(server, server.admin());
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        var developer = server.newUser("developer");
        ok(server.asAdmin().post(scopes.projectPath() + "/member", Map.of("user_id", developer.uuid(), "role_id", 4)));
        var member = server.http(developer.name(), GranaryServer.PASSWORD);
        for (var base : List.of("/v4/tenant", scopes.projectPath(), scopes.innerPath())) {
            for (var path : List.of("/commit-rules", "/general-commit-rule", "/file-push-permissions")) {
                assertThat(server.asNobody().get(base + path).status()).isEqualTo(401);
                assertThat(stranger.get(base + path).status())
                        .as(base + path)
                        .isEqualTo(base.endsWith("tenant") ? 200 : 404);
                assertThat(member.get(base + path).status()).isEqualTo(200);
            }
            assertThat(member.post(base + "/commit-rules", TICKET).status()).isEqualTo(403);
            assertThat(member.put(base + "/general-commit-rule", Map.of()).status())
                    .isEqualTo(403);
            assertThat(member.post(base + "/file-push-permissions", Map.of("path", "x"))
                            .status())
                    .isEqualTo(403);
            assertThat(server.asAdmin()
                            .post(base + "/commit-rules", Map.of("name", "x", "branch_name", "x", "author_regex", "(["))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(member.put("/v4/tenant/watermark", Map.of("watermark", true)).status())
                .isEqualTo(403);
    }

    private static Map<String, ?> custom(String kind) {
        return Map.of("data", List.of(Map.of("name", kind, "inherit_mod", "custom")));
    }

    private static Http.Answer commit(Http client, Scopes scopes, String message) {
        return client.post(
                "/v2/projects/" + scopes.repository().id() + "/repository/commits",
                Map.of(
                        "branch",
                        "master",
                        "commit_message",
                        message,
                        "actions",
                        List.of(Map.of("action", "create", "file_path", GranaryServer.unique("new"), "content", "x"))));
    }
}
