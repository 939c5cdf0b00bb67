package dev.granary.mirrors;

import static dev.granary.mirrors.MirrorFixture.await;
import static dev.granary.mirrors.MirrorFixture.ok;
import static dev.granary.mirrors.MirrorFixture.refs;
import static dev.granary.mirrors.MirrorFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.repositories.HostedRepository;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mirrors take, with which credentials, and who goes first. */
@OnBothDatabases
class MirrorScopeTest {
    private final MirrorFixture fixture;

    @TempDir
    Path folder;

    MirrorScopeTest(TestDatabase database) {
        fixture = new MirrorFixture(database);
    }

    private void there(String... arguments) {
        fixture.there().run(arguments).ok();
    }

    private void write(String action, String path, String content) {
        ok(fixture.origin
                .asAdmin()
                .post(
                        "/v2/projects/" + fixture.source.id() + "/repository/commits",
                        Map.of(
                                "branch",
                                "master",
                                "commit_message",
                                "Write " + path,
                                "actions",
                                List.of(Map.of("action", action, "file_path", path, "content", content)))));
    }

    @Test
    void takesTheChosenRefsWhoeverProtectsThemHere() {
        for (var ref : List.of("refs/heads/side", "refs/heads/release/1", "refs/heads/release/2", "refs/tags/v1")) {
            there("update-ref", ref, "refs/heads/master");
        }
        fixture.associate(fixture.urlWithPassword());
        ok(fixture.http.put(fixture.path(), Map.of("sync_branch_type", "default")));
        assertThat(fixture.sync(Map.of()).get("refs_changed").asInt()).isEqualTo(1);
        assertThat(refs(fixture.here())).contains("refs/heads/master").doesNotContain("side", "v1");

        // Nobody may push here or force; the mirror does.
        ok(fixture.http.post(
                "/v4/repositories/" + fixture.target.id() + "/protected-branches",
                Map.of(
                        "names",
                        List.of("master", "release/*"),
                        "actions",
                        List.of(Map.of("action", "push", "enable", true)))));
        there("update-ref", "refs/heads/master", "refs/heads/master~1");
        fixture.commit("master", "rewritten.txt");
        ok(fixture.http.put(
                fixture.path() + "/details",
                Map.of(
                        "ref_specs",
                        List.of("refs/heads/master", "refs/heads/release/*", "^refs/heads/release/2"),
                        "force_fetch",
                        true)));
        ok(fixture.http.put(fixture.path(), Map.of("sync_branch_type", "all")));
        assertThat(text(fixture.sync(Map.of()), "state")).isEqualTo("succeeded");
        assertThat(refs(fixture.here()).lines().map(line -> line.replaceFirst(".* ", "")))
                .containsExactly("refs/heads/master", "refs/heads/release/1");
        assertThat(refs(fixture.there()).lines().toList())
                .containsAll(refs(fixture.here()).lines().toList());
        there("update-ref", "-d", "refs/heads/release/1");
        assertThat(fixture.sync(Map.of()).get("refs_changed").asInt()).isEqualTo(1);
        assertThat(refs(fixture.here())).doesNotContain("release");
    }

    @Test
    void saysThatFilesOfLfsAreNotFetched() {
        write("create", ".gitattributes", "# media\n*.png filter=lfs diff=lfs merge=lfs -text\n");
        fixture.associate(fixture.urlWithPassword());
        var run = fixture.sync(Map.of());
        assertThat(text(run, "state")).isEqualTo("succeeded");
        assertThat(text(run, "warning")).contains("Git LFS").contains("not fetched");
        assertThat(text(fixture.sync(Map.of()), "warning")).as("nothing new").isEqualTo(text(run, "warning"));
        var freshness = fixture.path() + "/freshness";
        assertThat(text(ok(fixture.http.get(freshness)).json(), "warning")).isEqualTo(text(run, "warning"));
        assertThat(text(
                        ok(fixture.http.with("X-Language", "zh-cn").get(freshness))
                                .json(),
                        "warning"))
                .contains("Git LFS")
                .doesNotContain("not fetched");
        assertThat(fixture.show().get("last_error").isNull()).isTrue();
        write("update", ".gitattributes", "#*.png filter=lfs\n*.txt text\n");
        assertThat(fixture.sync(Map.of()).get("warning").isNull()).isTrue();
        assertThat(ok(fixture.http.get(freshness)).json().get("warning").isNull())
                .isTrue();
    }

