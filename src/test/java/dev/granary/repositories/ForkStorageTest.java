package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.granary.kernel.Ids;
import dev.granary.storage.DataFolder;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

@OnBothDatabases
class ForkStorageTest {
    private final GranaryServer server;

    @TempDir
    Path scratch;

    ForkStorageTest(TestDatabase database) {
        this.server = GranaryServer.shared(database);
    }

    @Test
    void deletingTheSourceLeavesForksWholeAndTheirForksToo() {
        var storage = new Storage(server, scratch);
        var source = source(storage);
        var fork = storage.fork(source);
        var grandchild = storage.fork(fork);
        var tip = storage.bare(grandchild).ok("rev-parse", "master");
        storage.bare(fork).ok("update-ref", "-d", "refs/heads/master");

        storage.markDeleted(source);
        storage.deleted.sweep();

        assertThat(storage.folders.exists(source.uuid())).isFalse();
        for (var left : new HostedRepository[] {fork, grandchild}) {
            assertThat(SharedObjects.file(storage.folders.path(left.uuid()))).doesNotExist();
            assertThat(storage.number(
                            "SELECT COUNT(*) FROM repository WHERE borrows_from_id IS NOT NULL AND id = " + left.id()))
                    .isZero();
            assertThat(storage.fsck(left)).doesNotContain("error");
        }
        assertThat(storage.bare(grandchild).ok("rev-list", "--count", tip)).isEqualTo("2");
        // The row went too: it was deleted long ago and nobody borrows any more.
        assertThat(storage.number("SELECT COUNT(*) FROM repository WHERE id = " + source.id()))
                .isZero();
        assertThat(storage.folders.trashed(source.uuid())).doesNotExist();
    }

    @Test
    void aDeletedForkKeepsItsSourceInPlaceOnlyUntilItIsPurged() {
        var storage = new Storage(server, scratch);
        var source = source(storage);
        var fork = storage.fork(source);
        storage.sql("UPDATE repository SET deleted_at = " + System.currentTimeMillis() + " WHERE id = " + fork.id());
        storage.deleted.sweep();
        assertThat(storage.folders.trashed(fork.uuid())).exists();
        storage.markDeleted(source);
        storage.deleted.sweep();
        assertThat(storage.folders.exists(source.uuid())).isTrue();

        storage.markDeleted(fork);
        storage.deleted.sweep();
        storage.deleted.sweep();
        assertThat(storage.folders.exists(source.uuid())).isFalse();
        assertThat(storage.folders.trashed(fork.uuid())).doesNotExist();
    }

    @Test
    void housekeepingOfTheSourceNeverDropsWhatAForkBorrows() throws IOException {
        var storage = new Storage(server, scratch);
        var source = source(storage);
        var fork = storage.fork(source);
        storage.bare(source).ok("update-ref", "-d", "refs/heads/master");
        storage.visit(source, true);
        backdateCruft(storage, source);
        storage.visit(source, true);
        storage.visit(source, true);

        assertThat(storage.bare(fork).ok("rev-list", "--count", "master")).isEqualTo("2");
        assertThat(storage.fsck(fork)).doesNotContain("error");
        // The fork's own housekeeping does not copy what it borrows.
        storage.visit(fork, true);
        assertThat(storage.files(fork, ".pack")).isZero();
        var work = storage.work(fork);
        work.commitFile("more", "more", "more");
        work.ok("push", "-q", "origin", "HEAD:master");
        storage.visit(fork, true);
        assertThat(storage.bare(fork).ok("count-objects", "-v")).contains("in-pack: 3\n");
        assertThat(storage.fsck(fork)).doesNotContain("error");
    }

    @Test
    void aDeletedRepositoryWaitsInTheTrash() {
        var storage = new Storage(server, scratch);
        var repository = source(storage);
        storage.sql(
                "UPDATE repository SET deleted_at = " + System.currentTimeMillis() + " WHERE id = " + repository.id());
        storage.deleted.sweep();
        assertThat(storage.folders.exists(repository.uuid())).isFalse();
        assertThat(storage.folders.trashed(repository.uuid())).exists();
        assertThat(storage.number("SELECT COUNT(*) FROM repository WHERE id = " + repository.id()))
                .isEqualTo(1);
        storage.markDeleted(repository);
        storage.deleted.sweep();
        assertThat(storage.folders.trashed(repository.uuid())).doesNotExist();
        assertThat(storage.number("SELECT COUNT(*) FROM repository WHERE id = " + repository.id()))
                .isZero();
    }

