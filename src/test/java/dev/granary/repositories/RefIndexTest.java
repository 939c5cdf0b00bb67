package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnBothDatabases
class RefIndexTest {
    private final GranaryServer server;

    @TempDir
    Path scratch;

    RefIndexTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    private List<String> rows(HostedRepository repository) {
        return server.bean(JdbcClient.class)
                .sql("""
                    SELECT r.full_name || ' ' || r.object_id || ' ' || COALESCE(u.name, '-') FROM git_ref r
                    LEFT JOIN user_account u ON u.id = r.creator_id
                    WHERE r.repository_id = ? ORDER BY r.full_name
                    """)
                .param(repository.id())
                .query(String.class)
                .list();
    }

    /** A clone that pushes through the server, as a user. */
    private Git pusher(HostedRepository repository) {
        var folder = scratch.resolve(GranaryServer.unique("push"));
        var url = server.url().replace("//", "//admin:" + GranaryServer.ADMIN_PASSWORD.replace(" ", "%20") + "@") + "/"
                + repository.fullPath() + ".git";
        Git.in(scratch).ok("clone", "-q", url, folder.toString());
        return Git.in(folder);
    }

    @Test
    void aPushIsRecordedWithWhoCreatedWhat() {
        var repository = new Storage(server, scratch).repository();
        var work = pusher(repository);
        var one = work.commitFile("a", "a", "one");
        work.ok("tag", "-a", "-m", "First", "v1");
        work.ok("push", "-q", "origin", "HEAD:master", "HEAD:b/c", "v1");
        var tag = work.ok("rev-parse", "v1");
        assertThat(rows(repository))
                .containsExactly(
                        "refs/heads/b/c " + one + " admin",
                        "refs/heads/master " + one + " admin",
                        "refs/tags/v1 " + tag + " admin");
        assertThat(server.bean(JdbcClient.class)
                        .sql("SELECT commit_id FROM git_ref WHERE repository_id = ? AND full_name = 'refs/tags/v1'")
                        .param(repository.id())
                        .query(String.class)
                        .single())
                .isEqualTo(one);
        var two = work.commitFile("a", "b", "two");
        work.ok("push", "-q", "origin", "HEAD:master", ":b/c");
        assertThat(rows(repository))
                .containsExactly("refs/heads/master " + two + " admin", "refs/tags/v1 " + tag + " admin");
    }

    @Test
    void noticesWhatSomebodyDidInTheFolder() {
        var storage = new Storage(server, scratch);
        var repository = storage.repository();
        var index = server.bean(RefIndex.class);
        var work = storage.work(repository);
        var one = work.commitFile("a", "a", "one");
        work.ok("push", "-q", "origin", "HEAD:master", "HEAD:x");
        index.bringUpToDate(repository);
        assertThat(rows(repository))
                .containsExactly("refs/heads/master " + one + " admin", "refs/heads/x " + one + " admin");
        index.bringUpToDate(repository);
        storage.bare(repository).ok("update-ref", "-d", "refs/heads/x");
        storage.bare(repository).ok("update-ref", "refs/heads/y", one);
        index.bringUpToDate(repository);
        assertThat(rows(repository))
                .containsExactly("refs/heads/master " + one + " admin", "refs/heads/y " + one + " -");
        storage.bare(repository).ok("pack-refs", "--all");
        index.bringUpToDate(repository);
        assertThat(rows(repository)).hasSize(2);
        assertThat(storage.number(
                        "SELECT COUNT(*) FROM repository WHERE refs_stale_since IS NULL AND id = " + repository.id()))
                .isOne();
    }

    @Test
    void catchesUpAfterACrashAndTakesTheDefaultBranchFromHead() {
        var storage = new Storage(server, scratch);
        var repository = storage.repository();
        server.bean(RefIndex.class).bringUpToDate(repository);
        var work = storage.work(repository);
        var one = work.commitFile("a", "a", "one");
        work.ok("push", "-q", "origin", "HEAD:master", "HEAD:renamed");
        storage.bare(repository).ok("symbolic-ref", "HEAD", "refs/heads/renamed");

        var service = server.bean(RepositoryService.class);
        service.recordAgain(repository.uuid());

        assertThat(server.bean(RepositoryStore.class)
                        .byId(repository.id())
                        .orElseThrow()
                        .defaultBranch())
                .isEqualTo("renamed");
        await().untilAsserted(() -> assertThat(rows(repository)).hasSize(2).allMatch(row -> row.contains(one)));
    }

    @Test
    void aForkHasTheRefsOfItsSource() {
        var storage = new Storage(server, scratch);
        var source = storage.repository();
        var work = storage.work(source);
        var one = work.commitFile("a", "a", "one");
        work.ok("push", "-q", "origin", "HEAD:master", "HEAD:x");
        var fork = storage.fork(source);
        server.bean(RefIndex.class).bringUpToDate(fork);
        assertThat(rows(fork)).containsExactly("refs/heads/master " + one + " admin", "refs/heads/x " + one + " admin");
    }

    @Test
    void rowsGoWithTheRepository() {
        var storage = new Storage(server, scratch);
        var repository = storage.repository();
        var work = storage.work(repository);
        work.commitFile("a", "a", "one");
        work.ok("push", "-q", "origin", "HEAD:master");
        server.bean(RefIndex.class).bringUpToDate(repository);
        assertThat(rows(repository)).hasSize(1);
        storage.sql("DELETE FROM repository_member WHERE repository_id = " + repository.id());
        storage.sql("DELETE FROM repository WHERE id = " + repository.id());
        assertThat(rows(repository)).isEmpty();
    }
}
