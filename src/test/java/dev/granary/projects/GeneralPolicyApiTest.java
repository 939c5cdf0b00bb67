package dev.granary.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.identity.UserAccount;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class GeneralPolicyApiTest {
    private final GranaryServer server;
    private final Http client;
    private final Scopes scopes;

    GeneralPolicyApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        var owner = server.newUser("owner");
        client = server.http(owner.name(), GranaryServer.PASSWORD);
        scopes = Scopes.create(server, server.caller(owner.name()));
    }

    private JsonNode policy(String path) {
        var shown = client.get(path + "/general-policy");
        assertThat(shown.status()).as(shown.toString()).isEqualTo(200);
        return shown.json();
    }

    private JsonNode change(String path, Map<String, Object> change) {
        var changed = client.put(path + "/general-policy", change);
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        return changed.json();
    }

    @Test
    void allowsEverythingUntilSomebodySaysOtherwise() {
        for (var path : List.of(scopes.projectPath(), scopes.innerPath(), scopes.repositoryPath())) {
            var policy = policy(path);
            assertThat(policy.get("disable_fork").booleanValue()).isFalse();
            assertThat(policy.get("forbidden_developer_create_branch").booleanValue())
                    .isFalse();
            assertThat(policy.get("branch_name_regex").asString()).isEmpty();
            assertThat(policy.get("tag_name_regex").asString()).isEmpty();
            assertThat(policy.get("generate_pre_merge_ref").booleanValue()).isFalse();
        }
    }

    @Test
    void whatAProjectSaysHoldsBelowAtOnce() {
        change(scopes.projectPath(), Map.of("branch_name_regex", "^(main|dev)$", "disable_fork", true));
        change(scopes.projectPath(), Map.of("tag_name_regex", "^v[0-9]", "generate_pre_merge_ref", true));
        for (var path :
                List.of(scopes.projectPath(), scopes.outerPath(), scopes.innerPath(), scopes.repositoryPath())) {
            var policy = policy(path);
            assertThat(policy.get("disable_fork").booleanValue()).isTrue();
            assertThat(policy.get("branch_name_regex").asString()).isEqualTo("^(main|dev)$");
            assertThat(policy.get("tag_name_regex").asString()).isEqualTo("^v[0-9]");
            assertThat(policy.get("generate_pre_merge_ref").booleanValue()).isTrue();
        }
        assertThat(client.get(scopes.innerPath() + "/policies/general").json()).isEqualTo(policy(scopes.innerPath()));
        assertThat(client.get(scopes.projectPath() + "/policies/general").json())
                .isEqualTo(policy(scopes.projectPath()));

        var refused = client.put(scopes.repositoryPath() + "/general-policy", Map.of("disable_fork", false));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("CH.090509");
        custom(scopes.repositoryPath(), "repository_settings");
        assertThat(policy(scopes.repositoryPath()).get("disable_fork").booleanValue())
                .isFalse();
        change(scopes.repositoryPath(), Map.of("branch_name_regex", "own"));
        assertThat(policy(scopes.innerPath()).get("branch_name_regex").asString())
                .isEqualTo("^(main|dev)$");
    }

    private void custom(String path, String kind) {
        var body = Map.of("data", List.of(Map.of("name", kind, "inherit_mod", "custom")));
        assertThat(client.put(path + "/inherit-setting", body).status()).isEqualTo(200);
    }

    @Test
    void namesThoseWhoMayCreateBranchesAllTheSame() {
        var first = server.newUser("first");
        var second = server.newUser("second");
        var changed = change(
                scopes.repositoryPath(),
                Map.of(
                        "forbidden_developer_create_branch",
                        true,
                        "create_branch_whitelist_user_ids",
                        second.uuid() + ", " + first.id() + "," + first.uuid()));
        assertThat(changed.get("forbidden_developer_create_branch").booleanValue())
                .isTrue();
        assertThat(creators(changed)).containsExactly(shown(second), shown(first));
        assertThat(server.bean(GeneralPolicyService.class)
                        .of(scopes.repositoryScope())
                        .branchCreators())
                .containsExactly(second.id(), first.id());
        assertThat(creators(change(scopes.repositoryPath(), Map.of("create_branch_whitelist_user_ids", ""))))
                .isEmpty();
        assertThat(policy(scopes.repositoryPath())
                        .get("forbidden_developer_create_branch")
                        .booleanValue())
                .isTrue();
    }

    private static String shown(UserAccount user) {
        return user.id() + " " + user.uuid() + " " + user.name();
    }

    private static List<String> creators(JsonNode policy) {
        return policy.get("create_branch_whitelist_users")
                .valueStream()
                .map(user -> user.get("id").asLong() + " " + user.get("user_id").asString() + " "
                        + user.get("user_name").asString())
                .toList();
    }

    @Test
    void refusesForksWhereTheyAreForbidden() {
        var fork = Map.of(
                "project_name", GranaryServer.unique("Elsewhere"),
                "repo_name", "copy",
                "template_id", scopes.repository().uuid());
        change(scopes.outerPath(), Map.of("disable_fork", true));
        var refused = client.post("/v2/projects/repositories/fork", fork);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("CH.091302");
        change(scopes.outerPath(), Map.of("disable_fork", false));
        assertThat(client.post("/v2/projects/repositories/fork", fork).status()).isEqualTo(200);
    }

    @Test
    void refusesBadPatternsAndUsersInBothLanguages() {
        var path = scopes.repositoryPath() + "/general-policy";
        invalid(path, Map.of("branch_name_regex", "("), "branch_name_regex", "it is not a valid", "不是有效的正则表达式");
        invalid(path, Map.of("tag_name_regex", "x".repeat(501)), "tag_name_regex", "0 to 500", "0 到 500");
        invalid(path, Map.of("branch_name_regex", "(a)\\1"), "branch_name_regex", "it is not a valid", "正则表达式");
        invalid(path, Map.of("disable_fork", "perhaps"), "disable_fork", "wrong type", "类型错误");
        var many = String.join(
                ",",
                java.util.stream.IntStream.range(1, 103)
                        .mapToObj(Integer::toString)
                        .toList());
        invalid(
                path,
                Map.of("create_branch_whitelist_user_ids", many),
                "create_branch_whitelist_user_ids",
                "at most 100",
                "100");
        for (var nobody : List.of("0", "2147483647", "99999999999", "x", "0".repeat(32))) {
            var answer = client.put(path, Map.of("create_branch_whitelist_user_ids", nobody));
            assertThat(answer.status()).as(nobody).isEqualTo(404);
            assertThat(answer.errorCode()).isEqualTo("CH.090207");
        }
        var encryption = client.put(path, Map.of("repo_encryption_enabled", true, "disable_fork", true));
        assertThat(encryption.status()).isEqualTo(501);
        assertThat(encryption.errorText()).contains("encrypt the disk");
        assertThat(policy(scopes.repositoryPath()).get("disable_fork").booleanValue())
                .isFalse();
        change(scopes.repositoryPath(), Map.of("repo_encryption_enabled", false));
    }

    private void invalid(String path, Map<String, Object> body, String field, String english, String chinese) {
        var answer = client.put(path, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("CH.010001");
        assertThat(answer.errorText()).contains(field).contains(english);
        assertThat(client.with("X-Language", "zh-cn").put(path, body).errorText())
                .contains(field)
                .contains(chinese);
    }
}
