package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class GitFoldersTest {
    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private final GitFolders folders = server.bean(GitFolders.class);

    @TempDir
    Path scratch;

    @Test
    void nativeGitAcceptsANewRepository() throws IOException {
        var uuid = Ids.newUuid();
        folders.create(uuid, "trunk");

        var git = Git.in(folders.path(uuid));
        assertThat(git.run("fsck", "--full", "--strict").ok().err()).doesNotContain("error");
        assertThat(git.ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/trunk");
        assertThat(git.ok("config", "core.bare")).isEqualTo("true");
        assertThat(folders.path(uuid).resolve("logs")).doesNotExist();
        assertThat(server.dataFolder().resolve("tmp").resolve(uuid + ".git")).doesNotExist();
    }

    @Test
    void creatingAgainKeepsWhatIsThere() throws IOException {
        var uuid = withHistory();
        var before = Git.in(folders.path(uuid)).ok("for-each-ref");
        folders.create(uuid, "other");
        assertThat(Git.in(folders.path(uuid)).ok("for-each-ref")).isEqualTo(before);
        assertThat(Git.in(folders.path(uuid)).ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/master");
    }

    @Test
    void aForkHasTheSourcesBranchesAndTagsAndNoObjectsOfItsOwn() throws IOException {
        var source = withHistory();
        Git.in(folders.path(source)).ok("update-ref", "refs/merge-requests/1/head", "refs/heads/master");
        var fork = Ids.newUuid();
        folders.createFork(source, HiddenRefs.NONE, fork, "master");

        var git = Git.in(folders.path(fork));
        assertThat(git.run("fsck", "--full", "--strict").ok().err()).doesNotContain("error");
        assertThat(git.ok("for-each-ref", "refs/heads", "refs/tags"))
                .isEqualTo(Git.in(folders.path(source)).ok("for-each-ref", "refs/heads", "refs/tags"))
                .contains("refs/tags/v1");
        assertThat(git.ok("for-each-ref", "refs/merge-requests")).isEmpty();
        assertThat(git.ok("rev-parse", "v1^{}")).isEqualTo(git.ok("rev-parse", "master"));
        assertThat(git.ok("count-objects", "-v")).contains("count: 0\n").contains("in-pack: 0\n");
        assertThat(Files.readString(SharedObjects.file(folders.path(fork)))).startsWith("../");
        try (var repository = folders.open(fork)) {
            var tag = repository.getRefDatabase().findRef("v1");
            assertThat(repository.getRefDatabase().peel(tag).getPeeledObjectId())
                    .isEqualTo(repository.resolve("master"));
        }
    }

    @Test
    void aForkOfAnEmptyRepositoryIsEmpty() throws IOException {
        var source = Ids.newUuid();
        folders.create(source, "main");
        var fork = Ids.newUuid();
        folders.createFork(source, HiddenRefs.NONE, fork, "main");
        assertThat(Git.in(folders.path(fork)).ok("for-each-ref")).isEmpty();
        Git.in(folders.path(fork)).ok("fsck", "--full");
    }

    @Test
    void aLongChainOfForksSurvivesMovingTheDataFolder() throws IOException {
        var last = withHistory();
        var chain = new ArrayList<>(List.of(last));
        for (var generation = 0; generation < 8; generation++) {
            var fork = Ids.newUuid();
            folders.createFork(last, HiddenRefs.NONE, fork, "master");
            last = fork;
            chain.add(fork);
        }
        var moved = scratch.resolve("moved");
        var root = server.dataFolder().resolve("repositories");
        for (var uuid : chain) {
            FileSystemUtils.copyRecursively(folders.path(uuid), moved.resolve(root.relativize(folders.path(uuid))));
        }
        var relative = root.relativize(folders.path(last));
        var result = Git.in(moved.resolve(relative)).run("log", "--oneline", "master");
        assertThat(result.ok().out()).contains("first");
        assertThat(result.err()).isEmpty();
        Git.in(moved.resolve(relative)).ok("fsck", "--full");
    }

    @Test
    void aRemovedRepositoryIsInTheTrashAndCannotBeOpened() throws IOException {
        var uuid = withHistory();
        folders.open(uuid).close();
        folders.remove(uuid);
        folders.remove(uuid);

        assertThat(folders.path(uuid)).doesNotExist();
        assertThat(Git.in(folders.trashed(uuid)).ok("log", "--oneline", "master"))
                .contains("first");
        assertThatThrownBy(() -> folders.open(uuid)).isInstanceOf(Problem.class);
    }

    @Test
    void namesThatAreNoIdsAreNoPaths() {
        for (var name : List.of("../../../../etc", "", "A".repeat(32))) {
            assertThatThrownBy(() -> folders.path(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theServersUserCannotChangeGitsSettings() throws Exception {
        var reader = SystemReader.getInstance();
        assertThat(reader.getUserConfig().getString("user", null, "email")).isNull();
        assertThat(reader.openUserConfig(null, FS.DETECTED).getFile()).isNull();
        assertThat(reader.openSystemConfig(null, FS.DETECTED).getFile()).isNull();
        var uuid = Ids.newUuid();
        folders.create(uuid, Constants.MASTER);
        try (var repository = folders.open(uuid)) {
            var config = repository.getConfig();
            assertThat(config.getBoolean("core", "fsyncObjectFiles", false)).isTrue();
            assertThat(config.getBoolean("core", "fsyncRefFiles", false)).isTrue();
            assertThat(config.getBoolean("transfer", "fsckObjects", false)).isTrue();
        }
    }

    private String withHistory() throws IOException {
        var uuid = Ids.newUuid();
        folders.create(uuid, "master");
        var work = Files.createTempDirectory(scratch, "work");
        var git = Git.in(work);
        git.ok("init", "-q", "-b", "master");
        git.commitFile("a.txt", "one", "first");
        git.ok("tag", "-a", "-m", "version one", "v1");
        git.ok("branch", "feature/x");
        git.ok("push", "-q", folders.path(uuid).toString(), "--all");
        git.ok("push", "-q", folders.path(uuid).toString(), "--tags");
        return uuid;
    }
}
