package dev.granary.refs;

import static dev.granary.refs.RulesFixture.action;
import static dev.granary.refs.RulesFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.ErrorCode;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each rule tells those whose push it refuses, by every transport and in every language. */
@OnBothDatabases
@SuppressWarnings("NullAway.Init")
class RefusalTextTest {
    private static final String SIGNED_OFF = "\n\nSigned-off-by: A <a@example.com>";

    private final RulesFixture rules;

    /** The refs of one push. */
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** What is pushed to a ref, and what the answer has to say. */
    private record Row(String source, ErrorCode code, List<String> told) {}

    @TempDir
    Path folder;

    private Git git;
    private String first;

    RefusalTextTest(TestDatabase database) {
        rules = new RulesFixture(GranaryServer.shared(database));
    }

    @BeforeEach
    void history() {
        Git.in(folder).ok("init", "-q", "-b", "main", "work");
        git = Git.in(folder.resolve("work"));
        first = git.commitFile("a.txt", "a", "First");
        git.commitFile("b.txt", "b", "Second");
        git.ok("push", "-q", rules.adminUrl(), "main", "main:kept/a", "main:kept/b", "main:line");
        git.ok("push", "-q", rules.adminUrl(), "main:refs/tags/fixed-0", "main:refs/tags/old");
    }

    private void expect(String ref, String source, ErrorCode code, String... told) {
        rows.put(ref, new Row(source, code, List.of(told)));
    }

    /** A commit on the first one that breaks the rule of a branch. */
    private void commit(String branch, String path, byte[] content, ErrorCode code, String message, String... told)
            throws IOException {
        git.ok("checkout", "-q", "--detach", first);
        var file = git.folder().resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        git.ok("add", "--", path);
        git.ok("commit", "-q", "-m", message);
        var id = git.ok("rev-parse", "HEAD");
        var all = new ArrayList<>(List.of(id.substring(0, 8), branch));
        all.addAll(List.of(told));
        expect("refs/heads/" + branch, id, code, all.toArray(String[]::new));
    }

    private void rule(String branch, String field, Object value) {
        var body = new LinkedHashMap<String, Object>(Map.of("name", "Rule of " + branch, "branch_name", branch));
        body.put(field, value);
        ok(rules.admin.post(rules.v4() + "/commit-rules", body));
    }

    private void general(String field, boolean value) {
        ok(rules.admin.put(rules.v4() + "/general-commit-rule", Map.of(field, value)));
    }

    /** Pushes as a user in every way and language, and compares what is said of every ref. */
    private void check(UserAccount user) {
        var overHttp = git.with("GIT_CONFIG_COUNT", "1").with("GIT_CONFIG_KEY_0", "http.extraHeader");
        var overSsh = RulesFixture.overSsh(git, rules.as(user));
        check(Locale.ROOT, overHttp.with("GIT_CONFIG_VALUE_0", "Accept-Language: en"), rules.httpUrl(user));
        check(Locale.CHINA, overHttp.with("GIT_CONFIG_VALUE_0", "Accept-Language: zh-CN"), rules.httpUrl(user));
        check(Locale.CHINA, overHttp.with("GIT_CONFIG_VALUE_0", "X-Language: zh-cn"), rules.httpUrl(user));
        check(Locale.ROOT, overSsh, rules.sshUrl());
        check(Locale.CHINA, overSsh.with("LC_ALL", "zh_CN.UTF-8"), rules.sshUrl());
        rows.clear();
    }

