package dev.granary.content;

import static dev.granary.content.ContentFixture.action;
import static dev.granary.content.ContentFixture.commit;
import static dev.granary.content.ContentFixture.create;
import static dev.granary.content.ContentFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.kernel.Scope;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class CommitRulesTest {
    private final GranaryServer server;
    private final ContentFixture content;
    private final Git git;

    CommitRulesTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        content = new ContentFixture(server);
        git = Git.in(content.folder());
    }

    private record Bad(Map<String, Object> body, int status, String code, String words) {}

    private static Bad invalid(Map<String, Object> body, String field) {
        return new Bad(body, 400, "CH.010001", field);
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        var copy = new HashMap<>(body);
        copy.put(field, value);
        return copy;
    }

    private static Map<String, Object> without(Map<String, Object> body, String field) {
        var copy = new HashMap<>(body);
        copy.remove(field);
        return copy;
    }

    private static List<Bad> bad() {
        var good = commit("master", create("new.txt", "x"));
        var bad = new ArrayList<>(List.of(
                invalid(without(good, "branch"), "branch"),
                invalid(with(good, "branch", ""), "branch"),
                invalid(with(good, "branch", "b".repeat(201)), "branch"),
                invalid(with(good, "branch", "a..b"), "branch"),
                invalid(with(good, "branch", "-x"), "branch"),
                invalid(with(good, "branch", "HEAD"), "branch"),
                invalid(with(good, "branch", "a\u0000b"), "branch"),
                invalid(with(good, "start_branch", "x.lock"), "start_branch"),
                invalid(without(good, "commit_message"), "commit_message"),
                invalid(with(good, "commit_message", "m".repeat(2001)), "commit_message"),
                invalid(with(good, "commit_message", "a\u0000b"), "commit_message"),
                invalid(without(good, "actions"), "actions"),
                invalid(with(good, "actions", List.of()), "actions"),
                invalid(with(good, "actions", java.util.Collections.nCopies(101, create("a", "b"))), "actions"),
                invalid(with(good, "actions", "all"), "actions"),
                invalid(with(good, "author_name", "a <b>"), "author_name"),
                invalid(with(good, "author_name", "n".repeat(256)), "author_name"),
                invalid(with(good, "author_email", "no address"), "author_email"),
                new Bad(commit("nowhere", create("new.txt", "x")), 404, "CH.090601", "nowhere"),
                new Bad(
                        with(commit("fresh", create("n", "x")), "start_branch", "nowhere"),
                        404,
                        "CH.090601",
                        "nowhere"),
                invalid(commit("master", action("rename", "a.txt")), "actions[0].action"),
                invalid(commit("master", without(create("a", "b"), "file_path")), "actions[0].file_path"),
                invalid(commit("master", action("create", "n.txt")), "actions[0].content"),
                invalid(commit("master", action("update", "a.txt")), "actions[0].content"),
                invalid(commit("master", action("move", "n.txt")), "actions[0].previous_path"),
                invalid(commit("master", action("chmod", "a.txt")), "actions[0].execute_filemode"),
                invalid(
                        commit("master", action("chmod", "a.txt", "execute_filemode", "maybe")),
                        "actions[0].execute_filemode"),
                invalid(
                        commit("master", action("create", "n", "content", "%%%", "encoding", "base64")),
                        "actions[0].content"),
                invalid(
                        commit("master", action("create", "n", "content", "x", "encoding", "rot13")),
                        "actions[0].encoding"),
                invalid(
                        commit("master", action("update", "a.txt", "content", "x", "last_commit_id", "HEAD")),
                        "actions[0].last_commit_id"),
                invalid(
                        commit("master", create("ok", "x"), create("b", "y"), create("a.txt/below", "z")),
                        "actions[2].file_path"),
                invalid(
                        commit("master", create(".gitmodules", "[submodule \"a\"]\n\tpath = a\n\turl = -u./evil\n")),
                        "actions[0].content"),
                new Bad(commit("master", create("a.txt", "x")), 409, "CH.090604", "a.txt"),
                new Bad(commit("master", create("dir", "x")), 409, "CH.090604", "dir"),
                new Bad(commit("master", update("missing", "x")), 404, "CH.090603", "missing"),
                new Bad(commit("master", action("delete", "missing")), 404, "CH.090603", "missing"),
                new Bad(commit("master", action("move", "n", "previous_path", "missing")), 404, "CH.090603", "missing"),
                new Bad(commit("master", action("delete", "dir")), 400, "CH.090611", "dir"),
                new Bad(commit("master", update("dir", "x")), 400, "CH.090611", "dir"),
                new Bad(commit("master", action("chmod", "dir", "execute_filemode", true)), 400, "CH.090611", "dir")));
        for (var path : List.of(
                "",
                "/abs",
                "a//b",
                "a/",
                "./a",
                "a/../b",
                "..",
                ".git/config",
                "a/.GIT/x",
                "a/.git",
                ".git./x",
                ".git /x",
                "git~1/x",
                ".git::$INDEX_ALLOCATION/x",
                ".g\u200cit/x",
                "sub\\.git\\x",
                "a\u0000b",
                "a\nb",
                "n".repeat(256),
                "d/".repeat(2100) + "x")) {
            bad.add(invalid(commit("master", create(path, "x")), "actions[0].file_path"));
        }
        return bad;
    }

    @Test
    void refusesBadInputInBothLanguagesAndChangesNothing() {
        var before = content.commits("master", create("a.txt", "a\n"), create("dir/b.txt", "b\n"));
        for (var bad : bad()) {
            var english = content.post(bad.body());
            assertThat(english.status()).as("%s %s", bad.body(), english).isEqualTo(bad.status());
            assertThat(english.errorCode()).as("%s %s", bad.body(), english).isEqualTo(bad.code());
            assertThat(english.errorText()).contains(bad.words());
            var chinese = content.http.with("X-Language", "zh-cn").post(content.v2() + "/commits", bad.body());
            assertThat(chinese.errorCode()).isEqualTo(bad.code());
            assertThat(chinese.errorText()).contains(bad.words()).matches("(?s).*\\p{IsHan}.*");
            assertThat(content.http.post(content.v4() + "/commits", bad.body()).errorCode())
                    .as("v4 %s", bad.body())
                    .isEqualTo(bad.code());
        }
        assertThat(git.ok("rev-parse", "master")).isEqualTo(before);
        assertThat(git.ok("for-each-ref").lines().count()).isEqualTo(1);
    }

    @Test
    void letsOnlyThoseCommitWhoMay() {
        content.commits("master", create("a.txt", "a\n"));
        var stranger = server.newUser("stranger");
        var viewer = member(Role.VIEWER);
        var developer = member(Role.DEVELOPER);
        var body = commit("master", update("a.txt", "b\n"));
        var path = content.v2() + "/commits";
        assertThat(server.asNobody().post(path, body).status()).isEqualTo(401);
        assertThat(as(stranger).post(path, body).status()).isEqualTo(404);
        assertThat(as(viewer).post(path, body).status()).isEqualTo(403);
        assertThat(as(viewer).post(content.v4() + "/commits", body).status()).isEqualTo(403);
        assertThat(as(developer).post(path, body).status()).isEqualTo(200);
        var branch = commit("topic", update("a.txt", "c\n"));
        branch.put("start_branch", "master");
        assertThat(as(viewer).post(path, branch).status()).isEqualTo(403);
        assertThat(as(developer).post(path, branch).status()).isEqualTo(200);
    }

    @Test
    void saysHowLargeAFileMayBe() {
        try (var small = GranaryServer.start(TestDatabase.SQLITE, "--granary.limits.uploaded-file=10B")) {
            var there = new ContentFixture(small);
            there.commits("master", create("ok", "0123456789"));
            var answer = there.post(commit("master", create("big", "0123456789a")));
            assertThat(answer.errorCode()).isEqualTo("CH.090609");
            assertThat(answer.errorText()).contains("big", "10");
        }
    }

    private dev.granary.identity.UserAccount member(Role role) {
        var user = server.newUser("member");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Repository(content.repository.id()), user.id(), role));
        return user;
    }

    private dev.granary.testing.Http as(dev.granary.identity.UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }
}
