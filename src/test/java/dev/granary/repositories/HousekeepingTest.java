package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Settings;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {
    private static GranaryServer server;

    @TempDir
    Path scratch;

    @BeforeAll
    static void start() {
        // Looks only when told to; what is covered goes at the next look.
        server = GranaryServer.start(
                TestDatabase.SQLITE,
                "--granary.housekeeping.sweep=1h",
                "--granary.housekeeping.retire-after=0s",
                "--granary.housekeeping.loose-objects=10",
                "--granary.housekeeping.packs=5");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void manyLooseObjectsBecomeOnePack() throws IOException {
        var storage = new Storage(server, scratch);
        var repository = withCommits(storage, 6);
        assertThat(storage.files(repository, ".pack")).isZero();
        assertThat(storage.bare(repository).ok("count-objects")).startsWith("18 objects");

        storage.visit(repository, false);
        assertThat(storage.files(repository, ".pack")).isEqualTo(1);
        storage.visit(repository, false);
        assertThat(storage.bare(repository).ok("count-objects")).startsWith("0 objects");
        assertThat(storage.fsck(repository)).doesNotContain("error");
        assertThat(storage.bare(repository).ok("rev-list", "--count", "master")).isEqualTo("6");
    }

    @Test
    void manySmallPacksBecomeOne() throws IOException {
        var storage = new Storage(server, scratch);
        var repository = storage.repository();
        var work = storage.work(repository);
        storage.bare(repository).ok("config", "receive.unpackLimit", "1");
        for (var i = 0; i < 6; i++) {
            work.commitFile("file" + i, "content " + i, "commit " + i);
            work.ok("push", "-q", "origin", "HEAD:master");
        }
        assertThat(storage.files(repository, ".pack")).isEqualTo(6);

        storage.visit(repository, false);
        assertThat(storage.files(repository, ".pack")).isEqualTo(7);
        storage.visit(repository, false);
        assertThat(storage.files(repository, ".pack")).isEqualTo(1);
        assertThat(storage.files(repository, ".idx")).isEqualTo(1);
        assertThat(storage.fsck(repository)).doesNotContain("error");
        assertThat(storage.bare(repository).ok("rev-list", "--count", "master")).isEqualTo("6");
        assertThat(storage.number("SELECT size_bytes FROM repository WHERE id = " + repository.id()))
                .isPositive();
    }

    @Test
    void fewFilesAreLeftAlone() throws IOException {
        var storage = new Storage(server, scratch);
        var repository = withCommits(storage, 2);
        var before = storage.bare(repository).ok("count-objects", "-v");
        storage.visit(repository, false);
        assertThat(storage.bare(repository).ok("count-objects", "-v")).isEqualTo(before);
    }

    @Test
    void aFullTidyUpWritesBitmapsAGraphAndPackedRefs() throws IOException {
        var storage = new Storage(server, scratch);
        var repository = withCommits(storage, 5);
        storage.visit(repository, true);
        storage.visit(repository, false);

        var folder = storage.folders.path(repository.uuid());
        assertThat(storage.files(repository, ".bitmap")).isEqualTo(1);
        assertThat(folder.resolve("objects/info/commit-graph")).exists();
        assertThat(Files.readString(folder.resolve("packed-refs"))).contains("refs/heads/master");
        assertThat(storage.bare(repository).ok("count-objects", "-v"))
                .contains("count: 0\n")
                .contains("garbage: 0");
        storage.bare(repository).ok("commit-graph", "verify");
        assertThat(storage.bare(repository).ok("rev-list", "--test-bitmap", "HEAD"))
                .isEmpty();
        assertThat(storage.fsck(repository)).doesNotContain("error");
    }

    @Test
    void unreachableObjectsGoOnlyAfterTheGracePeriod() throws IOException {
        var storage = new Storage(server, scratch);
        var repository = withCommits(storage, 3);
        var bare = storage.bare(repository);
        var lost = bare.ok("rev-parse", "master");
        bare.ok("update-ref", "refs/heads/master", "master~1");

        storage.age(repository, Duration.ofDays(100));
        storage.visit(repository, true);
        storage.visit(repository, true);
        assertThat(storage.files(repository, ".mtimes")).isEqualTo(1);
        assertThat(bare.ok("cat-file", "-t", lost)).isEqualTo("commit");

        foundUnreachable(storage, repository, Duration.ofDays(15));
        storage.visit(repository, false);
        assertThat(bare.run("cat-file", "-t", lost).exit()).isNotZero();
        assertThat(storage.fsck(repository)).doesNotContain("error");
        assertThat(storage.files(repository, ".mtimes")).isZero();
        // Somebody who still wants it through us gets it back for a day.
        try (var opened = storage.folders.open(repository.uuid())) {
            assertThat(opened.getObjectDatabase().has(ObjectId.fromString(lost)))
                    .isTrue();
        }
        assertThat(bare.ok("cat-file", "-t", lost)).isEqualTo("commit");
    }

    @Test
    void anObjectReferredToAgainIsKept() throws IOException {
        var storage = new Storage(server, scratch);
        var repository = withCommits(storage, 3);
        var bare = storage.bare(repository);
        var saved = bare.ok("rev-parse", "master");
        bare.ok("update-ref", "refs/heads/master", "master~2");
        storage.visit(repository, true);
        foundUnreachable(storage, repository, Duration.ofDays(15));
        bare.ok("update-ref", "refs/heads/again", saved);
        storage.visit(repository, true);
        storage.visit(repository, true);
        assertThat(bare.ok("rev-list", "--count", "again")).isEqualTo("3");
        assertThat(storage.fsck(repository)).doesNotContain("error");
    }

    @Test
    void nothingAcknowledgedIsLostWhileEightClientsPush() throws Exception {
        var storage = new Storage(server, scratch);
        var repository = withCommits(storage, 2);
        var acknowledged = new ConcurrentHashMap<String, String>();
        var done = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(10)) {
            var clients = new ArrayList<Future<?>>();
            for (var client = 0; client < 8; client++) {
                var name = "client" + client;
                var work = storage.work(repository);
                clients.add(threads.submit(() -> {
                    for (var i = 0; i < 8; i++) {
                        var id = work.commitFile(name, name + i, name + " " + i);
                        work.ok("push", "-q", "--force", "origin", "HEAD:refs/heads/" + name);
                        acknowledged.put("refs/heads/" + name, id);
                        if (i % 4 == 3) {
                            work.ok("reset", "-q", "--hard", "HEAD~2");
                        }
                    }
                }));
            }
            var keeper = threads.submit(() -> {
                for (var round = 0; !done.get(); round++) {
                    storage.visit(repository, round % 2 == 0);
                }
            });
            for (var client : clients) {
                client.get();
            }
            done.set(true);
            keeper.get();
        }
        storage.visit(repository, true);
        storage.visit(repository, true);
        assertThat(storage.fsck(repository)).doesNotContain("error").doesNotContain("missing");
        acknowledged.forEach((ref, id) ->
                assertThat(storage.bare(repository).ok("rev-parse", ref)).isEqualTo(id));
        assertThat(acknowledged).hasSize(8);
    }

    @Test
    void aCopyAtAnyInstantIsWhole() throws Exception {
        var storage = new Storage(server, scratch);
        var repository = withCommits(storage, 20);
        var copies = new ArrayList<Path>();
        var done = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(1)) {
            var keeper = threads.submit(() -> {
                while (!done.get()) {
                    try (var git = (FileRepository) storage.folders.open(repository.uuid())) {
                        new Housekeeper(git, asShipped(), NullProgressMonitor.INSTANCE, System.currentTimeMillis())
                                .run(false, true);
                    }
                }
                return null;
            });
            for (var i = 0; i < 8; i++) {
                var copy = scratch.resolve("copy" + i);
                // cp reads the folder while files come and go, as a backup does.
                var exit = new ProcessBuilder(
                                "cp",
                                "-a",
                                storage.folders.path(repository.uuid()).toString(),
                                copy.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                if (exit == 0) {
                    copies.add(copy);
                }
            }
            done.set(true);
            keeper.get();
        }
        assertThat(copies).isNotEmpty();
        for (var copy : copies) {
            Git.in(copy).ok("fsck", "--full", "--no-dangling");
        }
    }

    @Test
    void onlyThoseWhoMayChangeSettingsStartIt() throws Exception {
        var storage = new Storage(server, scratch);
        var repository = withCommits(storage, 3);
        var path = "/v4/repositories/" + repository.id() + "/housekeeping";
        var stranger = server.newUser("stranger");
        assertThat(server.asNobody().post(path, null).status()).isEqualTo(401);
        assertThat(server.http(stranger.name(), GranaryServer.PASSWORD)
                        .post(path, null)
                        .status())
                .isEqualTo(404);
        assertThat(server.asAdmin()
                        .post("/v4/repositories/one/housekeeping", null)
                        .status())
                .isEqualTo(400);
        assertThat(storage.files(repository, ".bitmap")).isZero();

        assertThat(server.asAdmin().post(path, null).status()).isEqualTo(200);
        for (var i = 0; i < 100 && storage.files(repository, ".bitmap") == 0; i++) {
            Thread.sleep(50);
        }
        assertThat(storage.files(repository, ".bitmap")).isEqualTo(1);
    }

    @Test
    void aPushIsRememberedUntilItWasLookedAt() throws IOException {
        var storage = new Storage(server, scratch);
        var repository = withCommits(storage, 1);
        var service = server.bean(RepositoryService.class);
        try (var git = service.open(repository)) {
            service.pushed(Caller.ANONYMOUS, repository, git, List.of("refs/heads/master"));
        }
        var store = server.bean(HousekeepingStore.class);
        assertThat(store.due(System.currentTimeMillis() + 1, 1000)).contains(repository.id());
        storage.sql("UPDATE repository SET last_activity_at = 1 WHERE id = " + repository.id());
        storage.visit(repository, false);
        assertThat(store.due(System.currentTimeMillis() + 1, 1000)).doesNotContain(repository.id());
    }

    private static HostedRepository withCommits(Storage storage, int commits) {
        var repository = storage.repository();
        var work = storage.work(repository);
        for (var i = 0; i < commits; i++) {
            work.commitFile("file" + i, "content " + i, "commit " + i);
        }
        work.ok("push", "-q", "origin", "HEAD:master");
        return repository;
    }

    /** Rewrites the times in the cruft pack as if its objects had been found unreachable so long ago. */
    private static void foundUnreachable(Storage storage, HostedRepository repository, Duration ago)
            throws IOException {
        try (var files = Files.list(storage.folders.path(repository.uuid()).resolve("objects/pack"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".mtimes")).toList()) {
                file.toFile().setWritable(true);
                var content = ByteBuffer.wrap(Files.readAllBytes(file));
                for (var at = 12; at < content.capacity() - 40; at += 4) {
                    content.putInt(at, (int) Instant.now().minus(ago).getEpochSecond());
                }
                Files.write(file, content.array());
            }
        }
    }

    /** With the time that files stay after they were covered, which is what keeps a slow copy whole. */
    private static Settings.Housekeeping asShipped() {
        return new Settings.Housekeeping(
                Duration.ofSeconds(30), 1, 1000, 20, 500, 10_000, Duration.ofMinutes(15), Duration.ofDays(14));
    }
}
