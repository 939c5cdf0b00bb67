package dev.granary.refs;

import static dev.granary.refs.RulesFixture.action;
import static dev.granary.refs.RulesFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance;
import dev.granary.projects.SettingKind;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
@SuppressWarnings("NullAway.Init")
class ProtectedRefApiTest {
    private final GranaryServer server;
    private final RulesFixture rules;

    @TempDir
    Path folder;

    ProtectedRefApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        rules = new RulesFixture(server);
    }

    @Test
    void keepsAndShowsWhomBranchesAreLeftTo() {
        var user = rules.member(Role.DEVELOPER);
        var team = GranaryServer.unique("Team");
        var group = rules.userGroup(team);
        var made = ok(rules.admin.post(
                        rules.v4() + "/protected-branches",
                        Map.of(
                                "names",
                                List.of("main", "release/*"),
                                "actions",
                                List.of(action(
                                        "push",
                                        "user_ids",
                                        List.of(user.id()),
                                        "user_team_ids",
                                        List.of(group),
                                        "related_role_ids",
                                        List.of("3"))))))
                .json();
        assertThat(made.size()).isEqualTo(2);
        assertThat(made.get(1).get("name").asString()).isEqualTo("release/*");
        var push = made.get(0).get("actions").get(0);
        assertThat(push.get("action").asString()).isEqualTo("push");
        assertThat(push.get("enable").asBoolean()).isTrue();
        assertThat(push.get("users").get(0).get("username").asString()).isEqualTo(user.name());
        assertThat(push.get("user_teams").get(0).get("name").asString()).isEqualTo(team);
        assertThat(push.get("roles").get(0).get("related_role_id").asString()).isEqualTo("3");

        var changed = ok(rules.admin.put(
                        rules.v4() + "/protected-branch?branch_name=release%2F*",
                        List.of(action("merge", "related_role_ids", List.of("4")))))
                .json();
        assertThat(changed.get("actions").size()).as("push stays as it was").isEqualTo(2);
        assertThat(changed.get("actions").get(0).get("users").size()).isEqualTo(1);
        var shown = rules.as(user).get(rules.v4() + "/protected-branch?branch_name=release/*");
        assertThat(ok(shown).json()).isEqualTo(changed);

        ok(rules.admin.put(
                rules.v4() + "/protected-branches",
                Map.of("names", List.of("main", "release/*"), "actions", List.of(action("push")))));
        var listed = ok(rules.as(user).get(rules.v4() + "/protected-branches?limit=1&offset=1"));
        assertThat(listed.header("X-Total")).isEqualTo("2");
        assertThat(listed.json().get(0).get("actions").get(0).get("users").size())
                .isZero();
        assertThat(ok(rules.admin.get(rules.v4() + "/protected-branches?search=RELEASE"))
                        .header("X-Total"))
                .isEqualTo("1");

        ok(rules.admin.delete(rules.v4() + "/protected-branch?branch_name=main"));
        ok(rules.admin.post(rules.v4() + "/protected-branches/bulk-deletion", Map.of("names", List.of("release/*"))));
        assertThat(rules.admin.get(rules.v4() + "/protected-branches").header("X-Total"))
                .isEqualTo("0");
    }

    @Test
    void protectsByLevelAsTheSecondVersionDoes() {
        ok(rules.commit(rules.admin, "main", "a.txt", "a"));
        ok(rules.commit(rules.admin, "team/x", "b.txt", "b", "start_branch", "main"));
        for (var name : List.of("main", "team/x", "team%2Fx")) {
            var result = ok(rules.admin.put(rules.v2() + "/branch/" + name + "/protect", levels(30, 40)))
                    .result();
            assertThat(result.get("name").asString()).isEqualTo(name.replace("%2F", "/"));
            assertThat(result.get("protected").asBoolean()).isTrue();
            assertThat(result.get("developers_can_push").asBoolean()).isTrue();
            assertThat(result.get("developers_can_merge").asBoolean()).isFalse();
            assertThat(result.get("master_can_merge").asBoolean()).isTrue();
            assertThat(result.get("no_one_can_push").asBoolean()).isFalse();
            assertThat(result.get("commit").get("message").asString()).startsWith("Change");
        }
        var none = ok(rules.admin.put(rules.v2() + "/branch/main/protect", levels(0, 0)))
                .result();
        assertThat(none.get("no_one_can_push").asBoolean()).isTrue();
        assertThat(none.get("master_can_push").asBoolean()).isFalse();
        var refused = rules.commit(rules.admin, "main", "c.txt", "c");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("CH.091405");

        for (var path : List.of("/protected-tags", "/protected_tags")) {
            var name = path.charAt(10) + "*";
            var tag = ok(rules.admin.post(rules.v2() + path, Map.of("name", name, "create_access_level", 30)))
                    .result();
            assertThat(tag.toString())
                    .isEqualTo("{\"name\":\"" + name + "\",\"create_access_levels\":{\"access_level\":30,"
                            + "\"access_level_description\":\"Developers + Committer + Maintainers\"}}");
        }
        assertThat(ok(rules.admin.get(rules.v4() + "/protected-tags")).json().size())
                .isEqualTo(2);
    }

    private static Map<String, Object> levels(Object push, Object merge) {
        return Map.of("access_level", Map.of("push_access_level", push, "merge_access_level", merge));
    }

    @Test
    void whatAProjectForcesHoldsInItsRepositoriesAtOnce() {
        var developer = rules.member(Role.DEVELOPER);
        ok(rules.commit(rules.admin, "main", "a.txt", "a"));
        ok(rules.commit(rules.as(developer), "main", "b.txt", "b"));
        var made = ok(rules.admin.post(
                        rules.ofProject() + "/protected-branches",
                        Map.of("name", "ma*", "actions", List.of(action("push", "related_role_ids", List.of("3"))))))
                .json();
        assertThat(made.get("actions")
                        .get(0)
                        .get("addition_switchers")
                        .get(0)
                        .get("enable")
                        .asBoolean())
                .isFalse();
        assertThat(rules.commit(rules.as(developer), "main", "c.txt", "c").errorCode())
                .as("a repository without rules of its own takes those of the project")
                .isEqualTo("CH.091405");
        rules.write(() -> server.bean(Inheritance.class)
                .setModes(
                        new Scope.Repository(rules.repository.id()),
                        Map.of(SettingKind.PROTECTED_BRANCHES, Inheritance.Mode.CUSTOM)));
        ok(rules.commit(rules.as(developer), "main", "c.txt", "c"));
        rules.write(() -> server.bean(Inheritance.class)
                .setModes(
                        new Scope.Project(rules.project.id()),
                        Map.of(SettingKind.PROTECTED_BRANCHES, Inheritance.Mode.FORCE_INHERIT)));
        assertThat(rules.commit(rules.as(developer), "main", "d.txt", "d").errorCode())
                .isEqualTo("CH.091405");
        assertThat(ok(rules.admin.get(rules.v4() + "/protected-branches"))
                        .json()
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("ma*");
        var own = rules.admin.post(
                rules.v4() + "/protected-branches", Map.of("names", List.of("x"), "actions", List.of()));
        assertThat(own.errorCode())
                .as("a repository that inherits has none of its own")
                .isEqualTo("CH.090509");
        ok(rules.admin.delete(rules.ofProject() + "/protected-branch?branch_name=ma*"));
        ok(rules.commit(rules.as(developer), "main", "e.txt", "e"));
    }

    @Test
    void projectsAndGroupsHaveRulesAndUserGroups() {
        var group = rules.group();
        var team = rules.userGroup(GranaryServer.unique("Builders"));
        rules.assign(team, Role.DEVELOPER);
        var tag = Map.of(
                "name",
                "v*",
                "actions",
                List.of(action(
                        "create-delete",
                        "user_names",
                        List.of("admin"),
                        "user_team_ids",
                        List.of(team),
                        "related_role_ids",
                        List.of("12"))));
        var made =
                ok(rules.admin.post(rules.ofProject() + "/protected-tags", tag)).json();
        assertThat(made.get("actions").get(0).get("user_names").get(0).asString())
                .isEqualTo("admin");
        var tags = ok(rules.admin.get(rules.ofProject() + "/protected-tags"));
        assertThat(tags.json().get(0).get("actions").get(0).get("levels").asString())
                .isEqualTo("35");
        ok(rules.admin.delete(rules.ofProject() + "/protected-tag?tag_name=v*"));
        var path = "/v4/groups/" + group + "/protected-branches";
        ok(rules.admin.post(path, Map.of("name", "main", "actions", List.of(action("push")))));
        var listed = ok(rules.admin.get(path + "?user_actions=true")).json();
        assertThat(listed.get(0).get("namespace_id").asLong()).isEqualTo(group);
        assertThat(ok(rules.admin.get(rules.ofProject() + "/protected-branches?view=simple"))
                        .header("X-Total"))
                .isEqualTo("0");
        ok(rules.admin.delete("/v4/groups/" + group + "/protected-branch?branch_name=main"));
        for (var scope : List.of(rules.ofProject(), "/v4/groups/" + group, rules.v4())) {
            var teams = ok(rules.admin.get(scope + "/protected-refs/user-groups?search=builders"));
            assertThat(teams.header("X-Total")).as(scope).isEqualTo("1");
            assertThat(teams.json().get(0).get("id").asLong()).isEqualTo(team);
            assertThat(ok(rules.admin.get(scope + "/protected-refs/user-groups?search=%25"))
                            .header("X-Total"))
                    .isEqualTo("0");
        }
    }

    @Test
    void exactNamesBeatWildcardsAndLongerWildcardsShorterOnes() {
        rules.protect("protected-branches", "*", action("push"));
        rules.protect("protected-branches", "team/*", action("push", "related_role_ids", List.of("4")));
        rules.protect("protected-branches", "team/lead", action("push"));
        ok(rules.admin.delete(rules.v4() + "/protected-branch?branch_name=*"));
        ok(rules.commit(rules.admin, "main", "a.txt", "a"));
        rules.protect("protected-branches", "*", action("push"));
        var developer = rules.as(rules.member(Role.DEVELOPER));
        assertThat(rules.commit(developer, "topic", "b", "b", "start_branch", "main")
                        .status())
                .isEqualTo(403);
        assertThat(rules.commit(developer, "team/one", "b", "b", "start_branch", "main")
                        .status())
                .isLessThan(300);
        assertThat(rules.commit(developer, "team/lead", "b", "b", "start_branch", "main")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refusedPushesNameTheRuleAndTheRemedyInThePushersLanguage() {
        Git.in(folder).ok("init", "-q", "-b", "main");
        var git = Git.in(folder);
        git.commitFile("a.txt", "a", "First");
        rules.protect("protected-branches", "ma*", action("push"));
        var refused = git.run("push", rules.adminUrl(), "main");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err())
                .contains("main is a protected branch: the rule \"ma*\" does not let you push to it")
                .contains("Push to another branch");
        var chinese = git.with("LC_ALL", "zh_CN.UTF-8")
                .run("-c", "http.extraHeader=Accept-Language: zh-CN", "push", rules.adminUrl(), "main");
        assertThat(chinese.err()).contains("受保护分支", "ma*");
    }

    @Test
    void onlyThoseWhoMayReadAndChangeRules() {
        rules.protect("protected-branches", "main", action("push"));
        rules.protect("protected-tags", "v1", action("create"));
        var stranger = rules.as(server.newUser("stranger"));
        var developer = rules.as(rules.projectMember(Role.DEVELOPER));
        var group = rules.group();
        var named = Map.of("names", List.of("main"), "actions", List.of());
        var one = Map.of("name", "x", "actions", List.of());
        record Call(String method, String path, @Nullable Object body) {}
        var reads = List.of(
                rules.v4() + "/protected-branches",
                rules.v4() + "/protected-branch?branch_name=main",
                rules.v4() + "/protected-tags",
                rules.v4() + "/protected-tag?tag_name=v1",
                rules.v4() + "/protected-refs/user-groups",
                rules.ofProject() + "/protected-branches",
                rules.ofProject() + "/protected-tags",
                rules.ofProject() + "/protected-refs/user-groups",
                "/v4/groups/" + group + "/protected-branches",
                "/v4/groups/" + group + "/protected-refs/user-groups");
        for (var path : reads) {
            assertThat(server.asNobody().get(path).status()).as(path).isEqualTo(401);
            assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
            assertThat(developer.get(path).status()).as(path).isEqualTo(200);
        }
        var writes = List.of(
                new Call("POST", rules.v4() + "/protected-branches", named),
                new Call("PUT", rules.v4() + "/protected-branches", named),
                new Call("POST", rules.v4() + "/protected-branches/bulk-deletion", named),
                new Call("PUT", rules.v4() + "/protected-branch?branch_name=main", List.of()),
                new Call("DELETE", rules.v4() + "/protected-branch?branch_name=main", null),
                new Call("POST", rules.v4() + "/protected-tags", named),
                new Call("PUT", rules.v4() + "/protected-tags", named),
                new Call("POST", rules.v4() + "/protected-tags/bulk-deletion", named),
                new Call("PUT", rules.v4() + "/protected-tag?tag_name=v1", List.of()),
                new Call("DELETE", rules.v4() + "/protected-tag?tag_name=v1", null),
                new Call("PUT", rules.v2() + "/branch/main/protect", levels(0, 0)),
                new Call("POST", rules.v2() + "/protected-tags", Map.of("name", "x", "create_access_level", 0)),
                new Call("POST", rules.v2() + "/protected_tags", Map.of("name", "x", "create_access_level", 0)),
                new Call("POST", rules.ofProject() + "/protected-branches", one),
                new Call("DELETE", rules.ofProject() + "/protected-branch?branch_name=x", null),
                new Call("POST", rules.ofProject() + "/protected-tags", one),
                new Call("DELETE", rules.ofProject() + "/protected-tag?tag_name=x", null),
                new Call("POST", "/v4/groups/" + group + "/protected-branches", one),
                new Call("DELETE", "/v4/groups/" + group + "/protected-branch?branch_name=x", null));
        for (var call : writes) {
            assertThat(server.asNobody().send(call.method, call.path, call.body).status())
                    .as(call.path)
                    .isEqualTo(401);
            assertThat(stranger.send(call.method, call.path, call.body).status())
                    .as(call.path)
                    .isEqualTo(404);
            assertThat(developer.send(call.method, call.path, call.body).status())
                    .as(call.method + " " + call.path)
                    .isEqualTo(403);
        }
        assertThat(rules.admin.get(rules.v4() + "/protected-branches").header("X-Total"))
                .isEqualTo("1");
    }

    @Test
    void refusesBadInputInBothLanguagesAndChangesNothing() {
        rules.protect("protected-branches", "main", action("push"));
        ok(rules.commit(rules.as(rules.member(Role.DEVELOPER)), "dev", "a.txt", "a")); // The first branch may be any.
        record Bad(String method, String path, @Nullable Object body, int status, String words) {}
        var branches = rules.v4() + "/protected-branches";
        var push = List.of(action("push"));
        for (var bad : List.of(
                new Bad("POST", branches, Map.of("names", List.of(), "actions", push), 400, "names"),
                new Bad("POST", branches, Map.of("actions", push), 400, "names"),
                new Bad("POST", branches, Map.of("names", List.of("a b"), "actions", push), 400, "name"),
                new Bad("POST", branches, Map.of("names", List.of("a..b"), "actions", push), 400, "name"),
                new Bad("POST", branches, Map.of("names", List.of("a\u0000b"), "actions", push), 400, "name"),
                new Bad("POST", branches, Map.of("names", List.of("n".repeat(501)), "actions", push), 400, "name"),
                new Bad(
                        "POST",
                        branches,
                        Map.of(
                                "names",
                                IntStream.range(0, 101)
                                        .mapToObj(number -> "b" + number)
                                        .toList(),
                                "actions",
                                push),
                        400,
                        "names"),
                new Bad("POST", branches, Map.of("names", List.of("new", "main"), "actions", push), 409, "main"),
                new Bad("PUT", branches, Map.of("names", List.of("main", "gone"), "actions", push), 404, "gone"),
                new Bad("POST", branches, body(action("read")), 400, "action"),
                new Bad("POST", branches, body(action("push"), action("push")), 400, "actions"),
                new Bad("POST", branches, body(action("push", "user_ids", List.of(2_000_000_000))), 404, "user_ids"),
                new Bad(
                        "POST",
                        branches,
                        body(action("push", "user_team_ids", List.of(2_000_000_000))),
                        404,
                        "user_team_ids"),
                new Bad(
                        "POST",
                        branches,
                        body(action("push", "related_role_ids", List.of("boss"))),
                        400,
                        "related_role_ids"),
                new Bad(
                        "POST",
                        branches,
                        body(action("push", "addition_switchers", List.of(Map.of("name", "magic", "enable", true)))),
                        400,
                        "addition_switchers"),
                new Bad("POST", rules.v4() + "/protected-tags", body(action("push")), 400, "action"),
                new Bad("GET", rules.v4() + "/protected-branch?branch_name=gone", null, 404, "gone"),
                new Bad("DELETE", rules.v4() + "/protected-tag?tag_name=gone", null, 404, "gone"),
                new Bad("PUT", rules.v2() + "/branch/dev/protect", levels(40, 30), 400, "merge_access_level"),
                new Bad("PUT", rules.v2() + "/branch/dev/protect", levels(35, 40), 400, "push_access_level"),
                new Bad("PUT", rules.v2() + "/branch/dev/protect", Map.of(), 400, "access_level"),
                new Bad("PUT", rules.v2() + "/branch/gone/protect", levels(30, 30), 404, "gone"),
                new Bad("POST", rules.v2() + "/protected-tags", Map.of("name", "v1"), 400, "create_access_level"),
                new Bad(
                        "POST",
                        rules.v2() + "/protected-tags",
                        Map.of("name", "v 1", "create_access_level", 0),
                        400,
                        "name"))) {
            var english = rules.admin.send(bad.method, bad.path, bad.body);
            assertThat(english.status()).as("%s %s", bad, english).isEqualTo(bad.status);
            assertThat(english.errorText()).contains(bad.words);
            var chinese = rules.admin.with("X-Language", "zh-cn").send(bad.method, bad.path, bad.body);
            assertThat(chinese.errorText()).contains(bad.words).matches("(?s).*\\p{IsHan}.*");
        }
        assertThat(rules.admin.get(branches).header("X-Total")).isEqualTo("1");
        assertThat(rules.admin.get(rules.v4() + "/protected-tags").header("X-Total"))
                .isEqualTo("0");
    }

    @SafeVarargs
    private static Map<String, Object> body(Map<String, Object>... actions) {
        return Map.of("names", List.of("new"), "actions", List.of(actions));
    }
}
