package dev.granary.refs;

import static dev.granary.refs.RulesFixture.action;
import static dev.granary.refs.RulesFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commits must be like, whichever way they come in. */
@OnBothDatabases
@SuppressWarnings("NullAway.Init")
class CommitRuleTest {
    private final GranaryServer server;
    private final RulesFixture rules;

    @TempDir
    Path folder;

    private Git git;

    CommitRuleTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        rules = new RulesFixture(server);
    }

    @BeforeEach
    void repository() {
        Git.in(folder).ok("init", "-q", "-b", "main", "work");
        git = Git.in(folder.resolve("work"));
        git.commitFile("a.txt", "old", "Old commit");
        git.ok("push", "-q", rules.adminUrl(), "main");
    }

    private Http.Answer rule(Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("name", GranaryServer.unique("Rule "), "branch_name", "*"));
        body.putAll(more);
        return rules.admin.post(rules.v4() + "/commit-rules", body);
    }

    private void general(String field, boolean value) {
        ok(rules.admin.put(rules.v4() + "/general-commit-rule", Map.of(field, value)));
    }

    private String refused(String... refs) {
        var command = new java.util.ArrayList<>(List.of("push", rules.adminUrl()));
        command.addAll(List.of(refs));
        var result = git.run(command.toArray(String[]::new));
        assertThat(result.exit()).as(result.err()).isNotZero();
        // Git breaks long messages of the server only at line ends.
        return result.err();
    }

    private void accepted(String... refs) {
        var command = new java.util.ArrayList<>(List.of("push", "-q", rules.adminUrl()));
        command.addAll(List.of(refs));
        git.ok(command.toArray(String[]::new));
    }

    @Test
    void messagesAuthorsAndAddressesMustMatch() {
        var made = ok(rule(Map.of(
                        "branch_name", "ma*",
                        "commit_message_regex", "^[A-Z]+-[0-9]+: ",
                        "commit_message_negative_regex", "WIP",
                        "author_regex", "^Test ",
                        "author_email_regex", "@example\\.com$")))
                .json();
        var name = made.get("name").asString();
        git.commitFile("b.txt", "b", "No number");
        var id = git.ok("rev-parse", "--short=8", "HEAD");
        assertThat(refused("main")).contains("Commit " + id, "for main", name, "^[A-Z]+-[0-9]+:", "git commit --amend");
        accepted("main:topic");
        git.ok("commit", "-q", "--amend", "-m", "ABC-1: WIP");
        assertThat(refused("main")).contains("must not match WIP");
        git.ok("commit", "-q", "--amend", "-m", "ABC-1: Good");
        accepted("main");
        var other = git.with("GIT_AUTHOR_NAME", "Somebody").with("GIT_AUTHOR_EMAIL", "x@example.com");
        other.commitFile("c.txt", "c", "ABC-2: Good");
        assertThat(refused("main")).contains("author's name does not match ^Test.");
        git.ok("commit", "-q", "--amend", "--author", "Test X <x@elsewhere.example>", "-m", "ABC-2: Good");
        assertThat(refused("main")).contains("e-mail address does not match @example\\.com$");
        var refused = rules.commit(rules.admin, "main", "d.txt", "d");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("CH.091415");
        assertThat(rules.commit(
                                rules.admin,
                                "main",
                                "d.txt",
                                "d",
                                "commit_message",
                                "ABC-3: Good",
                                "author_name",
                                "Test T",
                                "author_email",
                                "t@example.com")
                        .status())
                .isLessThan(300);
    }

    @Test
    void commitsThatWereThereBeforeAreNobodysFault() {
        git.ok("checkout", "-q", "-b", "topic");
        git.commitFile("b.txt", "b", "Bad message");
        accepted("topic");
        ok(rule(Map.of("commit_message_regex", "^Good")));
        accepted("topic:topic2");
        git.ok("checkout", "-q", "main");
        git.ok("merge", "-q", "--no-ff", "-m", "Good merge", "topic");
        accepted("main");
        git.commitFile("c.txt", "c", "Bad again");
        git.commitFile("c.txt", "d", "Good");
        assertThat(refused("main")).contains("does not match ^Good");
        assertThat(refused("main:new")).contains("for new");
    }

    @Test
    void rulesHoldFromTheirDateOnAndNotWhileSkipped() {
        var rule = ok(rule(Map.of("commit_message_regex", "^Good", "effective_date", "2030-1-1")))
                .json();
        git.commitFile("b.txt", "b", "Bad");
        accepted("main");
        var path = rules.v4() + "/commit-rules/" + rule.get("id").asLong();
        var past =
                ok(rules.admin.put(path, Map.of("effective_date", "2020-8-9"))).json();
        assertThat(past.get("effective_date").asString()).isEqualTo("2020-08-09");
        assertThat(past.get("commit_message_regex").asString()).isEqualTo("^Good");
        git.commitFile("b.txt", "c", "Bad");
        refused("main");
        ok(rules.admin.put(path, Map.of("skip_rule_check", true, "skip_rule_end_date", "2020-8-9 10:00:00")));
        refused("main");
        ok(rules.admin.put(path, Map.of("skip_rule_end_date", "2100-8-9 10:00:00")));
        accepted("main");
        ok(rules.admin.put(path, Map.of("skip_rule_check", false)));
        git.commitFile("b.txt", "d", "Bad");
        refused("main");
        assertThat(rules.admin.delete(path).status()).isEqualTo(204);
        accepted("main");
    }

    @Test
    void filesMustBeSmallWellNamedAndText() throws IOException {
        var privileged = rules.member(Role.DEVELOPER);
        ok(rule(Map.of(
                "prohibited_file_name_regex",
                "\\.exe$",
                "max_file_size",
                1,
                "binary_gate_enabled",
                true,
                "allowed_binary_file_name_regex",
                "\\.png$",
                "privileged_user_ids",
                List.of(privileged.id()))));
        git.commitFile("tools/run.exe", "x", "Tool");
        assertThat(refused("main")).contains("a file may not be called tools/run.exe");
        git.ok("reset", "-q", "--hard", "HEAD~1");
        git.commitFile("big.txt", "x".repeat(1024 * 1024 + 1), "Big");
        assertThat(refused("main")).contains("big.txt is larger than 1 MB");
        git.ok("reset", "-q", "--hard", "HEAD~1");
        git.commitFile("picture.png", "a\u0000b", "Allowed");
        accepted("main");
        git.commitFile("data.bin", "a\u0000b", "Binary");
        assertThat(refused("main")).contains("data.bin is a binary file");
        git.ok("push", "-q", rules.httpUrl(privileged), "main");
        git.commitFile("data.bin", "a\u0000c", "Changed");
        assertThat(refused("main")).contains("data.bin is a binary file");
        git.ok("rm", "-q", "data.bin");
        git.ok("commit", "-q", "--amend", "-m", "Gone");
        accepted("main");
        Files.writeString(folder.resolve("work/old.txt"), "fine");
        git.ok("add", ".");
        git.ok("commit", "-q", "-m", "Text");
        accepted("main");
    }

    @Test
    void signOffAndSignaturesAreAskedFor() {
        general("reject_unsigned_commits", true);
        git.commitFile("b.txt", "b", "Unsigned");
        assertThat(refused("main")).contains("is not signed off", "--signoff");
        assertThat(refused("HEAD:refs/tags/v1")).contains("is not signed off");
        git.ok("commit", "-q", "--amend", "--signoff", "-m", "Signed");
        accepted("main");
        general("reject_unsigned_commits", false);

        general("reject_not_signed_by_gpg", true);
        git.commitFile("b.txt", "c", "No signature");
        assertThat(refused("main")).contains("has no signature by a key of its committer");
        var user = rules.member(Role.DEVELOPER);
        var identity = SshIdentity.make(folder, "ed25519");
        var signing = git.with("GIT_COMMITTER_EMAIL", user.email());
        var key = folder.resolve("signing.pub");
        try {
            Files.writeString(key, identity.publicKey());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var file = identity.command().replaceAll(".* -i (\\S+) .*", "$1");
        var sign = new String[] {
            "-c", "gpg.format=ssh", "-c", "user.signingkey=" + file, "commit", "-q", "--amend", "-S", "-m", "Signed"
        };
        signing.ok(sign);
        assertThat(refused("main")).contains("has no signature by a key of its committer");
        ok(rules.as(user).post("/v4/user/keys", Map.of("title", "signing", "key", identity.publicKey())));
        accepted("main");
        git.ok(sign[0], sign[1], sign[2], sign[3], "commit", "-q", "--allow-empty", "-S", "-m", "By somebody else");
        assertThat(refused("main")).contains("has no signature by a key of its committer");
    }

    @Test
    void theGeneralRuleKeepsHistoryTagsAndSecrets() {
        git.ok("tag", "v1");
        accepted("v1");
        general("deny_delete_tag", true);
        general("deny_force_push", true);
        assertThat(refused(":refs/tags/v1")).contains("does not let tags be moved or deleted: v1 stays");
        git.ok("commit", "-q", "--amend", "-m", "Rewritten");
        assertThat(refused("+main")).contains("does not let history be rewritten", "without force");
        assertThat(refused("+main:refs/tags/v1")).contains("v1 stays");
        general("deny_force_push", false);
        accepted("+main");

        git.commitFile("old.txt", "key = AKIAIOSFODNN7EXAMPLE\n", "There before");
        accepted("main");
        general("prevent_secrets", true);
        git.commitFile("old.txt", "key = AKIAIOSFODNN7EXAMPLE\nmore\n", "Still there");
        accepted("main");
        git.commitFile("id_rsa", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n", "Oops");
        assertThat(refused("main")).contains("has a secret in id_rsa (private key)");
        var api = rules.commit(rules.admin, "main", "conf", "token = ghp_" + "a1".repeat(18));
        assertThat(api.errorCode()).isEqualTo("CH.091424");
        assertThat(ok(rules.admin.get(rules.v4() + "/general-commit-rule")).text())
                .isEqualTo("{\"reject_unsigned_commits\":false,\"reject_not_signed_by_gpg\":false,"
                        + "\"deny_delete_tag\":true,\"prevent_secrets\":true,\"deny_force_push\":false}");
    }

    @Test
    void filesAreLeftToThoseWhoMayPushThem() {
        var developer = rules.member(Role.DEVELOPER);
        var owner = rules.member(Role.DEVELOPER);
        var files = rules.v4() + "/file-push-permissions";
        var made = ok(rules.admin.post(
                        files,
                        Map.of(
                                "path",
                                "/secret/",
                                "actions",
                                List.of(action("push", "user_ids", List.of(owner.id()))))))
                .json();
        assertThat(made.get("path").asString()).isEqualTo("secret");
        ok(rules.admin.post(files, Map.of("path", "*.lock", "actions", List.of(action("push")))));
        git.commitFile("secret/deep/a.txt", "a", "Secret");
        var refused = git.run("push", rules.httpUrl(developer), "main");
        assertThat(refused.err()).contains("changes secret/deep/a.txt", "the file permission secret");
        git.ok("push", "-q", rules.httpUrl(owner), "main");
        git.commitFile("x/y.lock", "a", "Lock");
        assertThat(git.run("push", rules.httpUrl(owner), "main").err()).contains("changes x/y.lock");
        git.ok("reset", "-q", "--hard", "HEAD~1");
        git.commitFile("open.txt", "a", "Open");
        git.ok("push", "-q", rules.httpUrl(developer), "main");
        assertThat(rules.commit(rules.as(developer), "main", "secret/b", "b").errorCode())
                .isEqualTo("CH.091425");
        assertThat(rules.commit(rules.as(owner), "main", "secret/b", "b").status())
                .isLessThan(300);

        var id = made.get("id").asLong();
        var change = Map.of("id", id, "path", "open", "actions", List.of(action("push", "enable", false)));
        assertThat(ok(rules.admin.put(files, Map.of("permissions", List.of(change))))
                        .json()
                        .get(0)
                        .get("path")
                        .asString())
                .isEqualTo("open");
        ok(rules.commit(rules.as(developer), "main", "secret/c", "c"));
        assertThat(ok(rules.admin.get(files + "?search=LOCK")).header("X-Total"))
                .isEqualTo("1");
        ok(rules.admin.post(files + "/batch-delete", Map.of("ids", List.of(id))));
        assertThat(rules.admin
                        .post(files + "/batch-delete", Map.of("ids", List.of(id)))
                        .errorCode())
                .isEqualTo("CH.091412");
        assertThat(ok(rules.admin.get(files)).header("X-Total")).isEqualTo("1");
    }

    @Test
    void saysWhatOneMayDoWithARef() {
        var developer = rules.as(rules.member(Role.DEVELOPER));
        var path = rules.v4() + "/user-ref-permission?target_ref=";
        var free = ok(developer.get(path + "refs/heads/main")).json();
        assertThat(free.get("push").toString()).isEqualTo("{\"has_permission\":true,\"is_protect\":false}");
        assertThat(free.get("merge").get("has_permission").asBoolean()).isFalse();
        rules.protect("protected-branches", "main", action("push", "related_role_ids", List.of("3")));
        var guarded = ok(developer.get(path + "refs/head/main")).json();
        assertThat(guarded.get("push").toString()).isEqualTo("{\"has_permission\":false,\"is_protect\":true}");
        assertThat(guarded.get("create_delete").get("has_permission").asBoolean())
                .isFalse();
        assertThat(ok(rules.admin.get(path + "main&action=push"))
                        .json()
                        .get("push")
                        .get("has_permission")
                        .asBoolean())
                .isTrue();
        assertThat(developer.get(path + "a..b").status()).isEqualTo(400);
        assertThat(developer.get(path + "main&action=fly").status()).isEqualTo(400);
        assertThat(server.asNobody().get(path + "main").status()).isEqualTo(401);
        assertThat(rules.as(server.newUser("stranger")).get(path + "main").status())
                .isEqualTo(404);
    }

    @Test
    void onlyThoseWhoMayChangeRulesDoAndBadInputIsRefused() {
        var id = ok(rule(Map.of("name", "First"))).json().get("id").asLong();
        var commits = rules.v4() + "/commit-rules";
        var generals = rules.v4() + "/general-commit-rule";
        var files = rules.v4() + "/file-push-permissions";
        var stranger = rules.as(server.newUser("stranger"));
        var developer = rules.as(rules.member(Role.DEVELOPER));
        record Call(String method, String path, @Nullable Object body, int status, String words) {}
        var good = Map.of("name", "Other", "branch_name", "main");
        for (var call : List.of(
                new Call("POST", commits, good, 0, ""),
                new Call("PUT", commits + "/" + id, Map.of(), 0, ""),
                new Call("DELETE", commits + "/" + id, null, 0, ""),
                new Call("PUT", generals, Map.of(), 0, ""),
                new Call("POST", files, Map.of("path", "x"), 0, ""),
                new Call("PUT", files, Map.of("permissions", List.of()), 0, ""),
                new Call("POST", files + "/batch-delete", Map.of("ids", List.of(1)), 0, ""))) {
            assertThat(server.asNobody().send(call.method, call.path, call.body).status())
                    .isEqualTo(401);
            assertThat(stranger.send(call.method, call.path, call.body).status())
                    .isEqualTo(404);
            assertThat(developer.send(call.method, call.path, call.body).status())
                    .isEqualTo(403);
        }
        for (var path : List.of(commits, generals, files)) {
            assertThat(server.asNobody().get(path).status()).isEqualTo(401);
            assertThat(stranger.get(path).status()).isEqualTo(404);
            assertThat(developer.get(path).status()).isEqualTo(200);
        }
        for (var bad : List.of(
                new Call("POST", commits, Map.of("branch_name", "x"), 400, "name"),
                new Call("POST", commits, Map.of("name", "x"), 400, "branch_name"),
                new Call("POST", commits, Map.of("name", "First", "branch_name", "x"), 409, "First"),
                new Call("POST", commits, with(good, "commit_message_regex", "(["), 400, "commit_message_regex"),
                new Call("POST", commits, with(good, "author_regex", "(a)\\1"), 400, "author_regex"),
                new Call("POST", commits, with(good, "author_regex", "a".repeat(501)), 400, "author_regex"),
                new Call("POST", commits, with(good, "max_file_size", 301), 400, "max_file_size"),
                new Call("POST", commits, with(good, "effective_date", "soon"), 400, "effective_date"),
                new Call("POST", commits, with(good, "skip_rule_end_date", "2025-13-1"), 400, "skip_rule_end_date"),
                new Call(
                        "POST",
                        commits,
                        with(good, "privileged_user_ids", List.of(2_000_000_000)),
                        404,
                        "privileged_user_ids"),
                new Call("PUT", commits + "/2000000000", Map.of(), 404, ""),
                new Call("POST", files, Map.of("path", "a//b"), 400, "path"),
                new Call("POST", files, Map.of("actions", List.of(action("push"))), 400, "path"),
                new Call("POST", files, Map.of("path", "a", "actions", List.of(action("merge"))), 400, "action"),
                new Call("PUT", files, Map.of("permissions", List.of(Map.of("path", "a"))), 400, "id"),
                new Call("POST", files + "/batch-delete", Map.of(), 400, "ids"))) {
            var english = rules.admin.send(bad.method, bad.path, bad.body);
            assertThat(english.status()).as("%s %s", bad, english).isEqualTo(bad.status);
            assertThat(english.errorText()).contains(bad.words);
            var chinese = rules.admin.with("X-Language", "zh-cn").send(bad.method, bad.path, bad.body);
            assertThat(chinese.errorText()).contains(bad.words).matches("(?s).*\\p{IsHan}.*");
        }
        assertThat(ok(rules.admin.get(commits + "?limit=1")).header("X-Total")).isEqualTo("1");
    }

    private static Map<String, Object> with(Map<String, ?> body, String field, Object value) {
        var copy = new HashMap<String, Object>(body);
        copy.put(field, value);
        return copy;
    }
}
