package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API merges, squashes, rebases and picks is what git makes of the same branches. */
@OnBothDatabases
class NativeMergeTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;

    @TempDir
    private Path folder;

    NativeMergeTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
    }

    private static String lines(String first, String last) {
        return first
                + IntStream.range(2, 20)
                        .mapToObj(number -> "line " + number + "\n")
                        .collect(Collectors.joining())
                + last;
    }

    private void write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void commit(Git git, String message) {
        git.ok("add", "-A");
        git.ok("commit", "-q", "-m", message);
    }

    /** A crossing history with a file that is renamed and edited, modes, a link, CRLF and binary content. */
    private Git history(Path bare) throws IOException {
        var git = Git.in(folder);
        git.ok("init", "-q", "-b", "main");
        git.ok("fetch", "-q", bare.toString(), "main");
        git.ok("reset", "-q", "--hard", "FETCH_HEAD");
        write("dir/long.txt", lines("first\n", "last\n"));
        write("crlf.txt", lines("first\r\n", "last\r\n").replace("\n", "\r\n").replace("\r\r", "\r"));
        write("run.sh", "echo\n");
        write("data.bin", "a\0b");
        commit(git, "Base");
        git.ok("checkout", "-q", "-b", "feature");
        write("left.txt", lines("l\n", "l\n"));
        commit(git, "Left");
        git.ok("checkout", "-q", "main");
        write("right.txt", lines("r\n", "r\n"));
        commit(git, "Right");
        git.ok("branch", "before");
        git.ok("merge", "-q", "--no-edit", "feature");
        git.ok("checkout", "-q", "feature");
        git.ok("merge", "-q", "--no-edit", "before");

        Files.createDirectories(folder.resolve("new"));
        git.ok("mv", "dir/long.txt", "new/name.txt");
        write("new/name.txt", lines("FIRST\n", "last\n"));
        commit(git, "Move and edit");
        assertThat(folder.resolve("run.sh").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(folder.resolve("link"), Path.of("run.sh"));
        write("crlf.txt", Files.readString(folder.resolve("crlf.txt")).replace("first", "FIRST"));
        write("right.txt", lines("R\n", "r\n"));
        commit(git, "Modes and more");
        git.ok("checkout", "-q", "main");
        write("dir/long.txt", lines("first\n", "LAST\n"));
        write("crlf.txt", Files.readString(folder.resolve("crlf.txt")).replace("last", "LAST"));
        write("data.bin", "a\0c");
        write("left.txt", lines("l\n", "L\n"));
        commit(git, "Other side");
        return git;
    }

    private String merged(long iid, Map<String, ?> body) {
        var answer = reviews.http.put(reviews.path + "/merge-requests/" + iid + "/merge", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().get("merge_commit_sha").asString();
    }

    @Test
    void isWhatGitMakes() throws IOException {
        Path bare;
        try (var opened = reviews.git()) {
            bare = opened.getDirectory().toPath();
        }
        var git = history(bare);
        var branches = List.of("into-merge", "into-squash", "into-rebase", "into-pick");
        branches.forEach(branch -> git.ok("branch", branch, branch.equals("into-pick") ? "before" : "main"));
        git.ok("push", "-q", bare.toString(), "feature", "into-merge", "into-squash", "into-rebase", "into-pick");
        try (var opened = reviews.git()) {
            server.bean(RepositoryService.class)
                    .pushed(
                            server.caller(reviews.owner.name()),
                            reviews.repository,
                            opened,
                            List.of(
                                    "refs/heads/feature",
                                    "refs/heads/into-merge",
                                    "refs/heads/into-squash",
                                    "refs/heads/into-rebase",
                                    "refs/heads/into-pick"));
        }
        var served = Git.in(bare);
        for (var branch : List.of("into-merge", "into-squash", "into-rebase")) {
            reviews.open(Map.of("title", branch, "source_branch", "feature", "target_branch", branch));
        }
        var expected = git.ok("merge-tree", "--write-tree", "main", "feature");
        var commit = merged(1, Map.of());
        assertThat(served.ok("rev-parse", commit + "^{tree}")).isEqualTo(expected);
        assertThat(served.ok("rev-parse", merged(2, Map.of("squash", true)) + "^{tree}"))
                .isEqualTo(expected);

        git.ok("checkout", "-q", "-b", "picked", "before");
        git.ok("fetch", "-q", bare.toString(), "into-merge");
        git.ok("cherry-pick", "-m", "1", "FETCH_HEAD");
        var picked = reviews.http.post(reviews.path + "/merge-requests/1/cherry-pick", Map.of("branch", "into-pick"));
        assertThat(picked.status()).as(picked.toString()).isEqualTo(200);
        assertThat(served.ok("rev-parse", "into-pick^{tree}")).isEqualTo(git.ok("rev-parse", "HEAD^{tree}"));

        git.ok("checkout", "-q", "-B", "rebased", "feature");
        git.ok("rebase", "-q", "main");
        var rebased = reviews.http.put(reviews.path + "/merge-requests/3/rebase", Map.of());
        assertThat(rebased.status()).as(rebased.toString()).isEqualTo(202);
        assertThat(served.ok("log", "--format=%T %s", "into-rebase..feature"))
                .isEqualTo(git.ok("log", "--format=%T %s", "main..rebased"));
        served.ok("fsck", "--strict");
    }
}
