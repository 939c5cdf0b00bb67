package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.LargeHistory;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What is left when the server stops, or is killed, in the middle of something. */
@Isolated
class InterruptedWorkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path scratch;

    private GranaryServer start() {
        return GranaryServer.start(
                TestDatabase.SQLITE,
                "--granary.data-dir=" + scratch.resolve("data"),
                "--granary.housekeeping.sweep=1h");
    }

    @Test
    void housekeepingIsGivenUpWhenTheServerStopsAndLeavesTheRepositoryWhole() throws Exception {
        var source = LargeHistory.create(scratch.resolve("large.git"));
        Path folder;
        try (var server = start()) {
            var storage = new Storage(server, scratch);
            var repository = storage.repository();
            folder = storage.folders.path(repository.uuid());
            Git.in(folder).ok("fetch", "-q", source.folder().toString(), "master:master");
            assertThat(server.asAdmin()
                            .post("/v4/repositories/" + repository.id() + "/housekeeping", null)
                            .status())
                    .isEqualTo(200);
            for (var i = 0; i < 10_000 && !isPacking(); i++) {
                Thread.sleep(2);
            }
            assertThat(isPacking()).as("housekeeping is at work").isTrue();
            var began = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
        }
        assertThat(files(folder, ".bitmap")).as("it did not get to its end").isZero();
        assertThat(files(folder, ".pack")).isEqualTo(1);
        Git.in(folder).ok("fsck", "--full", "--no-dangling");
        assertThat(Git.in(folder).ok("rev-parse", "master")).isEqualTo(source.ok("rev-parse", "master"));
    }

    private static boolean isPacking() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("housekeeping-"))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().endsWith(".PackWriter"));
    }

    private static long files(Path repository, String extension) throws IOException {
        try (var files = Files.list(repository.resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(extension)).count();
        }
    }

    @Test
    void locksOfAKilledServerAreGoneWhenARepositoryIsFirstOpened() throws Exception {
        var owned = Instant.now();
        var locks = new StaleLocks(owned.toEpochMilli());
        var repository = Files.createDirectories(scratch.resolve("repository.git"));
        var heads = Files.createDirectories(repository.resolve("refs/heads/feature"));
        var stale = heads.resolve("one.lock");
        var fresh = heads.resolve("two.lock");
        var ref = Files.createFile(heads.resolve("one"));
        var packedRefs = Files.createFile(repository.resolve("packed-refs.lock"));
        for (var file : new Path[] {Files.createFile(stale), ref, packedRefs}) {
            Files.setLastModifiedTime(file, FileTime.from(owned.minusSeconds(2)));
        }
        Files.setLastModifiedTime(Files.createFile(fresh), FileTime.from(owned.plusMillis(1)));

        locks.removeOnce(repository);

        assertThat(stale).doesNotExist();
        assertThat(packedRefs).doesNotExist();
        assertThat(fresh).exists();
        assertThat(ref).exists();
        Files.setLastModifiedTime(Files.createFile(stale), FileTime.from(owned.minusSeconds(2)));
        locks.removeOnce(repository);
        assertThat(stale).as("looked at once only").exists();
    }

    @Test
    void aPushDoesNotWaitForTheSweepAfterACrash() throws Exception {
        HostedRepository repository;
        try (var server = start()) {
            repository = new Storage(server, scratch).repository();
        }
        var uuid = repository.uuid();
        var folder = scratch.resolve("data/repositories")
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + ".git");
        var lock = Files.createFile(folder.resolve("refs/heads/master.lock"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(5)));
        try (var server = start()) {
            var work = Git.in(Files.createDirectories(scratch.resolve("work")));
            work.ok("init", "-q");
            work.commitFile("a.txt", "hello\n", "First");
            var password = GranaryServer.ADMIN_PASSWORD.replace(" ", "%20");
            var url = server.url().replace("//", "//admin:" + password + "@") + "/" + repository.fullPath() + ".git";
            work.ok("push", "-q", url, "HEAD:master");
            assertThat(lock).doesNotExist();
        }
    }
}
