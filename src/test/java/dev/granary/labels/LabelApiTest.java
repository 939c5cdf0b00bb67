package dev.granary.labels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class LabelApiTest {
    private final GranaryServer server;
    private final Scopes scopes;
    private final Http client;
    private final String path;

    LabelApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        var owner = server.newUser("owner");
        client = as(owner);
        scopes = Scopes.create(server, server.caller(owner.name()));
        path = scopes.repositoryPath();
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    private JsonNode create(String name, String color) {
        var made = client.post(path + "/labels", Map.of("name", name, "color", color));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        return made.json();
    }

    private List<String> names(String query) {
        return client.get(path + "/labels" + query)
                .json()
                .valueStream()
                .map(label -> label.get("name").asString())
                .toList();
    }

    @Test
    void makesChangesAndRemovesLabels() {
        var made = client.post(
                        path + "/labels",
                        Map.of(
                                "name",
                                " 紧急 ",
                                "color",
                                "#fFf",
                                "description",
                                "two\nlines",
                                "expires_at",
                                "2020-02-29"))
                .json();
        assertThat(made.get("name").asString()).isEqualTo("紧急");
        assertThat(made.get("text_color").asString()).isEqualTo("#333333");
        assertThat(made.get("description").asString()).isEqualTo("two\nlines");
        assertThat(made.get("expires_at").asString()).isEqualTo("2020-02-29");
        assertThat(made.get("is_expired").booleanValue()).isTrue();
        assertThat(made.get("is_repository_label").booleanValue()).isTrue();
        assertThat(made.get("priority").isNull()).isTrue();

        var changed = client.put(
                        path + "/label",
                        Map.of("name", "紧急", "new_name", "later", "color", "#000080", "priority", 30, "expires_at", ""))
                .json();
        assertThat(changed.get("id")).isEqualTo(made.get("id"));
        assertThat(changed.get("name").asString()).isEqualTo("later");
        assertThat(changed.get("text_color").asString()).isEqualTo("#FFFFFF");
        assertThat(changed.get("priority").asInt()).isEqualTo(30);
        assertThat(changed.get("expires_at").isNull()).isTrue();
        assertThat(changed.get("is_expired").booleanValue()).isFalse();
        assertThat(changed.get("description").asString()).isEqualTo("two\nlines");

        assertThat(client.delete(path + "/label?name=later").status()).isEqualTo(204);
        var gone = client.delete(path + "/label?name=later");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.errorCode()).isEqualTo("CH.091309");
        assertThat(client.put(path + "/label", Map.of("name", "later", "priority", 1))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void listsSearchesAndSortsInPages() {
        create("beta", "#111111");
        create("Alpha_1", "#222222");
        create("alphax1", "#333333");
        client.put(path + "/label", Map.of("name", "beta", "expires_at", "2020-01-01"));
        assertThat(names("?sort=created_asc")).containsExactly("beta", "Alpha_1", "alphax1");
        assertThat(names("?sort=created_desc&limit=1&offset=1")).containsExactly("Alpha_1");
        assertThat(client.get(path + "/labels?limit=1").header("X-Total")).isEqualTo("3");
        assertThat(names("?search=ALPHA_")).containsExactly("Alpha_1");
        assertThat(names("?include_expired=false&sort=created_asc")).containsExactly("Alpha_1", "alphax1");
        assertThat(names("?sort=name_desc&view=simple").getFirst()).isEqualTo("beta");
    }

    @Test
    void makesTheUsualLabelsOnce() {
        var own = create("bug", "#123456");
        var made = client.post(path + "/system-labels", null).json();
        assertThat(made).hasSize(8);
        assertThat(made.get(0).get("id")).isEqualTo(own.get("id"));
        assertThat(made.get(0).get("color").asString()).isEqualTo("#123456");
        assertThat(client.post(path + "/system-labels", null).json()).isEqualTo(made);
        assertThat(names("?limit=100")).hasSize(8).contains("enhancement", "support");
    }

    @Test
    void refusesNamesThatAreTaken() {
        create("one", "#111111");
        create("two", "#111111");
        create("ONE", "#111111");
        var again = client.post(path + "/labels", Map.of("name", "one", "color", "#111111"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.errorCode()).isEqualTo("CH.091308");
        assertThat(client.put(path + "/label", Map.of("name", "one", "new_name", "two"))
                        .errorCode())
                .isEqualTo("CH.091308");
        assertThat(names("?sort=created_asc")).containsExactly("one", "two", "ONE");
    }

    @Test
    void refusesBadInputInBothLanguages() {
        invalid(Map.of("color", "#111111"), "name", "required", "必填");
        invalid(Map.of("name", "x".repeat(256), "color", "#111111"), "name", "1 to 255", "255");
        invalid(Map.of("name", "a\u0000", "color", "#111111"), "name", "control characters", "控制字符");
        invalid(Map.of("name", "a"), "color", "required", "必填");
        invalid(Map.of("name", "a", "color", "red"), "color", "#FFAABB", "颜色值");
        invalid(Map.of("name", "a", "color", "#fff", "description", "x".repeat(501)), "description", "500", "500");
        invalid(Map.of("name", "a", "color", "#fff", "expires_at", "2023-02-29"), "expires_at", "date", "日期");
        invalid(Map.of("name", "a", "color", "#fff", "expires_at", "+12345-01-01"), "expires_at", "date", "日期");
        assertThat(client.get(path + "/labels?sort=best").status()).isEqualTo(400);
        assertThat(client.get(path + "/labels?view=all").status()).isEqualTo(400);
        assertThat(client.get(path + "/labels?include_expired=7").status()).isEqualTo(400);
        assertThat(client.put(path + "/label", Map.of("name", "a", "priority", 31))
                        .status())
                .isEqualTo(400);
        assertThat(names("")).isEmpty();
    }

    private void invalid(Map<String, Object> body, String field, String english, String chinese) {
        var answer = client.post(path + "/labels", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.errorText()).contains(field).contains(english);
        assertThat(client.with("X-Language", "zh-cn")
                        .post(path + "/labels", body)
                        .errorText())
                .contains(field)
                .contains(chinese);
    }

    @Test
    void isSeenByViewersAndMadeByDevelopers() {
        create("one", "#111111");
        denied(server.asNobody(), 401);
        denied(as(server.newUser("stranger")), 404);
        assertThat(server.asNobody().get(path + "/labels").status()).isEqualTo(401);
        var viewer = member(Role.VIEWER);
        denied(viewer, 403);
        assertThat(viewer.get(path + "/labels").json()).hasSize(1);
        var developer = member(Role.DEVELOPER);
        assertThat(developer
                        .post(path + "/labels", Map.of("name", "two", "color", "#111111"))
                        .status())
                .isEqualTo(200);
    }

    private void denied(Http someone, int status) {
        assertThat(someone.post(path + "/labels", Map.of("name", "never", "color", "#111111"))
                        .status())
                .isEqualTo(status);
        assertThat(someone.post(path + "/system-labels", null).status()).isEqualTo(status);
        assertThat(someone.put(path + "/label", Map.of("name", "one", "priority", 1))
                        .status())
                .isEqualTo(status);
        assertThat(someone.delete(path + "/label?name=one").status()).isEqualTo(status);
        assertThat(names("")).containsExactly("one");
    }

    private Http member(Role role) {
        var user = server.newUser(role.key());
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), scopes.repositoryScope(), user.id(), role));
        return as(user);
    }
}