    private void check(Locale language, Git client, String url) {
        var command = new ArrayList<>(List.of("push", "--porcelain", url));
        rows.forEach((ref, row) -> command.add("+" + row.source() + ":" + ref));
        var told = new LinkedHashMap<String, String>();
        client.run(command.toArray(String[]::new)).out().lines().forEach(line -> {
            var fields = line.split("\t", -1);
            if (fields.length == 3) {
                told.put(fields[1].substring(fields[1].indexOf(':') + 1), fields[2]);
            }
        });
        var texts = ResourceBundle.getBundle(
                "messages",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
        var expected = new LinkedHashMap<String, String>();
        rows.forEach((ref, row) -> {
            var text = new MessageFormat(texts.getString("error." + row.code().name()), language);
            expected.put(ref, "[remote rejected] (" + text.format(row.told().toArray()) + ")");
        });
        assertThat(told).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void everyRefusalNamesRuleRefCommitAndRemedy() throws IOException {
        for (var branch : List.of("guarded/*", "kept/*")) {
            rules.protect(
                    "protected-branches",
                    branch,
                    branch.startsWith("kept") ? action("push", "related_role_ids", List.of("3")) : action("push"));
        }
        rules.protect("protected-tags", "fixed-*", action("create"));
        ok(rules.admin.put(
                rules.v4() + "/general-policy",
                Map.of("branch_name_regex", "^[a-z/]+$", "tag_name_regex", "^[a-z0-9-]+$")));
        general("deny_delete_tag", true);
        general("deny_force_push", true);
        general("reject_unsigned_commits", true);
        general("prevent_secrets", true);
        rule("message", "commit_message_regex", "^ABC");
        rule("forbidden", "commit_message_negative_regex", "WIP");
        rule("author", "author_regex", "^Nobody");
        rule("email", "author_email_regex", "@example\\.org$");
        rule("file", "prohibited_file_name_regex", "\\.exe$");
        rule("size", "max_file_size", 1);
        rule("binary", "binary_gate_enabled", true);
        ok(rules.admin.post(
                rules.v4() + "/file-push-permissions", Map.of("path", "closed", "actions", List.of(action("push")))));

        var text = new byte[] {'x'};
        var good = "ABC" + SIGNED_OFF;
        expect("refs/heads/guarded/a", first, ErrorCode.PROTECTED_BRANCH_PUSH, "guarded/a", "guarded/*");
        expect("refs/heads/kept/a", "", ErrorCode.PROTECTED_BRANCH_DELETE, "kept/a", "kept/*");
        expect("refs/heads/kept/b", first, ErrorCode.PROTECTED_BRANCH_FORCE, "kept/b", "kept/*");
        expect("refs/heads/line", first, ErrorCode.FORCE_PUSH_DENIED, "line");
        expect("refs/tags/fixed-1", first, ErrorCode.PROTECTED_TAG_CREATE, "fixed-1", "fixed-*");
        expect("refs/tags/fixed-0", first, ErrorCode.PROTECTED_TAG_CHANGE, "fixed-0", "fixed-*");
        expect("refs/tags/old", first, ErrorCode.TAG_DELETE_DENIED, "old");
        expect("refs/heads/NO", first, ErrorCode.BRANCH_NAME_POLICY, "NO", "^[a-z/]+$");
        expect("refs/tags/NO", first, ErrorCode.TAG_NAME_POLICY, "NO", "^[a-z0-9-]+$");
        commit("message", "c.txt", text, ErrorCode.COMMIT_MESSAGE, "DEF" + SIGNED_OFF, "Rule of message", "^ABC");
        commit(
                "forbidden",
                "c.txt",
                text,
                ErrorCode.COMMIT_MESSAGE_FORBIDDEN,
                "WIP" + SIGNED_OFF,
                "Rule of forbidden",
                "WIP");
        commit("author", "c.txt", text, ErrorCode.COMMIT_AUTHOR, good, "Rule of author", "^Nobody");
        commit("email", "c.txt", text, ErrorCode.COMMIT_EMAIL, good, "Rule of email", "@example\\.org$");
        commit("file", "c.exe", text, ErrorCode.COMMIT_FILE_NAME, good, "Rule of file", "c.exe");
        commit("size", "big", new byte[1_100_000], ErrorCode.COMMIT_FILE_SIZE, good, "Rule of size", "big", "1");
        commit("binary", "bin", new byte[9], ErrorCode.COMMIT_BINARY, good, "Rule of binary", "bin");
        commit("off", "c.txt", text, ErrorCode.COMMIT_NOT_SIGNED_OFF, "ABC");
        var secret = "key = AKIAIOSFODNN7EXAMPLE\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        commit("secret", "conf", secret, ErrorCode.COMMIT_SECRET, good, "conf", "AWS access key");
        commit("closed", "closed/c.txt", text, ErrorCode.FILE_PROTECTED, good, "closed/c.txt", "closed");
        check(rules.member(Role.PROJECT_MANAGER));

        general("reject_unsigned_commits", false);
        general("reject_not_signed_by_gpg", true);
        ok(rules.admin.put(
                rules.v4() + "/general-policy",
                Map.of("forbidden_developer_create_branch", true, "forbidden_developer_create_tag", true)));
        expect("refs/heads/fresh", first, ErrorCode.BRANCH_CREATION_POLICY, "fresh");
        expect("refs/tags/fresh", first, ErrorCode.TAG_CREATION_POLICY, "fresh");
        git.ok("checkout", "-q", "main");
        var unsigned = git.commitFile("c.txt", "c", "Unsigned");
        expect("refs/heads/main", unsigned, ErrorCode.COMMIT_NOT_SIGNED, unsigned.substring(0, 8), "main");
        check(rules.member(Role.DEVELOPER));
    }
}
