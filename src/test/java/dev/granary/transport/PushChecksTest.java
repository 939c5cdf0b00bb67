package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What must not get in. Nothing here depends on the database. */
class PushChecksTest {
    @SuppressWarnings("NullAway.Init")
    private static GranaryServer server;

    private Caller.User user;
    private HostedRepository repository;
    private Git work;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = GranaryServer.start(
                TestDatabase.SQLITE,
                "--granary.limits.pushed-file=100KB",
                "--granary.limits.pack=2MB",
                "--granary.limits.refs=5");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void repository() {
        user = server.caller(server.newUser("pusher").name());
        repository = TransportFixture.repository(server, user, TransportFixture.project(server, user), 0);
        Git.in(folder).ok("clone", "-q", TransportFixture.httpUrl(server, user, repository), "work");
        work = Git.in(folder.resolve("work"));
    }

    private void assertNothingIsThere() {
        assertThat(work.ok("ls-remote", "origin")).isEmpty();
        work.at(TransportFixture.folder(server, repository)).ok("fsck", "--full");
    }

    @Test
    void namesTheFileThatIsTooLarge() {
        work.commitFile("small.txt", "fine", "Small");
        work.commitFile("assets/big.txt", "x".repeat(150_000), "Big");
        var refused = work.run("push", "origin", "HEAD:master");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err())
                .contains("The file assets/big.txt has 150,000 bytes")
                .contains("102,400");
        assertNothingIsThere();
    }

    @Test
    void refusesPacksThatAreTooLarge() throws IOException {
        var random = new Random(7);
        for (var i = 0; i < 45; i++) {
            var bytes = new byte[70_000];
            random.nextBytes(bytes);
            Files.write(work.folder().resolve("file" + i), bytes);
        }
        work.ok("add", ".");
        work.ok("commit", "-q", "-m", "Much");
        var refused = work.run("push", "origin", "HEAD:master");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("The push is larger than 2,097,152 bytes");
        assertNothingIsThere();
    }

    @Test
    void boundsTheNumberOfRefs() {
        work.commitFile("a.txt", "a", "First");
        work.ok("push", "-q", "origin", "HEAD:master");
        var refused = work.run(
                "push",
                "origin",
                "HEAD:refs/heads/a",
                "HEAD:refs/heads/b",
                "HEAD:refs/tags/c",
                "HEAD:refs/tags/d",
                "HEAD:refs/tags/e");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("more than 5 branches and tags");
        assertThat(work.ok("ls-remote", "--heads", "--tags", "origin").lines()).hasSize(5);
    }

    @Test
    void refusesDamagedObjects() throws IOException {
        var pack = new HandMadePack();
        var tree = pack.tree("a.txt", pack.add(Constants.OBJ_BLOB, "hello"));
        var commit = pack.add(Constants.OBJ_COMMIT, "tree " + tree.name() + "\nauthor nobody\n\nBad\n");
        assertThat(push(pack.pushTo("refs/heads/master", commit)))
                .contains("ng refs/heads/master")
                .contains("damaged object");
        assertNothingIsThere();
    }

    @Test
    void refusesTreesThatWouldWriteIntoDotGit() throws IOException {
        var pack = new HandMadePack();
        var commit = pack.commit(pack.tree(".GIT", pack.add(Constants.OBJ_BLOB, "hello")));
        assertThat(push(pack.pushTo("refs/heads/master", commit))).contains("ng refs/heads/master");
        assertNothingIsThere();
    }

    @Test
    void toleratesTheOdditiesOfOldHistories() throws IOException {
        var pack = new HandMadePack();
        var tree = pack.tree("a.txt", pack.add(Constants.OBJ_BLOB, "old"));
        var commit = pack.add(
                Constants.OBJ_COMMIT,
                "tree " + tree.name() + "\nauthor A <a@example.com>1100000000 +051800\n"
                        + "committer A <a@example.com> 1100000000 +0000\n\nOld\n");
        assertThat(push(pack.pushTo("refs/heads/master", commit))).contains("ok refs/heads/master");
    }

    @Test
    void refusesPushesThatLackObjects() throws IOException {
        var missing = ObjectId.fromString("0123456789012345678901234567890123456789");
        for (var what : new String[] {"file", "tree"}) {
            var pack = new HandMadePack();
            var commit = pack.commit(what.equals("file") ? pack.tree("a.txt", missing) : missing);
            assertThat(push(pack.pushTo("refs/heads/master", commit)))
                    .as(what)
                    .contains("ng refs/heads/master")
                    .contains("lacks object " + missing.name());
        }
        assertThat(work.ok("ls-remote", "origin")).isEmpty();
    }

    @Test
    void survivesHeadersThatPromiseTooMuch() throws IOException {
        var pack = new HandMadePack();
        var commit = pack.commit(pack.tree("a.txt", pack.add(Constants.OBJ_BLOB, "hello")));
        var body = pack.pushTo("refs/heads/master", commit);
        var start = new String(body, StandardCharsets.ISO_8859_1).indexOf("PACK");
        body[start + 8] = 0x7f;
        assertThat(push(body)).contains("ng refs/heads/master");
        assertNothingIsThere();
        assertThat(server.bean(GitWorkers.class).running()).isZero();
    }

    /** Forks store objects of their parent: knowing an id there must not be enough to read the object. */
    @Test
    void keepsBorrowedObjectsToThoseWhoMayReadThem() throws IOException {
        work.commitFile("secret.txt", "the secret\n", "Secret");
        work.ok("push", "-q", "origin", "HEAD:master");
        var secret = ObjectId.fromString(work.ok("rev-parse", "HEAD:secret.txt"));
        var tip = work.ok("rev-parse", "HEAD");
        var borrower = TransportFixture.repository(server, user, TransportFixture.project(server, user), 0);
        Files.writeString(
                TransportFixture.folder(server, borrower).resolve("objects/info/alternates"),
                TransportFixture.folder(server, repository).resolve("objects") + "\n");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql("UPDATE repository SET borrows_from_id = :lender WHERE id = :id")
                        .param("lender", repository.id())
                        .param("id", borrower.id())
                        .update());
        repository = borrower;
        var url = TransportFixture.httpUrl(server, user, borrower);

        var pack = new HandMadePack();
        var theft = pack.commit(pack.tree("stolen.txt", secret));
        assertThat(push(pack.pushTo("refs/heads/master", theft))).contains("lacks object " + secret.name());
        assertThat(push(new HandMadePack().pushTo("refs/heads/master", ObjectId.fromString(tip))))
                .contains("ng refs/heads/master");
        Git.in(folder).ok("init", "-q", "empty");
        var empty = work.at(folder.resolve("empty"));
        assertThat(empty.run("fetch", url, tip).exit()).isNotZero();
        assertThat(empty.run("fetch", url, secret.name()).exit()).isNotZero();

        var trace = work.with("GIT_TRACE_PACKET", "1").run("push", url, "HEAD:refs/heads/own");
        assertThat(trace.ok().err()).doesNotContain(".have");
        assertThat(work.ok("ls-remote", url, "refs/heads/own")).startsWith(tip);
    }

    private String push(byte[] body) throws IOException {
        var credentials = user.name() + ":" + GranaryServer.PASSWORD;
        var request = HttpRequest.newBuilder(
                        URI.create(server.url() + "/" + repository.fullPath() + ".git/git-receive-pack"))
                .header("Content-Type", "application/x-git-receive-pack-request")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
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
