package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes of many refs at once. Nothing here depends on the database. */
class ManyRefsTest {
    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private Caller.User user;
    private HostedRepository repository;
    private Git bare;
    private ObjectId commit;

    @TempDir
    Path folder;

    @BeforeEach
    void repository() throws IOException {
        user = server.caller(server.newUser("pusher").name());
        repository = TransportFixture.repository(server, user, TransportFixture.project(server, user), 0);
        bare = Git.in(folder).at(TransportFixture.folder(server, repository));
        var pack = new HandMadePack();
        commit = pack.commit(pack.tree("a.txt", pack.add(Constants.OBJ_BLOB, "hello")));
        assertThat(push(pack.pushTo("refs/heads/master", commit))).contains("ok refs/heads/master");
    }

    @Test
    void manyNewRefsAreWrittenInOneFile() throws IOException {
        var names = new ArrayList<String>();
        for (var i = 0; i < 20_000; i++) {
            names.add("refs/tags/builds/" + i);
        }
        assertThat(create(names, "report-status").lines().filter(line -> line.contains("ok refs/")))
                .hasSize(20_000);
        assertThat(looseRefs()).containsExactly("refs/heads/master");
        var packed = bare.folder().resolve("packed-refs");
        assertThat(Files.readAllLines(packed)).hasSize(20_001);
        bare.ok("show-ref", "--verify", "refs/tags/builds/19999");

        var time = Files.getLastModifiedTime(packed);
        assertThat(create(List.of("refs/heads/one"), "report-status")).contains("ok refs/heads/one");
        assertThat(looseRefs()).containsExactlyInAnyOrder("refs/heads/master", "refs/heads/one");
        assertThat(Files.getLastModifiedTime(packed)).isEqualTo(time);
    }

    @Test
    void refsThatCannotMoveAreLeftOutOfManyOthers() throws IOException {
        var answer = create(thirtyWithTwoImpossible(), "report-status");
        assertThat(answer)
                .contains("ng refs/heads/master/below")
                .contains("ng refs/heads/b7") // it or the one below it
                .doesNotContain("ng refs/heads/b29");
        assertThat(answer.lines().filter(line -> line.contains("ok refs/"))).hasSize(30);
        assertThat(bare.ok("for-each-ref", "refs/heads").lines()).hasSize(31);
        assertThat(looseRefs()).containsExactly("refs/heads/master");
        bare.ok("fsck", "--full");
    }

    @Test
    void anAtomicPushOfManyMovesNoneWhenOneCannot() throws IOException {
        var answer = create(thirtyWithTwoImpossible(), "report-status atomic");
        assertThat(answer).doesNotContain("ok refs/").contains("ng refs/heads/b29");
        assertThat(bare.ok("for-each-ref", "refs/heads").lines()).hasSize(1);
    }

    private static List<String> thirtyWithTwoImpossible() {
        var names = new ArrayList<String>();
        for (var i = 0; i < 30; i++) {
            names.add("refs/heads/b" + i);
        }
        names.add(15, "refs/heads/master/below");
        names.add(20, "refs/heads/b7/below");
        return names;
    }

    private List<String> looseRefs() throws IOException {
        try (var files = Files.walk(bare.folder().resolve("refs"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bare.folder().relativize(file).toString())
                    .toList();
        }
    }

    private String create(List<String> names, String capabilities) throws IOException {
        var body = new ByteArrayOutputStream();
        for (var name : names) {
            var line = ObjectId.zeroId().name() + " " + commit.name() + " " + name
                    + (body.size() == 0 ? "\0" + capabilities : "");
            body.writeBytes("%04x%s".formatted(line.length() + 4, line).getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes("0000".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(new HandMadePack().pack());
        return push(body.toByteArray());
    }

    private String push(byte[] body) throws IOException {
        var credentials = (user.name() + ":" + GranaryServer.PASSWORD).getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(
                        URI.create(TransportFixture.httpUrl(server, repository) + "/git-receive-pack"))
                .header("Content-Type", "application/x-git-receive-pack-request")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
