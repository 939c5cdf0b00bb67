package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the objects of a push are kept. Nothing here depends on the database. */
class SmallPushTest {
    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private Caller.User user;
    private HostedRepository repository;
    private Git work;
    private Git bare;

    @TempDir
    Path folder;

    @BeforeEach
    void repository() {
        user = server.caller(server.newUser("pusher").name());
        repository = TransportFixture.repository(server, user, TransportFixture.project(server, user), 0);
        Git.in(folder).ok("clone", "-q", TransportFixture.httpUrl(server, user, repository), "work");
        work = Git.in(folder.resolve("work"));
        bare = work.at(TransportFixture.folder(server, repository));
    }

    @Test
    void aSmallPushBecomesLooseObjects() throws IOException {
        work.commitFile("a.txt", lines(0), "First");
        work.ok("push", "-q", "origin", "HEAD:master");
        // The client sends a delta against what is there, and not the file it is against.
        work.commitFile("a.txt", lines(7), "Second");
        work.ok("push", "-q", "origin", "HEAD:master");

        assertThat(packs()).isZero();
        assertThat(bare.ok("count-objects")).startsWith("6 objects");
        assertThat(bare.ok("show", "master:a.txt")).isEqualTo(lines(7).strip());
        assertThat(bare.ok("fsck", "--full", "--strict")).isEmpty();
    }

    @Test
    void overSshToo() {
        var identity = SshIdentity.make(folder, "ed25519");
        TransportFixture.addKey(server, user, identity);
        work.commitFile("a.txt", "hello\n", "First");
        work.with("GIT_SSH_COMMAND", identity.command())
                .ok("push", "-q", TransportFixture.sshUrl(server, repository), "HEAD:master");
        assertThat(packs()).isZero();
        assertThat(bare.ok("show", "master:a.txt")).isEqualTo("hello");
    }

    @Test
    void fewButLargeObjectsStayAPack() throws IOException {
        var random = new byte[600_000];
        new Random(3).nextBytes(random);
        Files.write(work.folder().resolve("random"), random);
        work.ok("add", "random");
        work.commitFile("small.txt", "small\n", "Large");
        work.ok("push", "-q", "origin", "HEAD:master");
        assertThat(packs()).isEqualTo(1);

        // Small as it comes, large as it is.
        work.commitFile("zeros", "0".repeat(10_000_000), "Larger");
        work.ok("push", "-q", "origin", "HEAD:master");
        assertThat(packs()).isEqualTo(2);
        assertThat(bare.ok("count-objects")).startsWith("0 objects");
        assertThat(bare.ok("cat-file", "-s", "master:random")).isEqualTo("600000");
        assertThat(bare.ok("fsck", "--full", "--strict")).isEmpty();
    }

    @Test
    void manyObjectsStayAPack() throws IOException {
        for (var i = 0; i < 40; i++) {
            Files.writeString(work.folder().resolve("file" + i), "content " + i);
        }
        work.ok("add", ".");
        work.ok("commit", "-q", "-m", "Many");
        work.ok("push", "-q", "origin", "HEAD:master");
        assertThat(packs()).isEqualTo(1);
        assertThat(bare.ok("count-objects")).startsWith("0 objects");
    }

    /** New on the server, but not new to it: the walk must end at other branches than the one that moves. */
    @Test
    void aBranchMayBeginAnywhere() {
        for (var i = 0; i < 4; i++) {
            work.commitFile("a" + i, "a" + i, "Commit " + i);
        }
        work.ok("push", "-q", "origin", "HEAD:refs/heads/side", "HEAD~3:refs/heads/master");
        work.ok("push", "-q", "origin", "HEAD~1:refs/heads/old");
        work.ok("checkout", "-q", "HEAD~2");
        work.commitFile("b", "b", "Beside");
        work.ok("push", "-q", "origin", "HEAD:refs/heads/beside");
        assertThat(bare.ok("for-each-ref").lines()).hasSize(4);
        assertThat(bare.ok("fsck", "--full", "--strict")).isEmpty();
    }

    private static String lines(int changed) {
        return IntStream.range(0, 500)
                .mapToObj(i -> "Line " + (i == changed ? "changed" : i * 31) + "\n")
                .collect(Collectors.joining());
    }

    private int packs() {
        var files = bare.folder().resolve("objects/pack").toFile().list((_, name) -> name.endsWith(".pack"));
        return files == null ? 0 : files.length;
    }
}
