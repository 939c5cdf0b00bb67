package dev.granary.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.granary.identity.UserService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What concerns the account as a whole. */
@OnBothDatabases
class TenantApiTest {
    private static final String REPOSITORIES = "/v4/tenant/repositories";
    private static final String ADDRESSES = "/v4/tenant/trusted-ip-addresses";

    private final TestDatabase database;
    private final GranaryServer server;
    private final Http admin;

    TenantApiTest(TestDatabase database) {
        this.database = database;
        server = GranaryServer.shared(database);
        admin = server.asAdmin();
    }

    private static List<String> names(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(row -> row.get("repository_name").asString())
                .toList();
    }

    private void size(long repository, long bytes) {
        Scopes.write(
                server,
                jdbc -> jdbc.sql("UPDATE repository SET size_bytes = ? WHERE id = ?")
                        .params(bytes, repository)
                        .update());
    }

    private Http as(String user) {
        return server.http(user, GranaryServer.PASSWORD);
    }

    @Test
    void listsAllRepositoriesOfTheAccount() {
        var owner = server.newUser("holder").name();
        var first = Scopes.create(server, server.caller(owner));
        var second = Scopes.create(server, server.caller(owner));
        var mine = REPOSITORIES + "?owner=" + owner.toUpperCase(Locale.ROOT);
        var listed = admin.get(mine + "&sort=asc&sort_field=create_time");
        assertThat(names(listed))
                .containsExactly(first.repository().name(), second.repository().name());
        var row = listed.json().get(0);
        assertThat(row.get("owner").asString()).isEqualTo(owner);
        assertThat(row.get("project_id").asString()).isEqualTo(first.project().uuid());
        assertThat(row.get("project_name").asString()).isEqualTo(first.project().name());
        assertThat(row.get("member_number").intValue())
                .as("its owner and the group's")
                .isEqualTo(2);
        assertThat(row.get("status").intValue()).isZero();
        var page = admin.get(mine + "&sort=desc&sort_field=repository_name&offset=1&limit=1");
        assertThat(page.header("X-Total")).isEqualTo("2");
        assertThat(names(page)).hasSize(1);

        Scopes.write(
                server,
                jdbc -> jdbc.sql("UPDATE repository SET locked = TRUE WHERE id = :id")
                        .param("id", first.repository().id())
                        .update());
        var locked = mine + "&locked=true&member_number=2&status=0&created_after=2020-01-01T00:00:00Z";
        assertThat(names(admin.get(locked))).containsExactly(first.repository().name());
        // The size is measured in the background, and may be once more after it is written here.
        await().untilAsserted(() -> {
            size(first.repository().id(), 1572864);
            assertThat(admin.get(locked).json().get(0).get("capacity").doubleValue())
                    .isEqualTo(1.5);
        });
        assertThat(names(admin.get(mine + "&created_before=2020-01-01T00:00:00%2B08:00")))
                .isEmpty();
        assertThat(names(admin.get(
                        mine + "&repository_name=" + second.repository().name())))
                .containsExactly(second.repository().name());
        for (var field : List.of("owner", "capacity", "status", "create_time", "member_number", "repository_name")) {
            assertThat(names(admin.get(mine + "&sort_field=" + field)))
                    .as(field)
                    .hasSize(2);
        }

        as(owner).delete("/v1/repositories/" + second.repository().uuid());
        assertThat(names(admin.get(mine + "&status=7")))
                .containsExactly(second.repository().name());
        assertThat(names(admin.get(mine + "&status=3"))).isEmpty();

        await().untilAsserted(() -> {
            size(first.repository().id(), 1572864);
            var table = admin.post(
                    REPOSITORIES + "/export",
                    Map.of("repository_ids", List.of(first.repository().id())));
            assertThat(table.header("Content-Disposition")).contains("repositories.csv");
            assertThat(table.header("Content-Type")).startsWith("application/octet-stream");
            var lines = table.text().lines().toList();
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).startsWith("\uFEFFrepository_id,repository_name,");
            assertThat(lines.get(1))
                    .startsWith(
                            first.repository().id() + "," + first.repository().name() + ",")
                    .contains(",1.5,0,")
                    .endsWith(",2,true");
        });
        assertThat(admin.post(REPOSITORIES + "/export", Map.of()).text())
                .contains(second.repository().name());
    }

    @Test
    void isForAdministrators() {
        var someone = as(server.newUser("someone").name());
        var nobody = server.asNobody();
        var tenant = tenant();
        for (var path : List.of(
                REPOSITORIES,
                ADDRESSES,
                tenant + "/setting",
                tenant + "/kms-grant",
                tenant + "/cmks",
                tenant + "/repositories")) {
            assertThat(nobody.get(path).status()).as(path).isEqualTo(401);
            assertThat(someone.get(path).status()).as(path).isEqualTo(403);
        }
        assertThat(someone.post(REPOSITORIES + "/export", Map.of()).status()).isEqualTo(403);
        assertThat(nobody.post(REPOSITORIES + "/export", Map.of()).status()).isEqualTo(401);
        assertThat(someone.post(tenant + "/kms-grant", Map.of()).status()).isEqualTo(403);
        assertThat(someone.put(tenant + "/setting", Map.of()).status()).isEqualTo(403);
        assertThat(someone.post(ADDRESSES, Map.of("ip_type", 0)).status()).isEqualTo(403);
        for (var path : List.of("/v4/tenant/develop-mode", "/v4/tenant/setting")) {
            assertThat(nobody.get(path).status()).as(path).isEqualTo(401);
            assertThat(someone.get(path).status()).as(path).isEqualTo(200);
        }
        var hidden = Scopes.create(server, server.admin()).project().uuid();
        assertThat(someone.get("/v4/tenant/setting?project_id=" + hidden).status())
                .isEqualTo(404);
        for (var bad : List.of(
                "status=1",
                "sort=up",
                "sort_field=id",
                "member_number=0",
                "created_after=yesterday",
                "limit=101",
                "owner=" + "x".repeat(129))) {
            assertThat(admin.get(REPOSITORIES + "?" + bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(admin.post(REPOSITORIES + "/export", Map.of("repository_ids", List.of(0)))
                        .status())
                .isEqualTo(400);
    }

    private String tenant() {
        return "/v4/tenants/" + server.bean(UserService.class).account().uuid() + "/repo-encryption";
    }

    @Test
    void saysThatRepositoriesAreNotEncrypted() {
        var path = tenant();
        var setting = admin.get(path + "/setting").json();
        assertThat(setting.get("encryption_type").asString()).isEqualTo("normal");
        assertThat(setting.get("default_encryption_enabled").booleanValue()).isFalse();
        assertThat(admin.get(path + "/kms-grant").json().get("assumed").booleanValue())
                .isFalse();
        assertThat(admin.get(path + "/cmks").header("X-Total")).isEqualTo("0");
        assertThat(admin.get(path + "/repositories").json()).isEmpty();
        assertThat(admin.put(path + "/setting", Map.of("encryption_type", "normal"))
                        .json())
                .isEqualTo(setting);
        for (var change : List.of(
                Map.of("encryption_type", "KMS"),
                Map.of("default_encryption_enabled", true),
                Map.of("cmk_key_id", "key"))) {
            var refused = admin.put(path + "/setting", change);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.errorCode()).isEqualTo("CH.094101");
        }
        var refused = admin.post(path + "/kms-grant", Map.of());
        assertThat(refused.errorCode()).isEqualTo("CH.094101");
        assertThat(refused.errorText()).contains("Encrypt the disk");
        assertThat(admin.with("X-Language", "zh-cn")
                        .post(path + "/kms-grant", Map.of())
                        .errorText())
                .contains("磁盘");
        assertThat(admin.get("/v4/tenants/" + "0".repeat(32) + "/repo-encryption/setting")
                        .status())
                .isEqualTo(404);
        var mode = admin.get("/v4/tenant/develop-mode").json();
        assertThat(mode.get("repo_encryption_enabled").booleanValue()).isFalse();
    }

    /** The list is about all repositories, so the server is one of the test's own. */
    @Test
    void theAccountsAddressesHoldForEveryRepository() {
        try (var own = GranaryServer.start(database)) {
            var client = own.asAdmin();
            var scopes = Scopes.create(own, own.admin());
            var show = scopes.repositoryPath();
            assertThat(client.get(show).status()).isEqualTo(200);
            var entry = new HashMap<String, Object>(Map.of("ip_type", 0, "ip_start", "192.0.2.7", "view_flag", 1));
            assertThat(client.post(ADDRESSES, entry).errorCode())
                    .as("who shuts oneself out")
                    .isEqualTo("CH.091305");
            entry.put("ip_start", "127.0.0.1");
            var made = client.post(ADDRESSES, entry).json();
            assertThat(made.get("user_id").longValue()).isEqualTo(own.admin().id());
            assertThat(made.get("domain_id").asString())
                    .isEqualTo(own.bean(UserService.class).account().uuid());
            assertThat(made.get("ip_range").asString()).isEqualTo("127.0.0.1");
            assertThat(client.get(show).status()).isEqualTo(200);
            var file = Map.of("action", "create", "file_path", "a", "content", "a");
            var commit = Map.of("branch", "main", "commit_message", "Begin", "actions", List.of(file));
            var commits = "/v2/projects/" + scopes.repository().id() + "/repository/commits";
            assertThat(client.post(commits, commit).errorCode()).isEqualTo("CH.091304");
            var one = ADDRESSES + "/" + made.get("id").asString();
            client.put(one, Map.of("upload_flag", 1));
            assertThat(client.post(commits, commit).status()).isEqualTo(200);

            var ofRepository = "/v4/projects/" + scopes.repository().id() + "/trusted-ip-addresses";
            assertThat(client.get(ofRepository).json()).isEmpty();
            assertThat(client.put(ofRepository + "/" + made.get("id").asString(), Map.of())
                            .status())
                    .as("an entry of the account is none of a repository's")
                    .isEqualTo(404);
            client.post(ADDRESSES, Map.of("ip_type", 0, "ip_start", "192.0.2.8", "view_flag", 1));
            assertThat(client.get(ADDRESSES).header("X-Total")).isEqualTo("2");
            assertThat(client.get(ADDRESSES + "?offset=1&limit=1").json()).hasSize(1);
            assertThat(client.delete(one).errorCode()).isEqualTo("CH.091305");
            assertThat(client.get(show + "/labels").status()).isEqualTo(200);
            assertThat(client.post(ADDRESSES, Map.of("ip_type", 3)).status()).isEqualTo(400);
            var recent = "/v4/user/recent-push-events";
            assertThat(client.get(recent).json()).hasSize(1);
            Scopes.write(
                    own,
                    jdbc -> jdbc.sql("UPDATE trusted_address SET view_flag = FALSE")
                            .update());
            Scopes.write(
                    own,
                    jdbc -> jdbc.sql("UPDATE project SET rules_version = rules_version + 1")
                            .update());
            assertThat(client.get(show).errorCode()).isEqualTo("CH.091304");
            assertThat(client.get(recent).json()).as("what is in it").isEmpty();
        }
    }
}
