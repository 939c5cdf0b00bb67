package dev.granary.content;

import static dev.granary.content.ContentFixture.action;
import static dev.granary.content.ContentFixture.create;
import static dev.granary.content.ContentFixture.encode;
import static dev.granary.content.ContentFixture.ok;
import static dev.granary.content.ContentFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class FileApiTest {
    private final GranaryServer server;
    private final ContentFixture content;
    private final Git git;
    private final Http http;

    FileApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        content = new ContentFixture(server);
        git = Git.in(content.folder());
        http = content.http;
    }

    @Test
    void readsAFileByPathInEveryWayClientsWriteIt() throws Exception {
        var name = "src/中文 目录/a;b+c%d.bin";
        var bytes = ContentFixture.noise(70_000);
        var first = content.commits(
                "master",
                action("create", name, "content", Base64.getEncoder().encodeToString(bytes), "encoding", "base64"));
        var head = content.commits("master", create("other.txt", "x"));
        for (var path : List.of(
                "/files?ref=master&file_path=" + encode(name),
                "/files/" + encode(name) + "?ref=master",
                "/files/" + encode(name).replace("%2F", "/") + "?ref=" + head)) {
            var file = ok(http.get(content.v2() + path)).result();
            assertThat(file.get("file_name").asString()).isEqualTo("a;b+c%d.bin");
            assertThat(file.get("file_path").asString()).isEqualTo(name);
            assertThat(file.get("size").asInt()).isEqualTo(bytes.length);
            assertThat(file.get("encoding").asString()).isEqualTo("base64");
            assertThat(Base64.getDecoder().decode(file.get("content").asString()))
                    .isEqualTo(bytes);
            assertThat(file.get("content_sha256").asString())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            assertThat(file.get("blob_id").asString()).isEqualTo(git.ok("rev-parse", "master:" + name));
            assertThat(file.get("commit_id").asString()).isEqualTo(head);
            assertThat(file.get("last_commit_id").asString()).isEqualTo(first);
        }
    }

    @Test
    void letsClientsKeepWhatACommitIdNames() {
        var id = content.commits("master", create("a.txt", "1\n"));
        content.commits("master", update("a.txt", "2\n"));
        var fixed = ok(http.get(content.v2() + "/files/a.txt?ref=" + id));
        assertThat(fixed.header("Cache-Control")).contains("private", "immutable");
        assertThat(http.with("If-None-Match", fixed.header("ETag"))
                        .get(content.v2() + "/files/a.txt?ref=master")
                        .status())
                .isEqualTo(200);
        assertThat(content.read(id, "a.txt")).isEqualTo("1\n");
        assertThat(ok(http.get(content.v2() + "/files/a.txt?ref=master")).header("Cache-Control"))
                .doesNotContain("immutable");
    }

    @Test
    void answersNothingNewToThoseWhoKeptIt() {
        var id = content.commits("master", create("a.txt", "1\n"));
        var stranger = server.newUser("stranger");
        for (var path : List.of(
                content.v2() + "/files/a.txt?ref=" + id,
                content.v2() + "/commits/" + id,
                content.v2() + "/commits/" + id + "/diff",
                content.v4() + "/commits?sha=" + id,
                content.v4() + "/commits/diff?sha=" + id)) {
            var tag = ok(http.get(path)).header("ETag");
            assertThat(tag).as(path).startsWith("\"" + id);
            var kept = http.with("If-None-Match", tag);
            assertThat(kept.get(path).status()).as(path).isEqualTo(304);
            assertThat(kept.get(path).text()).isEmpty();
            assertThat(http.with("If-None-Match", "\"other\"").get(path).status())
                    .isEqualTo(200);
            assertThat(server.http(stranger.name(), GranaryServer.PASSWORD)
                            .with("If-None-Match", tag)
                            .get(path)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void letsCachesOnTheWayKeepOnlyWhatStrangersMayRead() {
        var open = new ContentFixture(server, 20);
        var id = open.commits("master", create("a.txt", "1\n"));
        var path = open.v2() + "/files/a.txt?ref=" + id;
        var anonymous = ok(server.asNobody().get(path));
        assertThat(anonymous.header("Cache-Control")).contains("public", "s-maxage=3600");
        assertThat(ok(open.http.get(path)).header("Cache-Control"))
                .contains("private")
                .doesNotContain("public");
        assertThat(server.asNobody()
                        .with("If-None-Match", anonymous.header("ETag"))
                        .get(path)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void saysClearlyWhatIsNotAFile() {
        content.commits("master", create("dir/a.txt", "1\n"));
        var files = content.v2() + "/files/";
        assertThat(http.get(files + "missing?ref=master").errorCode()).isEqualTo("CH.090603");
        assertThat(http.get(files + "dir?ref=master").errorCode()).isEqualTo("CH.090611");
        assertThat(http.get(files + "dir/a.txt?ref=nothing").errorCode()).isEqualTo("CH.090601");
        assertThat(http.get(files + "dir/a.txt").errorText()).contains("ref");
        assertThat(http.get(content.v2() + "/files?ref=master&file_path=" + encode("../../etc/passwd"))
                        .errorCode())
                .isEqualTo("CH.010001");
        assertThat(http.get(content.v2() + "/files?ref=master&file_path=.git/config")
                        .errorCode())
                .isEqualTo("CH.010001");
    }

    @Test
    void showsFilesOnlyToThoseWhoMaySeeThem() {
        content.commits("master", create("a.txt", "1\n"));
        var path = content.v2() + "/files/a.txt?ref=master";
        var stranger = server.newUser("stranger");
        assertThat(server.asNobody().get(path).status()).isEqualTo(401);
        assertThat(server.http(stranger.name(), GranaryServer.PASSWORD)
                        .get(path)
                        .status())
                .isEqualTo(404);
        var open = new ContentFixture(server, 20);
        open.commits("master", create("a.txt", "1\n"));
        assertThat(server.asNobody().get(open.v2() + "/files/a.txt?ref=master").status())
                .isEqualTo(200);
    }

    @Test
    void refusesToShowAFileThatIsTooLarge() {
        try (var small = GranaryServer.start(TestDatabase.SQLITE, "--granary.limits.uploaded-file=10B")) {
            var there = new ContentFixture(small);
            there.commits("master", create("a.txt", "1\n"));
            var native_ = Git.in(there.folder());
            var folder = small.dataFolder().resolve("tmp/work");
            native_.ok("worktree", "prune");
            native_.ok("clone", "-q", there.folder().toString(), folder.toString());
            var work = native_.at(folder);
            work.commitFile("big.txt", "0123456789a", "Big");
            work.ok("push", "-q", "origin", "HEAD:master");
            var answer = small.asAdmin().get(there.v2() + "/files/big.txt?ref=master");
            assertThat(answer.errorCode()).isEqualTo("CH.090609");
        }
    }

    @Test
    void readsFilesCalledLikeTheAddressesOfGit() throws Exception {
        content.commits("master", create("docs/info/refs", "x"), create("docs/git-upload-pack", "y"));
        for (var path : List.of("docs/info/refs", "docs/git-upload-pack")) {
            assertThat(ok(http.get(content.v2() + "/files/" + path + "?ref=master"))
                            .result()
                            .get("file_path")
                            .asString())
                    .isEqualTo(path);
        }
    }
}
