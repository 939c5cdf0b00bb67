package dev.granary.refs;

import static dev.granary.refs.RulesFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commits signed by the real gpg and ssh-keygen, where the general rule asks for signatures. */
@OnBothDatabases
@SuppressWarnings("NullAway.Init")
class SignedPushTest {
    private final RulesFixture rules;
    private final UserAccount user;

    @TempDir
    Path folder;

    private Git git;

    SignedPushTest(TestDatabase database) {
        rules = new RulesFixture(GranaryServer.shared(database));
        user = rules.member(Role.DEVELOPER);
    }

    @BeforeEach
    void repository() throws IOException {
        Files.createDirectory(
                folder.resolve("gpg"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Git.in(folder).ok("init", "-q", "-b", "main", "work");
        git = Git.in(folder.resolve("work"))
                .with("GNUPGHOME", folder.resolve("gpg").toString())
                .with("GIT_COMMITTER_EMAIL", user.email());
        git.commitFile("a.txt", "a", "Before the rule");
        git.ok("push", "-q", rules.adminUrl(), "main");
        ok(rules.admin.put(rules.v4() + "/general-commit-rule", Map.of("reject_not_signed_by_gpg", true)));
    }

    private String gpg(String... arguments) {
        var command = new java.util.ArrayList<>(List.of("gpg", "--batch", "--quiet", "--passphrase", ""));
        command.addAll(List.of(arguments));
        return git.program(command).ok().out();
    }

    private void sign(String message, String format, String key) {
        git.ok(
                "-c",
                "gpg.format=" + format,
                "-c",
                "user.signingkey=" + key,
                "commit",
                "-q",
                "--allow-empty",
                "-S",
                "-m",
                message);
    }

    private Git.Result push() {
        return git.run("push", rules.httpUrl(user), "HEAD:main");
    }

    private void assertRefused() {
        var refused = push();
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err())
                .contains(
                        "Commit " + git.ok("rev-parse", "--short=8", "HEAD"),
                        "has no signature by a key of its committer");
    }

    /** Changes the message of the last commit and leaves its signature. */
    private void tamper() throws IOException {
        var file = git.folder().resolve("commit");
        Files.writeString(file, git.run("cat-file", "commit", "HEAD").ok().out().replace("Signed", "Forged"));
        git.ok("reset", "-q", "--hard", git.ok("hash-object", "-t", "commit", "-w", file.toString()));
        assertThat(git.ok("cat-file", "commit", "HEAD")).contains("Forged", "-----BEGIN");
        Files.delete(file);
    }

    @Test
    void takesOpenPgpSignaturesOfTheCommittersOwnKeys() throws IOException {
        gpg("--quick-gen-key", "Somebody <" + user.email() + ">", "ed25519", "sign", "1y");
        gpg("--quick-gen-key", "Stranger <stranger@example.com>", "rsa2048", "sign", "1y");
        sign("Signed", "openpgp", user.email());
        assertRefused();
        var key = gpg("--armor", "--export", user.email());
        ok(rules.as(user).post("/v4/user/gpg-keys", Map.of("title", "Work", "key", key)));
        assertThat(push().exit()).isZero();

        sign("Signed again", "openpgp", user.email());
        tamper();
        assertRefused();
        git.ok("reset", "-q", "--hard", "HEAD~1");
        sign("Signed by a stranger", "openpgp", "stranger@example.com");
        assertRefused();
        git.ok("reset", "-q", "--hard", "HEAD~1");
        var other = git;
        git = git.with("GIT_COMMITTER_EMAIL", "committer@example.com");
        sign("Signed in another name", "openpgp", user.email());
        assertRefused();
        git = other;
        git.ok("reset", "-q", "--hard", "HEAD~1");
        sign("Signed by RSA", "openpgp", "stranger@example.com");
        ok(rules.as(user)
                .post(
                        "/v4/user/gpg-keys",
                        Map.of("title", "RSA", "key", gpg("--armor", "--export", "stranger@example.com"))));
        assertThat(push().exit()).isZero();
    }

    @Test
    void takesSshSignaturesOfTheCommittersOwnKeys() throws IOException {
        var identity = SshIdentity.make(folder, "ed25519");
        var file = identity.command().replaceAll(".* -i (\\S+) .*", "$1");
        ok(rules.as(user).post("/v4/user/keys", Map.of("title", "signing", "key", identity.publicKey())));
        sign("Signed", "ssh", file);
        assertThat(push().exit()).isZero();
        sign("Signed again", "ssh", file);
        tamper();
        assertRefused();
    }

    private JsonNode shown(String path) {
        return ok(rules.as(user).get(rules.v4() + "/repository/commits" + path)).json();
    }

    private String signature(String revision) {
        var id = git.ok("rev-parse", revision);
        var answer = shown("/" + id + "/signature");
        assertThat(answer.get("id").asString()).isEqualTo(id);
        return answer.get("state").asString() + " " + answer.get("type").asString("") + " "
                + answer.get("key").asString("") + " "
                + answer.get("signer_name").asString("");
    }

    @Test
    void showsWhoSignedCommitsAndTags() throws IOException {
        ok(rules.admin.put(rules.v4() + "/general-commit-rule", Map.of("reject_not_signed_by_gpg", false)));
        var identity = SshIdentity.make(folder, "ed25519");
        var file = identity.command().replaceAll(".* -i (\\S+) .*", "$1");
        sign("By ssh", "ssh", file);
        gpg("--quick-gen-key", "Somebody <" + user.email() + ">", "ed25519", "sign", "1y");
        var primary = gpg("--with-colons", "--list-keys", user.email())
                .replaceAll("(?s).*\\npub:[^:]*:[^:]*:[^:]*:([0-9A-F]{16}):.*", "$1");
        sign("By gpg", "openpgp", user.email());
        sign("Signed", "openpgp", user.email());
        tamper();
        git.ok("-c", "gpg.format=openpgp", "tag", "-s", "-u", user.email(), "-m", "Signed tag", "v1");
        git.ok("tag", "-m", "Plain", "v2");
        git.ok("push", "-q", rules.adminUrl(), "HEAD:refs/heads/signed", "v1", "v2");
        var fingerprint =
                git.program(List.of("ssh-keygen", "-lf", file)).ok().out().split(" ", -1)[1];

        assertThat(signature("HEAD~3")).isEqualTo("none   ");
        assertThat(signature("HEAD~2")).isEqualTo("unknown_key ssh " + fingerprint + " ");
        assertThat(signature("HEAD~1")).isEqualTo("unknown_key gpg " + primary + " ");
        ok(rules.as(user).post("/v4/user/keys", Map.of("title", "signing", "key", identity.publicKey())));
        var key = gpg("--armor", "--export", user.email());
        ok(rules.as(user).post("/v4/user/gpg-keys", Map.of("title", "Work", "key", key)));
        assertThat(signature("HEAD~2")).isEqualTo("verified ssh " + fingerprint + " " + user.name());
        assertThat(signature("HEAD~1")).isEqualTo("verified gpg " + primary + " " + user.name());
        assertThat(signature("HEAD")).isEqualTo("unverified gpg " + primary + " ");

        var listed = ok(rules.as(user).get(rules.v4() + "/repository/commit-list?ref_name=signed"))
                .json()
                .get("commits");
        assertThat(listed.valueStream()
                        .map(commit -> commit.get("open_gpg_verified").asBoolean() + " "
                                + commit.get("verification_status").asInt() + " "
                                + commit.get("gpg_primary_key_id").asString("") + " "
                                + commit.get("gpg_user_name").asString("")))
                .containsExactly(
                        "true 0 " + primary + " ",
                        "true 1 " + primary + " " + user.name(),
                        "true 1 " + fingerprint + " " + user.name(),
                        "false 0  ");
        var tags = ok(rules.as(user).get(rules.v4() + "/repository/tags?order_by=name&sort=asc"))
                .json();
        assertThat(tags.get(0).get("message").asString()).isEqualTo("Signed tag");
        assertThat(tags.get(0).get("gpgKey").get("verification_status").asInt()).isEqualTo(1);
        assertThat(tags.get(0).get("gpgKey").get("gpg_name").asString()).isEqualTo(user.name());
        assertThat(tags.get(1).get("gpgKey").isNull()).isTrue();

        var path = rules.v4() + "/repository/commits/" + git.ok("rev-parse", "HEAD") + "/signature";
        var server = rules.server;
        assertThat(server.asNobody().get(path).status()).isEqualTo(401);
        var stranger = server.newUser("stranger").name();
        assertThat(server.http(stranger, GranaryServer.PASSWORD).get(path).status())
                .isEqualTo(404);
        assertThat(rules.as(user)
                        .get(rules.v4() + "/repository/commits/gone/signature")
                        .status())
                .isEqualTo(404);
    }
}
