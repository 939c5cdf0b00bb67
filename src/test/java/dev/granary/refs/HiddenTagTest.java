package dev.granary.refs;

import static dev.granary.refs.RulesFixture.action;
import static dev.granary.refs.RulesFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags that a rule leaves to some to read are not there for the others, by whichever way they look. */
@OnBothDatabases
@SuppressWarnings("NullAway.Init")
class HiddenTagTest {
    private final GranaryServer server;
    private final RulesFixture rules;
    private final UserAccount reader;
    private final UserAccount developer;
    private final UserAccount manager;

    @TempDir
    Path folder;

    private Git git;
    private String open;
    private String secret;

    /** The tag object of a hidden tag on a commit that all may read. */
    private String note;

    HiddenTagTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        rules = new RulesFixture(server);
        reader = rules.projectMember(Role.DEVELOPER);
        developer = rules.projectMember(Role.DEVELOPER);
        manager = rules.projectMember(Role.PROJECT_MANAGER);
    }

    @BeforeEach
    void history() {
        Git.in(folder).ok("init", "-q", "-b", "main", "work");
        git = Git.in(folder.resolve("work"));
        open = git.commitFile("a.txt", "a", "Open");
        git.ok("tag", "v1");
        git.ok("tag", "-a", "-m", "A note", "secret-note");
        note = git.ok("rev-parse", "secret-note");
        git.ok("checkout", "-q", "-b", "aside");
        secret = git.commitFile("b.txt", "b", "Secret");
        git.ok("tag", "secret-work");
        git.ok("push", "-q", rules.adminUrl(), "main", "v1", "secret-note", "secret-work");
    }

    private void hide() {
        ok(rules.admin.post(
                rules.ofProject() + "/protected-tags",
                Map.of("name", "secret-*", "actions", List.of(action("read", "user_ids", List.of(reader.id()))))));
    }

    private String tags(Git client, String version, String url) {
        return client.ok("-c", "protocol.version=" + version, "ls-remote", "--tags", "--refs", url)
                .lines()
                .map(line -> line.substring(line.indexOf("refs/tags/") + "refs/tags/".length()))
                .reduce("", (all, tag) -> all.isEmpty() ? tag : all + " " + tag);
    }

    @Test
    void gitSeesThemOnlyAsThoseWhoMay() {
        var people = List.of(rules.httpUrl(developer), rules.httpUrl(manager));
        var overSsh = RulesFixture.overSsh(git, rules.as(developer));
        var key = SshIdentity.make(folder, "ed25519");
        ok(rules.admin.post(
                "/v2/repositories/" + rules.repository.id() + "/deploy-keys",
                Map.of("key_title", "build", "key", key.publicKey(), "can_push", true, "application", "build")));
        var deploying = git.with("GIT_SSH_COMMAND", key.command());
        for (var version : List.of("0", "1", "2")) {
            assertThat(tags(git, version, people.getFirst())).isEqualTo("secret-note secret-work v1");
        }
        var all = clone("before", people.getFirst());
        assertThat(all.ok("tag")).contains("secret-note").contains("secret-work");

        hide();
        git.ok("init", "-q", "--bare", "empty");
        var empty = git.at(git.folder().resolve("empty"));
        var emptyOverSsh = overSsh.at(empty.folder());
        for (var version : List.of("0", "1", "2")) {
            // Twice and in turns: answers are kept.
            for (var turn = 0; turn < 2; turn++) {
                assertThat(tags(git, version, rules.httpUrl(reader))).isEqualTo("secret-note secret-work v1");
                assertThat(tags(git, version, rules.adminUrl())).isEqualTo("secret-note secret-work v1");
                for (var url : people) {
                    assertThat(tags(git, version, url)).isEqualTo("v1");
                }
            }
            assertThat(tags(overSsh, version, rules.sshUrl())).isEqualTo("v1");
            assertThat(tags(deploying, version, rules.sshUrl())).isEqualTo("v1");
            for (var wanted : List.of("refs/tags/secret-work", secret, note)) {
                assertThat(empty.run("-c", "protocol.version=" + version, "fetch", people.getFirst(), wanted)
                                .exit())
                        .as(wanted + " in version " + version)
                        .isNotZero();
                assertThat(emptyOverSsh
                                .run("-c", "protocol.version=" + version, "fetch", rules.sshUrl(), wanted)
                                .exit())
                        .isNotZero();
            }
        }
        assertThat(clone("reader", rules.httpUrl(reader)).ok("tag")).contains("secret-note");
        var partial = clone("developer", people.getFirst());
        assertThat(partial.ok("tag")).isEqualTo("v1");
        assertThat(partial.run("cat-file", "-e", note).exit())
                .as("the tag does not come along with the commit it names")
                .isNotZero();
        assertThat(partial.run("cat-file", "-e", secret).exit()).isNotZero();
        assertThat(partial.run("fetch", "--shallow-exclude=refs/tags/secret-note", "origin")
                        .err())
                .as("nor does it bound a history")
                .contains("secret-note");
    }

    private Git clone(String name, String url) {
        Git.in(folder).ok("clone", "-q", "--bare", url, name);
        return Git.in(folder.resolve(name));
    }

    @Test
    void theApiSeesThemOnlyAsThoseWhoMay() {
        hide();
        var mine = rules.as(reader);
        var other = rules.as(developer);
        var v4 = rules.v4() + "/repository";
        for (var client : List.of(mine, rules.admin)) {
            assertThat(client.get(v4 + "/tags").header("X-Total")).isEqualTo("3");
            assertThat(client.get(v4 + "/refs?type=tag").header("X-Total")).isEqualTo("3");
            assertThat(client.get(v4 + "/commits/" + secret + "/refs?type=tag").text())
                    .contains("secret-work");
            assertThat(read(client, "secret-work")).isTrue();
        }
        var listed = other.get(v4 + "/tags?limit=1&offset=0");
        assertThat(listed.header("X-Total")).isEqualTo("1");
        assertThat(listed.json().size()).isEqualTo(1);
        assertThat(listed.json().get(0).get("name").asString()).isEqualTo("v1");
        assertThat(listed.json().get(0).get("can_read").booleanValue()).isTrue();
        assertThat(other.get(v4 + "/refs").json().toString()).isEqualTo("[\"main\",\"v1\"]");
        assertThat(other.get(rules.v2() + "/tags").text()).contains("v1").doesNotContain("secret");
        assertThat(other.get(v4 + "/commits/" + open + "/refs?type=tag").json().toString())
                .isEqualTo("[\"v1\"]");
        assertThat(read(other, "secret-work")).isFalse();
        assertThat(read(other, "v1")).isTrue();

        var legacy = "/v2/projects/" + rules.repository.id() + "/repository";
        for (var path : List.of(
                v4 + "/tag?tag_name=secret-work",
                v4 + "/commits/" + secret + "/refs?type=tag",
                v4 + "/commit-list?ref_name=secret-work",
                v4 + "/commits/diff?sha=" + secret,
                legacy + "/commits/" + secret,
                legacy + "/commits/secret-work",
                legacy + "/commits/" + secret.substring(0, 10),
                legacy + "/files/b.txt?ref=secret-work",
                v4 + "/submodules?sha=secret-work")) {
            assertThat(other.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(mine.get(legacy + "/commits/" + secret).status()).isEqualTo(200);
        for (var ref : List.of("secret-work", secret)) {
            var branch = Map.of("branch", GranaryServer.unique("b"), "ref", ref);
            assertThat(other.post(v4 + "/branches", branch).status()).isEqualTo(404);
            assertThat(other.post(v4 + "/tags", Map.of("tag_name", "copy", "ref", ref))
                            .status())
                    .isEqualTo(404);
        }
    }

    private boolean read(Http client, String tag) {
        return client.get(rules.v4() + "/user-ref-permission?target_ref=refs/tags/" + tag)
                .json()
                .get("read")
                .get("has_permission")
                .booleanValue();
    }

    @Test
    void aPushGainsNothingByNamingWhatIsHidden() throws Exception {
        hide();
        for (var id : List.of(secret, note)) {
            assertThat(push(developer, "refs/tags/copy-" + id, id))
                    .contains("ng refs/tags/copy-")
                    .contains(id);
        }
        assertThat(push(reader, "refs/tags/copy", secret)).contains("ok refs/tags/copy");
        // Those who do not see it still move other refs, and see what they may.
        var work = clone("work-of-developer", rules.httpUrl(developer));
        work.ok("push", "-q", rules.httpUrl(developer), "main:refs/heads/new");
        git.ok("checkout", "-q", "main");
        git.commitFile("c.txt", "c", "More");
        git.ok("push", "-q", rules.httpUrl(developer), "main");
    }

    /** Pushes a ref without any object. */
    private String push(UserAccount user, String ref, String target) throws Exception {
        var line = "0".repeat(40) + " " + target + " " + ref + "\0report-status";
        var body = new ByteArrayOutputStream();
        body.write("%04x%s0000".formatted(line.length() + 4, line).getBytes(StandardCharsets.UTF_8));
        body.write(emptyPack());
        var credentials = user.name() + ":" + GranaryServer.PASSWORD;
        var request = HttpRequest.newBuilder(
                        URI.create(server.url() + "/" + rules.repository.fullPath() + ".git/git-receive-pack"))
                .header("Content-Type", "application/x-git-receive-pack-request")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static byte[] emptyPack() throws Exception {
        var pack = new ByteArrayOutputStream();
        pack.write(HexFormat.of().parseHex("5041434b0000000200000000"));
        pack.write(MessageDigest.getInstance("SHA-1").digest(pack.toByteArray()));
        return pack.toByteArray();
    }

    @Test
    void forksDoNotTakeThemAlong() {
        hide();
        var expected = Map.of(reader, "secret-note secret-work v1", developer, "v1");
        expected.forEach((person, tags) -> {
            var project = GranaryServer.unique("Fork");
            ok(rules.as(person)
                    .post(
                            "/v2/projects/repositories/fork",
                            Map.of(
                                    "project_name",
                                    project,
                                    "repo_name",
                                    "copy",
                                    "template_id",
                                    rules.repository.uuid())));
            var address = rules.httpUrl(person).replace(rules.repository.fullPath(), project + "/copy");
            assertThat(tags(git, "2", address)).isEqualTo(tags);
        });
    }
}