    @Test
    void repairsWhatACrashLeft() throws IOException {
        var storage = new Storage(server, scratch);
        var repair = server.bean(RepositoryRepair.class);
        var made = source(storage);
        var missing = storage.repository();
        FileSystemUtils.deleteRecursively(storage.folders.path(missing.uuid()));
        for (var row : new HostedRepository[] {made, missing}) {
            storage.sql("UPDATE repository SET status = 1, created_at = 1 WHERE id = " + row.id());
        }
        var stranger = Ids.newUuid();
        storage.folders.create(stranger, "master");
        Files.setLastModifiedTime(storage.folders.path(stranger), FileTime.fromMillis(1_000_000));
        var folder = storage.folders.path(made.uuid());
        // The server before may have died just before this one began.
        var old = FileTime.fromMillis(server.bean(DataFolder.class).started() - 10);
        var stale = new String[] {
            "packed-refs.lock",
            "refs/heads/master.lock",
            "objects/noz12.tmp",
            "objects/pack/gc_1_tmp",
            "objects/pack/pack-00.pack",
            "objects/pack/pack-11.idx"
        };
        for (var name : stale) {
            Files.setLastModifiedTime(Files.writeString(folder.resolve(name), ""), old);
        }
        var fresh = Files.writeString(folder.resolve("refs/heads/other.lock"), "");
        var keep = Files.writeString(folder.resolve("objects/pack/pack-22.keep"), "on purpose");
        Files.setLastModifiedTime(keep, old);

        repair.run();
        repair.run();

        for (var name : stale) {
            assertThat(folder.resolve(name)).doesNotExist();
        }
        assertThat(fresh).exists();
        assertThat(keep).exists();
        Files.delete(fresh);
        assertThat(storage.number("SELECT status FROM repository WHERE id = " + made.id()))
                .isZero();
        assertThat(storage.number("SELECT COUNT(*) FROM repository WHERE id = " + missing.id()))
                .isZero();
        assertThat(storage.folders.exists(stranger)).isFalse();
        assertThat(storage.folders.trashed(stranger)).exists();
        assertThat(storage.fsck(made)).doesNotContain("error");
    }

    @Test
    void withdrawsAndFinishesCreationsThatFailedWhileTheServerRan() throws IOException {
        var storage = new Storage(server, scratch);
        var made = storage.repository();
        var missing = storage.repository();
        var underWay = storage.repository();
        FileSystemUtils.deleteRecursively(storage.folders.path(missing.uuid()));
        storage.sql("UPDATE repository SET status = 1, created_at = 1 WHERE id IN (" + made.id() + ", " + missing.id()
                + ")");
        storage.sql("UPDATE repository SET status = 1 WHERE id = " + underWay.id());

        server.bean(RepositoryRepair.class).finishAbandoned();

        assertThat(storage.number("SELECT status FROM repository WHERE id = " + made.id()))
                .isZero();
        assertThat(storage.number("SELECT COUNT(*) FROM repository WHERE id = " + missing.id()))
                .isZero();
        assertThat(storage.number("SELECT status FROM repository WHERE id = " + underWay.id()))
                .isOne();
        storage.sql("UPDATE repository SET status = 0 WHERE id = " + underWay.id());
    }

    @Test
    void catchesUpOnAPushThatWasCutOffBeforeItsRecord() throws IOException {
        var storage = new Storage(server, scratch);
        var repository = storage.repository();
        var work = storage.work(repository);
        work.commitFile("a", "a", "one");
        work.ok("push", "-q", "origin", "HEAD:main");

        server.bean(RepositoryService.class).recordAgain(repository.uuid());

        assertThat(storage.bare(repository).ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
        await().untilAsserted(() -> assertThat(
                        storage.number("SELECT commit_count FROM repository WHERE id = " + repository.id()))
                .isOne());
    }

    private static HostedRepository source(Storage storage) {
        var repository = storage.repository();
        var work = storage.work(repository);
        work.commitFile("a", "a", "one");
        work.commitFile("b", "b", "two");
        work.ok("push", "-q", "origin", "HEAD:master");
        return repository;
    }

    private static void backdateCruft(Storage storage, HostedRepository repository) throws IOException {
        try (var files = Files.list(storage.folders.path(repository.uuid()).resolve("objects/pack"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".mtimes")).toList()) {
                file.toFile().setWritable(true);
                var content = ByteBuffer.wrap(Files.readAllBytes(file));
                for (var at = 12; at < content.capacity() - 40; at += 4) {
                    content.putInt(at, 1_000_000);
                }
                Files.write(file, content.array());
            }
        }
    }
}
