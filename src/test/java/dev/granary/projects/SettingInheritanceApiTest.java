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

@OnBothDatabases
class SettingInheritanceApiTest {
    private final GranaryServer server;
    private final Http client;
    private final Scopes scopes;

    SettingInheritanceApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        var owner = server.newUser("owner");
        client = server.http(owner.name(), GranaryServer.PASSWORD);
        scopes = Scopes.create(server, server.caller(owner.name()));
    }

    private static Map<String, Object> modes(String... pairs) {
        return Map.of(
                "data",
                List.of(pairs).stream().map(SettingInheritanceApiTest::mode).toList());
    }

    private static Map<String, Object> mode(String pair) {
        var parts = pair.split("=");
        return Map.of("name", parts[0], "inherit_mod", parts[1]);
    }

    private static List<String> shown(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(entry -> entry.get("name").asString() + "="
                        + entry.get("inherit_mod").asString())
                .toList();
    }

    @Test
    void everythingIsCustomAtFirst() {
        var custom = "[a-z0-9_]+=custom";
        assertThat(shown(client.get(scopes.projectPath() + "/settings-inherit-cfg")))
                .hasSize(11)
                .allMatch(entry -> entry.matches(custom));
        assertThat(shown(client.get(scopes.innerPath() + "/inherit-setting")))
                .hasSize(11)
                .allMatch(entry -> entry.matches(custom));
        assertThat(shown(client.get(scopes.repositoryPath() + "/inherit-setting")))
                .hasSize(9)
                .allMatch(entry -> entry.matches(custom))
                .doesNotContain("deploy_keys=custom", "webhook_settings=custom");
    }

    @Test
    void whatAProjectForcesIsForcedOnAllBelow() {
        assertThat(source("protected_branches"))
                .isEqualTo("repository " + scopes.repository().id() + " true");
        assertThat(shown(client.put(
                        scopes.projectPath() + "/settings-inherit-cfg",
                        modes("protected_branches=force_inherit", "watermark=custom"))))
                .contains("protected_branches=force_inherit", "watermark=custom", "protected_tags=custom");
        assertThat(source("protected_branches"))
                .isEqualTo("project " + scopes.project().id() + " false");
        assertThat(source("protected_tags"))
                .isEqualTo("repository " + scopes.repository().id() + " true");
        for (var path : List.of(scopes.innerPath(), scopes.repositoryPath())) {
            assertThat(shown(client.get(path + "/inherit-setting"))).contains("protected_branches=force_inherit");
            var refused = client.put(path + "/inherit-setting", modes("reviews=custom", "protected_branches=custom"));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.errorCode()).isEqualTo("CH.091303");
            assertThat(refused.errorText()).contains("protected_branches");
            assertThat(shown(client.put(path + "/inherit-setting", modes("protected_branches=inherit"))))
                    .contains("protected_branches=force_inherit");
        }
        var inner = client.get(scopes.innerPath() + "/inherit?setting_type=protected_branches")
                .json();
        assertThat(inner.get("source_setting").asString()).isEqualTo("project");
        assertThat(inner.get("group_id").isNull()).isTrue();
        assertThat(inner.get("project_id").asString())
                .isEqualTo(scopes.project().uuid());
        assertThat(inner.get("upward_inherit_editable").booleanValue()).isFalse();

        client.put(scopes.projectPath() + "/settings-inherit-cfg", modes("protected_branches=custom"));
        assertThat(source("protected_branches"))
                .isEqualTo("repository " + scopes.repository().id() + " true");
    }

    @Test
    void repositoriesInheritFromTheNearestGroupWithValues() {
        assertThat(client.put(scopes.outerPath() + "/watermark", Map.of("watermark", true))
                        .status())
                .isEqualTo(200);
        assertThat(shown(client.get(scopes.repositoryPath() + "/inherit-setting")))
                .contains("watermark=inherit");
        assertThat(source("watermark")).isEqualTo("group " + scopes.outer().id() + " true");
        var inner = client.get(scopes.innerPath() + "/inherit?setting_type=watermark")
                .json();
        assertThat(inner.get("source_setting").asString()).isEqualTo("group");
        assertThat(inner.get("group_id").asString())
                .isEqualTo(Long.toString(scopes.outer().id()));
        assertThat(inner.get("upward_inherit_editable").booleanValue()).isTrue();

        assertThat(shown(client.put(scopes.repositoryPath() + "/inherit-setting", modes("watermark=custom"))))
                .contains("watermark=custom");
        assertThat(source("watermark"))
                .isEqualTo("repository " + scopes.repository().id() + " true");
        client.put(scopes.repositoryPath() + "/inherit-setting", modes("watermark=inherit"));
        assertThat(source("watermark")).isEqualTo("group " + scopes.outer().id() + " true");
    }

    @Test
    void groupsForceToo() {
        assertThat(shown(client.put(scopes.outerPath() + "/inherit-setting", modes("push_rules=force_inherit"))))
                .contains("push_rules=force_inherit");
        assertThat(source("push_rules")).isEqualTo("group " + scopes.outer().id() + " false");
        var modes = client.get(scopes.innerPath() + "/settings-inherit-cfg").json();
        assertThat(modes.get("push_rules").asInt()).isEqualTo(2);
        assertThat(modes.get("watermark").asInt()).isEqualTo(1);
        assertThat(modes.get("can_update").booleanValue()).isTrue();
        assertThat(modes.get("namespace_id").asLong()).isEqualTo(scopes.inner().id());
        assertThat(modes.get("parent_id").asLong()).isEqualTo(scopes.outer().id());
        assertThat(modes.get("product_id").asString())
                .isEqualTo(scopes.project().uuid());
        assertThat(modes.get("issues").isNull()).isTrue();
        client.put(scopes.innerPath() + "/inherit-setting", modes("watermark=inherit"));
        assertThat(client.get(scopes.innerPath() + "/settings-inherit-cfg")
                        .json()
                        .get("watermark")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void watermarksAreInheritedLikeTheRest() {
        var path = scopes.repositoryPath() + "/watermark";
        assertThat(client.get(path).json().get("view_watermark").booleanValue()).isFalse();
        assertThat(client.put(path, Map.of("watermark", true))
                        .json()
                        .get("watermark")
                        .booleanValue())
                .isTrue();
        client.put(scopes.projectPath() + "/settings-inherit-cfg", modes("watermark=force_inherit"));
        assertThat(client.get(path).json().get("watermark").booleanValue()).isTrue();
        assertThat(client.get(path).json().get("view_watermark").booleanValue()).isFalse();
        assertThat(client.put(path, Map.of("watermark", false)).errorCode()).isEqualTo("CH.090509");
        client.put(scopes.projectPath() + "/watermark", Map.of("watermark", true));
        var inner = client.get(scopes.innerPath() + "/watermark").json();
        assertThat(inner.get("watermark").booleanValue()).isTrue();
        assertThat(inner.get("can_update").booleanValue()).isTrue();
        assertThat(client.get(scopes.projectPath() + "/watermark")
                        .json()
                        .get("watermark")
                        .booleanValue())
                .isTrue();
        var missing = client.put(scopes.projectPath() + "/watermark", Map.of());
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.errorText()).contains("watermark");
    }

    @Test
    void refusesUnknownKindsAndModesInBothLanguages() {
        var project = scopes.projectPath() + "/settings-inherit-cfg";
        var repository = scopes.repositoryPath() + "/inherit-setting";
        invalid(client.put(project, modes("issues=custom")), "name", "protected_branches, ");
        invalid(client.put(project, modes("watermark=inherit")), "inherit_mod", "force_inherit, custom");
        invalid(client.put(repository, modes("watermark=force_inherit")), "inherit_mod", "custom, inherit");
        invalid(client.put(repository, Map.of("data", List.of())), "data", "required");
        invalid(client.put(repository, "{\"data\":[null]}"), "data", "required");
        invalid(client.put(repository, Map.of()), "data", "required");
        invalid(client.get(scopes.repositoryPath() + "/inherit-setting-source"), "name", "one of");
        invalid(client.get(scopes.innerPath() + "/inherit?setting_type=x"), "setting_type", "one of");
        var chinese = client.with("X-Language", "zh-cn").put(repository, modes("watermark=force_inherit"));
        assertThat(chinese.errorText()).contains("inherit_mod").contains("必须是以下之一");
        assertThat(shown(client.get(repository))).contains("watermark=custom");
    }

    private static void invalid(Http.Answer answer, String field, String text) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("CH.010001");
        assertThat(answer.errorText()).contains(field).contains(text);
    }

    private String source(String kind) {
        var source = client.get(scopes.repositoryPath() + "/inherit-setting-source?name=" + kind)
                .json();
        return source.get("source_type").asString() + " "
                + source.get("source_id").asString() + " "
                + source.get("upward_inherit_editable").booleanValue();
    }
}
