package dev.granary.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the account says holds in all projects, so the server is one of the test's own. */
@OnBothDatabases
class AccountSettingsTest {
    private static final String RULES = "/v4/tenant/protected-refs/branches";
    private static final String MODES = "/v4/tenant/settings-inherit-cfg";

    private final TestDatabase database;

    AccountSettingsTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void holdInEveryProjectUntilSomethingBelowHasItsOwn() {
        try (var server = GranaryServer.start(database)) {
            var admin = server.asAdmin();
            var before = Scopes.create(server, server.admin());
            commit(admin, before, "master", 200);
            ok(protect(admin, RULES, "release*"), 201);
            ok(admin.put("/v4/tenant/general-policy", Map.of("branch_name_regex", "^(master|release|feature).*")), 200);
            var after = Scopes.create(server, server.admin());
            commit(admin, after, "master", 200);
            for (var scopes : List.of(before, after)) {
                assertThat(source(admin, scopes, "protected_branches")).isEqualTo(project(scopes) + "true");
                assertThat(commit(admin, scopes, "release1", 403).errorText()).contains("release*");
                assertThat(commit(admin, scopes, "other", 403).errorText()).contains("^(master|release|feature).*");
                commit(admin, scopes, "feature1", 200);
            }

            ok(protect(admin, before.projectPath() + "/protected-branches", "feature*"), 409);
            ok(admin.put(before.projectPath() + "/settings-inherit-cfg", mode("custom")), 200);
            ok(protect(admin, before.projectPath() + "/protected-branches", "feature*"), 201);
            assertThat(source(admin, before, "protected_branches")).isEqualTo(project(before) + "true");
            commit(admin, before, "release2", 200);
            commit(admin, before, "feature2", 403);
            commit(admin, after, "feature2", 200);

            ok(admin.put(MODES, mode("force_inherit")), 200);
            assertThat(source(admin, before, "protected_branches")).isEqualTo(project(before) + "false");
            commit(admin, before, "release3", 403);
            commit(admin, before, "feature3", 200);
            ok(admin.put(MODES, mode("custom")), 200);
            commit(admin, before, "release4", 200);

            assertThat(admin.get(RULES + "?search=LEASE").header("X-Total")).isEqualTo("1");
            ok(admin.delete(RULES + "?name=release*"), 204);
            commit(admin, after, "release5", 200);
        }
    }

    @Test
    void areForAdministratorsToChangeAndForAllUsersToSee() {
        var server = GranaryServer.shared(database);
        var user = server.http(server.newUser("someone").name(), GranaryServer.PASSWORD);
        for (var path : List.of(RULES, MODES, "/v4/tenant/general-policy")) {
            assertThat(user.get(path).status()).as(path).isEqualTo(200);
            assertThat(server.asNobody().get(path).status()).as(path).isEqualTo(401);
        }
        ok(protect(user, RULES, "x"), 403);
        ok(user.put(MODES, mode("force_inherit")), 403);
        ok(user.put("/v4/tenant/general-policy", Map.of("disable_fork", true)), 403);
        ok(user.delete(RULES + "?name=x"), 403);
        ok(server.asAdmin().get("/v4/tenant/protected-refs/files"), 400);
        ok(server.asAdmin().put(MODES, mode("inherit")), 400);
        assertThat(server.asAdmin().get(RULES).header("X-Total")).isEqualTo("0");
    }

    /** The public API knows no account as a source: it is the project that takes the account's values. */
    private static String project(Scopes scopes) {
        return "project " + scopes.project().id() + " ";
    }

    private static Map<String, ?> mode(String mode) {
        return Map.of("data", List.of(Map.of("name", "protected_branches", "inherit_mod", mode)));
    }

    private static Http.Answer protect(Http client, String path, String name) {
        var nobody = Map.of("action", "push", "enable", true);
        return client.post(path, Map.of("name", name, "actions", List.of(nobody)));
    }

    private static String source(Http client, Scopes scopes, String kind) {
        var answer = ok(client.get(scopes.repositoryPath() + "/inherit-setting-source?name=" + kind), 200)
                .json();
        return answer.get("source_type").asString() + " "
                + answer.get("source_id").asString() + " "
                + answer.get("upward_inherit_editable").asBoolean();
    }

    private static Http.Answer commit(Http client, Scopes scopes, String branch, int status) {
        var body = new java.util.HashMap<String, Object>(Map.of(
                "branch",
                branch,
                "commit_message",
                "On " + branch,
                "actions",
                List.of(Map.of("action", "create", "file_path", GranaryServer.unique("file"), "content", "x"))));
        if (!branch.equals("master")) {
            body.put("start_branch", "master");
        }
        var path = "/v2/projects/" + scopes.repository().id() + "/repository/commits";
        return ok(client.post(path, body), status);
    }

    private static Http.Answer ok(Http.Answer answer, int status) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        return answer;
    }
}
