package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Scope;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.SshKeyFiles;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is deleted takes along all that was kept about it, in whichever table. */
@OnBothDatabases
@SuppressWarnings("NullAway.Init")
class RemovedScopesTest {
    private final GranaryServer server;
    private final Http admin;
    private final Scopes scopes;
    private final UserAccount member;
    private final String teamUuid;
    private final long team;

    @TempDir
    Path folder;

    RemovedScopesTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        admin = server.asAdmin();
        scopes = Scopes.create(server, server.admin());
        member = server.newUser("member");
        teamUuid = Ids.newUuid();
        team = Scopes.write(
                server,
                jdbc -> jdbc.sql("INSERT INTO user_group (uuid, name, name_key, created_at, updated_at)"
                                + " VALUES (:uuid, :uuid, :uuid, 0, 0) RETURNING id")
                        .param("uuid", teamUuid)
                        .query(Long.class)
                        .single());
    }

    private static void ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isLessThan(300);
    }

    private void fill() {
        server.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            var access = server.bean(AccessService.class);
            access.assign(server.admin().id(), scopes.projectScope(), member.id(), Role.DEVELOPER);
            access.assign(server.admin().id(), scopes.outer(), member.id(), Role.COMMITTER);
            access.assign(server.admin().id(), scopes.inner(), member.id(), Role.COMMITTER);
            access.assign(server.admin().id(), scopes.repositoryScope(), member.id(), Role.COMMITTER);
            var jdbc = server.bean(JdbcClient.class);
            jdbc.sql("INSERT INTO user_group_member (user_group_id, user_id, created_at) VALUES (:team, :user, 0)")
                    .param("team", team)
                    .param("user", member.id())
                    .update();
            for (var site : List.of(
                    "project_id, " + scopes.project().id(),
                    "group_id, " + scopes.inner().id(),
                    "repository_id, " + scopes.repository().id())) {
                var parts = site.split(", ");
                jdbc.sql("INSERT INTO user_group_role (user_group_id, role, created_at, " + parts[0]
                                + ") VALUES (:team, 'developer', 0, " + parts[1] + ")")
                        .param("team", team)
                        .update();
            }
            for (var scope : List.of(scopes.projectScope(), scopes.outer(), scopes.inner(), scopes.repositoryScope())) {
                jdbc.sql("INSERT INTO role_permission (scope, scope_id, role, permission, enabled)"
                                + " VALUES (:scope, :id, 'developer', 'fork', FALSE)")
                        .param("scope", ((Scope) scope).kind())
                        .param("id", scope.id())
                        .update();
            }
        });
        var to = Map.of(
                "action", "push", "enable", true, "user_ids", List.of(member.id()), "user_team_ids", List.of(team));
        for (var scope :
                List.of(scopes.repositoryPath(), scopes.innerPath(), scopes.outerPath(), scopes.projectPath())) {
            var rule = scope.equals(scopes.repositoryPath())
                    ? Map.of("names", List.of("main"), "actions", List.of(to))
                    : Map.of("name", "main", "actions", List.of(to));
            ok(admin.post(scope + "/protected-branches", rule));
            ok(admin.put(scope + "/watermark", Map.of("watermark", true)));
            ok(admin.put(scope + "/general-policy", Map.of("disable_fork", false, "tag_name_regex", "^v")));
        }
        var repository = scopes.repository().id();
        ok(admin.post(scopes.repositoryPath() + "/labels", Map.of("name", "urgent", "color", "#FF0000")));
        ok(admin.post(
                "/v4/projects/" + repository + "/trusted-ip-addresses",
                Map.of("ip_type", 2, "ip_start", "127.0.0.0/8", "view_flag", 1, "download_flag", 1)));
        var key = SshKeyFiles.generate("ed25519", 256).publicKey();
        ok(admin.post(
                "/v2/repositories/" + repository + "/deploy-keys",
                Map.of("key_title", "ci", "key", key, "can_push", false, "application", "build")));
    }

    private void own(long user) {
        new Storage(server, folder)
                .sql("UPDATE code_group SET owner_id = " + user + " WHERE id = "
                        + scopes.inner().id());
    }

    /** The tables with a column that says to whom a row belongs, and rows that belong to the id. */
    private List<String> rowsOf(String column, long id, String condition) {
        var found = new ArrayList<String>();
        try (var connection = server.bean(DataSource.class).getConnection();
                var tables =
                        connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                var table = tables.getString("TABLE_NAME");
                if (has(connection, table, column)) {
                    try (var statement = connection.createStatement();
                            var rows = statement.executeQuery(
                                    "SELECT COUNT(*) FROM " + table + " WHERE " + column + " = " + id + condition)) {
                        rows.next();
                        if (rows.getLong(1) > 0) {
                            found.add(table);
                        }
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return found;
    }

    /** Asked table by table: SQLite's driver cannot list the columns of so many at once. */
    private static boolean has(Connection connection, String table, String column) throws SQLException {
        try (var columns = connection.getMetaData().getColumns(null, connection.getSchema(), table, column)) {
            return columns.next();
        }
    }

    private List<String> rowsOf(Scope scope) {
        var column = scope.kind() + "_id";
        var rows = rowsOf(column, scope.id(), "");
        rows.addAll(rowsOf("scope_id", scope.id(), " AND scope = '" + scope.kind() + "'"));
        return rows;
    }

    @Test
    void nothingStaysBehind() {
        fill();
        var scoped = List.of("access_rule", "role_permission", "scope_setting", "setting_mode");
        assertThat(rowsOf(scopes.repositoryScope()))
                .containsAll(scoped)
                .contains("deploy_key", "label", "trusted_address", "repository_member", "user_group_role", "place");
        assertThat(rowsOf(scopes.inner())).containsAll(scoped).contains("group_member", "user_group_role");
        assertThat(rowsOf(scopes.projectScope())).containsAll(scoped).contains("project_member", "user_group_role");
        assertThat(rowsOf("user_group_id", team, ""))
                .contains("access_rule_grant", "user_group_member", "user_group_role");

        ok(admin.delete("/v3/groups/" + teamUuid));
        assertThat(rowsOf("user_group_id", team, "")).isEmpty();
        own(member.id());
        assertThat(admin.delete("/v3/users/" + member.uuid()).errorCode()).isEqualTo("CH.090302");
        own(server.admin().id());
        ok(admin.delete("/v3/users/" + member.uuid()));
        assertThat(rowsOf("user_id", member.id(), "")).isEmpty();
        assertThat(admin.get(scopes.repositoryPath() + "/protected-branches").text())
                .as("what was left to those alone is left to nobody")
                .contains("main");

        var storage = new Storage(server, folder);
        var keys = storage.number("SELECT COUNT(*) FROM ssh_key");
        ok(admin.delete("/v1/repositories/" + scopes.repository().uuid()));
        storage.markDeleted(scopes.repository());
        assertThat(rowsOf(scopes.repositoryScope()))
                .as("it may be brought back")
                .containsAll(scoped);
        storage.deleted.sweep();
        assertThat(rowsOf(scopes.repositoryScope())).isEmpty();
        assertThat(storage.number("SELECT COUNT(*) FROM ssh_key")).isLessThan(keys);

        for (var group : List.of(scopes.inner(), scopes.outer())) {
            ok(admin.delete("/v4/" + scopes.project().uuid() + "/groups/" + group.id()));
            assertThat(rowsOf(group)).isEmpty();
        }
        ok(admin.delete("/v4/projects/" + scopes.project().uuid()));
        assertThat(rowsOf(scopes.projectScope())).isEmpty();
    }
}
