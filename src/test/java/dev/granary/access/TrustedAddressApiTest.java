package dev.granary.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.TrustedAddressService.NewAddress;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

/** From where repositories may be used. The tests call from 127.0.0.1. */
@OnBothDatabases
class TrustedAddressApiTest {
    private static final String ELSEWHERE = "192.0.2.7";

    private final GranaryServer server;
    private final UserAccount owner;
    private final Http client;
    private final Scopes scopes;
    private final String path;

    @TempDir
    Path folder;

    TrustedAddressApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        owner = server.newUser("owner");
        client = as(owner);
        scopes = Scopes.create(server, caller());
        path = "/v4/projects/" + scopes.repository().id() + "/trusted-ip-addresses";
    }

    private Caller.User caller() {
        return server.caller(owner.name());
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    private static Map<String, Object> single(String address, int view, int download, int upload) {
        return Map.of(
                "ip_type", 0, "ip_start", address, "view_flag", view, "download_flag", download, "upload_flag", upload);
    }

    /** Past the check that nobody shuts oneself out: the server itself is nowhere. */
    private void trustOnly(String address) {
        server.bean(TrustedAddressService.class)
                .add(caller(), scopes.repositoryScope(), new NewAddress(0, address, null, 1, 1, 1, null));
    }

    private String add(Map<String, Object> entry) {
        var added = client.post(path, entry);
        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        return added.json().get("id").asString();
    }

    @Test
    void listsChangesAndRemovesEntries() {
        assertThat(client.get(path).json()).isEmpty();
        var home = add(single("127.0.0.1", 1, 1, 1));
        var entry = client.post(
                        path,
                        Map.of("ip_type", 1, "ip_start", " 10.0.0.1 ", "ip_end", "10.0.0.9", "remark", "the office"))
                .json();
        assertThat(entry.get("ip_range").asString()).isEqualTo("10.0.0.1-10.0.0.9");
        assertThat(entry.get("ip_start").asString()).isEqualTo("10.0.0.1");
        assertThat(entry.get("view_flag").asInt()).isZero();
        assertThat(entry.get("remark").asString()).isEqualTo("the office");
        assertThat(entry.get("order_flag").asInt()).isEqualTo(1);
        assertThat(entry.get("repository_id").asLong())
                .isEqualTo(scopes.repository().id());
        assertThat(entry.get("created_at").asString())
                .matches("[A-Z][a-z]{2} [0-3][0-9], 20[0-9]{2} [01][0-9]:[0-5][0-9]:[0-5][0-9] (AM|PM)");

        var changed = client.put(
                        path + "/" + entry.get("id").asString(),
                        Map.of("ip_type", 2, "ip_start", "2001:db8::/32", "upload_flag", 1))
                .json();
        assertThat(changed.get("ip_range").asString()).isEqualTo("2001:db8::/32");
        assertThat(changed.get("ip_end").asString()).isEmpty();
        assertThat(changed.get("upload_flag").asInt()).isEqualTo(1);
        assertThat(changed.get("remark").asString()).isEqualTo("the office");

        var second = client.get(path + "?offset=1&limit=1");
        assertThat(second.header("X-Total")).isEqualTo("2");
        assertThat(second.json()).hasSize(1);
        assertThat(second.json().get(0)).isEqualTo(changed);

        var gone = path + "/" + entry.get("id").asString();
        assertThat(client.delete(gone).json().get("status").asString()).isEqualTo("success");
        assertThat(client.delete(gone).errorCode()).isEqualTo("CH.091306");
        assertThat(client.put(gone, Map.of("view_flag", 1)).status()).isEqualTo(404);
        assertThat(client.delete(path + "/" + home).status()).isEqualTo(200);
    }

    @Test
    void keepsOthersOutOfTheApi() {
        var show = "/v4/repositories/" + scopes.repository().id();
        trustOnly(ELSEWHERE);
        var refused = client.get(show);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("CH.091304");
        assertThat(refused.errorText()).contains("127.0.0.1");
        assertThat(client.with("X-Language", "zh-cn").get(show).errorText())
                .contains("127.0.0.1")
                .contains("地址");
        assertThat(server.asAdmin().get(show).status()).isEqualTo(403);
        assertThat(client.get("/v2/repositories/" + scopes.repository().uuid()).status())
                .isEqualTo(403);
        assertThat(client.get(path).status()).isEqualTo(403);
        assertThat(client.with("X-Forwarded-For", ELSEWHERE).get(show).status())
                .as("a forwarded address is not believed")
                .isEqualTo(403);
        assertThat(as(server.newUser("stranger")).get(show).status())
                .as("who may not know of it does not hear of the list")
                .isEqualTo(404);
        trustOnly("127.0.0.1");
        assertThat(client.get(show).status()).isEqualTo(200);
    }

    @Test
    void listsNameItAndNothingShowsWhatIsInIt() {
        trustOnly(ELSEWHERE);
        var repository = scopes.repository();
        for (var list : List.of(
                scopes.projectPath() + "/repositories",
                scopes.projectPath() + "/subgroups-and-repositories?group_id="
                        + scopes.inner().id(),
                scopes.innerPath() + "/repositories",
                "/v4/user/repositories",
                "/v2/projects/" + scopes.project().uuid() + "/repositories")) {
            var listed = client.get(list);
            assertThat(listed.status()).as(list).isEqualTo(200);
        }
        assertThat(client.get(scopes.innerPath() + "/repositories").text()).contains(repository.name());
        var v4 = "/v4/repositories/" + repository.id();
        var v2 = "/v2/projects/" + repository.id() + "/repository";
        for (var inside : List.of(
                v4 + "/repository/branches",
                v4 + "/repository/tags",
                v4 + "/repository/refs",
                v4 + "/repository/commit-list",
                v4 + "/protected-branches",
                v4 + "/labels",
                v4 + "/forks",
                v2 + "/commits",
                v2 + "/files?file_path=a.txt&ref=master")) {
            assertThat(client.get(inside).errorCode()).as(inside).isEqualTo("CH.091304");
        }
        assertThat(client.post(
                                "/v2/projects/repositories/fork",
                                Map.of(
                                        "project_name",
                                        GranaryServer.unique("fork"),
                                        "repo_name",
                                        "copy",
                                        "template_id",
                                        repository.uuid()))
                        .errorCode())
                .isEqualTo("CH.091304");
        assertThat(client.post(
                                v2 + "/commits",
                                Map.of(
                                        "branch",
                                        "master",
                                        "commit_message",
                                        "No",
                                        "actions",
                                        List.of(Map.of("action", "create", "file_path", "a", "content", "a"))))
                        .errorCode())
                .isEqualTo("CH.091304");
    }

    @Test
    void tellsDownloadsFromUploads() {
        var identity = SshIdentity.make(folder, "ed25519");
        client.post("/v4/user/keys", Map.of("title", GranaryServer.unique("key"), "key", identity.publicKey()));
        var work = Git.in(folder).with("GIT_SSH_COMMAND", identity.command());
        work.ok("init", "-q", "-b", "master", "work");
        var clone = work.at(folder.resolve("work"));
        clone.commitFile("a.txt", "a", "Add a");
        for (var url : List.of(httpUrl(), sshUrl())) {
            clone.ok("push", "-q", url, "HEAD:refs/heads/" + GranaryServer.unique("first"));
        }

        var entry = add(single("127.0.0.1", 1, 1, 0));
        for (var url : List.of(httpUrl(), sshUrl())) {
            clone.ok("ls-remote", url);
            var refused = clone.run("push", "-q", url, "HEAD:refs/heads/second");
            assertThat(refused.exit()).isNotZero();
        }
        client.put(path + "/" + entry, Map.of("download_flag", 0, "upload_flag", 1));
        for (var url : List.of(httpUrl(), sshUrl())) {
            assertThat(clone.run("ls-remote", url).exit()).isNotZero();
            clone.ok("push", "-q", url, "HEAD:refs/heads/" + GranaryServer.unique("third"));
        }
        assertThat(clone.run("ls-remote", sshUrl()).err()).contains("127.0.0.1");
        client.delete(path + "/" + entry);
        clone.ok("ls-remote", sshUrl());
    }

    private String httpUrl() {
        return server.url().replace("//", "//" + owner.name() + ":" + GranaryServer.PASSWORD.replace(" ", "%20") + "@")
                + "/" + scopes.repository().fullPath() + ".git";
    }

    private String sshUrl() {
        return "ssh://git@127.0.0.1:" + server.sshPort() + "/"
                + scopes.repository().fullPath() + ".git";
    }

    @Test
    void nobodyShutsOneselfOut() {
        for (var entry : List.of(single(ELSEWHERE, 1, 1, 1), single("127.0.0.1", 0, 1, 1), single("::1", 1, 1, 1))) {
            var refused = client.post(path, entry);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.errorCode()).isEqualTo("CH.091305");
        }
        assertThat(client.get(path).json()).isEmpty();
        var home = path + "/" + add(single("127.0.0.1", 1, 0, 0));
        add(single(ELSEWHERE, 1, 1, 1));
        assertThat(client.put(home, Map.of("view_flag", 0)).errorCode()).isEqualTo("CH.091305");
        assertThat(client.put(home, Map.of("ip_start", "127.0.0.2")).errorCode())
                .isEqualTo("CH.091305");
        assertThat(client.delete(home).errorCode()).isEqualTo("CH.091305");
        assertThat(client.get(path).json()).hasSize(2);
    }

    @Test
    void refusesBadEntriesInBothLanguages() {
        invalid(Map.of(), "ip_type", "required", "必填");
        invalid(Map.of("ip_type", 3, "ip_start", "127.0.0.1"), "ip_type", "0, 1, 2", "0, 1, 2");
        invalid(Map.of("ip_type", 0), "ip_start", "required", "必填");
        invalid(Map.of("ip_type", 0, "ip_start", "here"), "ip_start", "IPv4 or IPv6", "必须是 IPv4");
        invalid(Map.of("ip_type", 1, "ip_start", "127.0.0.1"), "ip_end", "required", "必填");
        invalid(Map.of("ip_type", 1, "ip_start", "::2", "ip_end", "::1"), "ip_end", "must not lie", "不能小于");
        invalid(Map.of("ip_type", 2, "ip_start", "127.0.0.1"), "ip_start", "network", "网段");
        invalid(Map.of("ip_type", 0, "ip_start", "::1", "view_flag", 2), "view_flag", "0, 1", "0, 1");
        invalid(Map.of("ip_type", 0, "ip_start", "::1", "remark", "x".repeat(201)), "remark", "0 to 200", "200");
        assertThat(client.get(path).json()).isEmpty();
    }

    private void invalid(Map<String, Object> body, String field, String english, String chinese) {
        var answer = client.post(path, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.errorText()).contains(field).contains(english);
        assertThat(client.with("X-Language", "zh-cn").post(path, body).errorText())
                .contains(field)
                .contains(chinese);
    }

    @Test
    void isForThoseWithTheRepositorysSettings() {
        var entry = single("127.0.0.1", 1, 1, 1);
        denied(server.asNobody(), 401, entry);
        denied(as(server.newUser("stranger")), 404, entry);
        for (var role : List.of(Role.VIEWER, Role.DEVELOPER, Role.COMMITTER)) {
            denied(as(member(role)), 403, entry);
        }
        assertThat(client.get(path).json()).isEmpty();
    }

    private void denied(Http someone, int status, @Nullable Object entry) {
        assertThat(someone.post(path, entry).status()).isEqualTo(status);
        assertThat(someone.get(path).status()).isEqualTo(status);
        assertThat(someone.put(path + "/1", entry).status()).isEqualTo(status);
        assertThat(someone.delete(path + "/1").status()).isEqualTo(status);
    }

    private UserAccount member(Role role) {
        var user = server.newUser(role.key());
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(
                                server.admin().id(),
                                new Scope.Repository(scopes.repository().id()),
                                user.id(),
                                role));
        return user;
    }
}