    @Test
    void followsBySshWithAStoredKeyThatIsRotated() {
        var endpoints = "/v4/projects/" + fixture.project.uuid() + "/remote-endpoints";
        var known = SshIdentity.make(folder, "ed25519");
        var unknown = SshIdentity.make(folder, "ed25519");
        ok(fixture.origin
                .asAdmin()
                .post("/v4/user/keys", Map.of("title", GranaryServer.unique("key"), "key", known.publicKey())));
        var server = "ssh://git@127.0.0.1:" + fixture.origin.sshPort();
        var made = ok(fixture.http.post(
                        endpoints, Map.of("name", "by ssh", "url", server, "private_key", unknown.privateKey())))
                .json();
        assertThat(text(made, "type")).isEqualTo("ssh_key");
        assertThat(made.toString()).doesNotContain("PRIVATE");
        fixture.associate(server + "/" + fixture.source.fullPath() + ".git");
        var endpoint = text(made, "endpoint_uuid");
        var failed = fixture.sync(Map.of("endpoint_uuid", endpoint));
        assertThat(text(failed, "error")).contains("does not accept");
        ok(fixture.http.put(endpoints + "/" + endpoint, Map.of("private_key", known.privateKey())));
        var run = fixture.sync(Map.of("endpoint_uuid", endpoint));
        assertThat(text(run, "state")).as(run.toString()).isEqualTo("succeeded");
        assertThat(refs(fixture.here())).isEqualTo(refs(fixture.there()));
        // The host's key was taken the first time; another one stops the mirror.
        var details = fixture.path() + "/details";
        var hostKey = text(ok(fixture.http.get(details)).json(), "known_host_key");
        assertThat(hostKey).matches("(ssh|ecdsa)-\\S+ AAAA\\S+");
        ok(fixture.http.put(details, Map.of("known_host_key", hostKey.substring(0, hostKey.length() - 4) + "AAAA")));
        assertThat(text(fixture.sync(Map.of("endpoint_uuid", endpoint)), "error"))
                .contains("SSH host key");
        ok(fixture.http.put(details, Map.of("known_host_key", "")));
        assertThat(text(fixture.sync(Map.of("endpoint_uuid", endpoint)), "state"))
                .isEqualTo("succeeded");
    }

    @Test
    void whatTakesLongHoldsUpNobodyAndWhatSomebodyStartedComesFirst() {
        fixture.associate(fixture.urlWithPassword());
        fixture.sync(Map.of());
        try (var relay = new Relay(fixture.origin.httpPort())) {
            relay.passing = 40;
            var stuck = fixture.urlWithPassword().replace(":" + fixture.origin.httpPort(), ":" + relay.port());
            var first = associated(stuck);
            var jid = started(first);
            var second = associated(stuck);
            started(second);
            for (var copy : List.of(first, second)) {
                await(() -> runs(copy), runs -> runs.contains("\"running\""));
            }
            // As many as may take long are under way: those wait that have never run, but not those known to be quick.
            var scheduled = associated(stuck);
            ok(fixture.http.put(MirrorFixture.path(scheduled), Map.of("mirroring_enabled", true)));
            var asked = associated(stuck);
            started(asked);
            assertThat(text(fixture.sync(Map.of()), "state")).isEqualTo("succeeded");
            assertThat(runs(asked)).contains("\"queued\"");
            ok(fixture.http.post(MirrorFixture.path(first) + "/runs/" + jid + "/abort", Map.of()));
            await(() -> runs(asked), runs -> runs.contains("\"running\""));
            assertThat(runs(scheduled)).isEqualTo("[]");
            relay.passing = Long.MAX_VALUE;
            for (var copy : List.of(scheduled, first, second, asked)) {
                ok(fixture.http.delete(MirrorFixture.path(copy)));
            }
        }
    }

    private HostedRepository associated(String url) {
        var copy = fixture.repository();
        ok(fixture.http.post(MirrorFixture.path(copy) + "/associate", Map.of("url", url)));
        return copy;
    }

    private String started(HostedRepository copy) {
        return text(ok(fixture.http.post(MirrorFixture.path(copy), Map.of())).json(), "jid");
    }

    private String runs(HostedRepository copy) {
        return ok(fixture.http.get(MirrorFixture.path(copy) + "/runs")).json().toString();
    }

    @Test
    void anEndThatComesAfterTheAddressWasChangedSaysNothingOfTheNewOne() {
        try (var relay = new Relay(fixture.origin.httpPort())) {
            relay.passing = 40;
            var stuck = fixture.urlWithPassword().replace(":" + fixture.origin.httpPort(), ":" + relay.port());
            fixture.associate(stuck);
            var jid = fixture.start(Map.of());
            await(() -> fixture.run(jid), run -> text(run, "state").equals("running"));
            fixture.associate("https://elsewhere.example/a.git");
            relay.shut();
            assertThat(text(fixture.ended(jid), "state")).isEqualTo("failed");
            assertThat(text(fixture.show(), "update_status")).isEqualTo("finished");
            assertThat(fixture.show().get("number_of_failures").isNull()).isTrue();
            assertThat(fixture.show().get("last_error").isNull()).isTrue();
        }
    }
}
