package dev.granary.content;

import static dev.granary.content.ContentFixture.create;
import static dev.granary.content.ContentFixture.encode;
import static dev.granary.content.ContentFixture.ok;
import static dev.granary.content.ContentFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.RandomHistory;
import dev.granary.testing.TestDatabase;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.ChangedPathTreeFilter;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class LogTreeApiTest {
    private final GranaryServer server;
    private final ContentFixture content;
    private final Git git;
    private final Http http;

    LogTreeApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        content = new ContentFixture(server);
        git = Git.in(content.folder());
        http = content.http;
    }

    /** Path and last commit of every entry of a folder, page by page. */
    private TreeMap<String, String> logsTree(String ref, String path) {
        var found = new TreeMap<String, String>();
        for (var offset = 0; ; offset += 3) {
            var answer = ok(
                    http.get(content.v4() + "/logs-tree?limit=3&offset=" + offset + "&ref=" + ref + "&path=" + path));
            for (var entry : answer.json()) {
                found.put(
                        entry.get("path").asString(),
                        entry.get("commit").get("id").asString());
            }
            if (offset + 3 >= Integer.parseInt(answer.header("X-Total"))) {
                return found;
            }
        }
    }

    private TreeMap<String, String> nativeLogs(String ref, String path) {
        var expected = new TreeMap<String, String>();
        var folder = path.isEmpty() ? ref : ref + ":" + path;
        git.ok("ls-tree", "--name-only", folder).lines().forEach(name -> {
            var whole = path.isEmpty() ? name : path + "/" + name;
            expected.put(whole, git.ok("log", "-1", "--format=%H", ref, "--", whole));
        });
        return expected;
    }

    private void requireSame(String ref) {
        for (var path : List.of("", "d1", "d2", "d2/deep")) {
            if (path.isEmpty() || git.run("cat-file", "-e", ref + ":" + path).exit() == 0) {
                assertThat(logsTree(ref, path)).as(ref + " " + path).isEqualTo(nativeLogs(ref, path));
            }
        }
    }

    private Repository open() {
        return server.bean(RepositoryService.class).open(content.repository);
    }

    private void collect() {
        ok(http.post("/v4/repositories/" + content.repository.id() + "/housekeeping", null));
        var graph = content.folder().resolve("objects/info/commit-graph");
        org.awaitility.Awaitility.await().until(() -> Files.exists(graph));
    }

    @Test
    void namesTheCommitThatGitNamesWhateverWasMerged() throws Exception {
        var history = new RandomHistory(git, 7);
        history.add(150);
        requireSame("master");
        requireSame(history.commits().get(40));
        requireSame(history.commits().get(111));
        history.add(40);
        requireSame("master");
        git.ok("commit-graph", "write", "--reachable", "--changed-paths");
        history.add(40);
        requireSame("master");
        requireSame(history.commits().get(170));
        Files.walk(server.dataFolder().resolve("cache/folders/" + content.repository.id()))
                .filter(Files::isRegularFile)
                .forEach(LogTreeApiTest::spoil);
        history.add(5);
        requireSame("master");
    }

    private static void spoil(java.nio.file.Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void looksAtNewCommitsOnlyAndReadsNoFolderThatFiltersRuleOut() throws Exception {
        var history = new RandomHistory(git, 11);
        history.add(200);
        var plain = walk("master", "d1", List.of());
        assertThat(plain.filtered()).isZero();
        git.ok("commit-graph", "write", "--reachable", "--changed-paths");
        var quick = walk("master", "d1", List.of());
        assertThat(quick.record()).isEqualTo(plain.record());
        assertThat(quick.filtered()).isPositive();
        history.add(10);
        var again = walk("master", "d1", List.of(plain.record()));
        assertThat(again.record()).isEqualTo(walk("master", "d1", List.of()).record());
        assertThat(again.steps()).isLessThan(30);
    }

    private FolderWalk walk(String ref, String path, List<FolderRecord> known) throws Exception {
        var repository = open();
        try (var walk = new RevWalk(repository)) {
            var commit = walk.parseCommit(ObjectId.fromString(git.ok("rev-parse", ref)));
            try (var tree = TreeWalk.forPath(repository, path, commit.getTree())) {
                var folder = new FolderWalk(repository, commit, path, tree.getObjectId(0), known);
                assertThat(folder.advance(Long.MAX_VALUE / 2 + System.nanoTime() / 2))
                        .isTrue();
                folder.close();
                return folder;
            }
        }
    }

    @Test
    void housekeepingWritesFiltersThatWalksUse() throws Exception {
        var history = new RandomHistory(git, 3);
        history.add(120);
        collect();
        try (var repository = open();
                var walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            walk.setTreeFilter(ChangedPathTreeFilter.create("d2/deep/x"));
            walk.markStart(walk.parseCommit(ObjectId.fromString(git.ok("rev-parse", "master"))));
            var found = new ArrayList<String>();
            walk.forEach(commit -> found.add(commit.name()));
            assertThat(walk.getRevFilterStats().getChangedPathFilterNegative()).isPositive();
            assertThat(found)
                    .hasSameElementsAs(git.ok("log", "--format=%H", "master", "--", "d2/deep/x")
                            .lines()
                            .toList());
        }
        requireSame("master");
    }

    @Test
    void showsEachEntryWithItsCommitInBothForms() {
        var first = content.commits("master", create("b/x.txt", "1"), create("ä.txt", "1"));
        var second = content.commits("master", update("b/x.txt", "2"));
        var page = ok(http.get(content.v4() + "/logs-tree"));
        assertThat(page.header("X-Total")).isEqualTo("2");
        assertThat(page.json().get(0).get("type").asString()).isEqualTo("tree");
        assertThat(page.json().get(0).get("commit").get("id").asString()).isEqualTo(second);
        assertThat(page.json().get(1).get("name").asString()).isEqualTo("ä.txt");
        assertThat(page.json().get(1).get("commit").get("id").asString()).isEqualTo(first);
        var v1 = "/v1/repositories/" + content.repository.uuid() + "/branch/master/sub-files";
        var legacy = ok(http.get(v1 + "?path=b")).result();
        assertThat(legacy.get("total").asInt()).isEqualTo(1);
        assertThat(legacy.get("trees").get(0).get("file_path").asString()).isEqualTo("b/x.txt");
        assertThat(legacy.get("trees").get(0).get("commit").get("id").asString())
                .isEqualTo(second);
        assertThat(ok(http.get(v1 + "?offset=1&limit=1"))
                        .result()
                        .get("trees")
                        .get(0)
                        .get("file_name")
                        .asString())
                .isEqualTo("ä.txt");
        assertThat(StreamSupport.stream(
                        ok(http.get(content.v4() + "/logs-tree?offset=5"))
                                .json()
                                .spliterator(),
                        false))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNotThereAndWhoMayNotLook() {
        assertThat(ok(http.get(content.v4() + "/logs-tree")).json()).isEmpty();
        content.commits("master", create("a.txt", "1"));
        assertThat(http.get(content.v4() + "/logs-tree?path=a.txt").errorCode()).isEqualTo("CH.095002");
        assertThat(http.get(content.v4() + "/logs-tree?path=" + encode("no\0")).status())
                .isEqualTo(400);
        assertThat(http.get(content.v4() + "/logs-tree?ref=no").errorCode()).isEqualTo("CH.090601");
        assertThat(server.asNobody().get(content.v4() + "/logs-tree").status()).isEqualTo(401);
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        assertThat(stranger.get(content.v4() + "/logs-tree").status()).isEqualTo(404);
    }
}
