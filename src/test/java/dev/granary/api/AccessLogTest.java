package dev.granary.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Isolated
@ExtendWith(OutputCaptureExtension.class)
class AccessLogTest {
    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);

    @TempDir
    Path folder;

    @Test
    void tellsOfEveryRequestOnceWithoutWhatItCarried(CapturedOutput output) throws Exception {
        var user = server.newUser("access");
        var http = server.http(user.name(), GranaryServer.PASSWORD);
        var listed = http.get("/v4/user/keys?limit=7&private=in-the-query");
        var refused = server.asNobody().get("/v4/user/keys");
        var malformed = server.asNobody().get("/v4/%00?x");

        assertThat(line(
                        output,
                        "GET /v4/user/keys 200 " + listed.response().body().length + " bytes \\d+ ms caller "
                                + user.id() + " from 127\\.0\\.0\\.1"))
                .contains("[" + listed.header("X-Request-Id") + "]");
        assertThat(line(output, "GET /v4/user/keys 401 \\d+ bytes \\d+ ms caller - from 127\\.0\\.0\\.1"))
                .contains(refused.header("X-Request-Id"));
        assertThat(malformed.status()).isEqualTo(400);
        line(output, "GET /v4/%00 400 ");
        assertThat(output.getAll()).doesNotContain("in-the-query");
    }

    @Test
    void tellsOfGitOverBothTransports(CapturedOutput output) throws Exception {
        var user = server.caller(server.newUser("access").name());
        var project = server.bean(ProjectService.class).create(user, GranaryServer.unique("access"), "", "scrum");
        var path = "/"
                + server.bean(RepositoryService.class)
                        .create(user, project, "repo", "", 0)
                        .fullPath()
                + ".git";
        var identity = SshIdentity.make(folder, "ed25519");
        server.http(user.name(), GranaryServer.PASSWORD)
                .post("/v4/user/keys", Map.of("title", "key", "key", identity.publicKey()));
        var git = Git.in(folder).with("GIT_SSH_COMMAND", identity.command());
        var ssh = "ssh://git@127.0.0.1:" + server.sshPort();
        git.ok("ls-remote", ssh + path);
        git.run("ls-remote", ssh + "/no/where.git");
        git.ok(
                "ls-remote",
                server.url().replace("//", "//" + user.name() + ":" + GranaryServer.PASSWORD.replace(" ", "%20") + "@")
                        + path);

        line(output, "SSH " + path + "/git-upload-pack 200 [1-9]\\d* bytes \\d+ ms caller " + user.id() + " from 127");
        line(output, "SSH /no/where\\.git/git-upload-pack 404 \\d+ bytes \\d+ ms caller " + user.id() + " from 127");
        line(output, "GET " + path + "/info/refs 200 [1-9]\\d* bytes \\d+ ms caller " + user.id() + " from 127");
    }

    /** The one line that ends like this; it is written after the client has its answer. */
    private static String line(CapturedOutput output, String end) throws InterruptedException {
        var pattern = Pattern.compile("(?m)^.*granary\\.access +: " + end + ".*$");
        for (var i = 0; i < 250 && !pattern.matcher(output.getAll()).find(); i++) {
            Thread.sleep(20);
        }
        var lines = pattern.matcher(output.getAll()).results().toList();
        assertThat(lines).as(end).hasSize(1);
        return lines.getFirst().group();
    }
}
