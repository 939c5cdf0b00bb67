package dev.granary.content;

import static dev.granary.content.ContentFixture.action;
import static dev.granary.content.ContentFixture.create;
import static dev.granary.content.ContentFixture.encode;
import static dev.granary.content.ContentFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** v4's and v1's operations on single files. */
@OnBothDatabases
class RepositoryFileApiTest {
    private static final String POINTER = """
        version https://git-lfs.github.com/spec/v1
        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        size 12345
        """;

    private final GranaryServer server;
    private final ContentFixture content;
    private final Git git;
    private final Http http;

    RepositoryFileApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        content = new ContentFixture(server);
        git = Git.in(content.folder());
        http = content.http;
    }

    private static Map<String, Object> bytes(String path, byte[] data) {
        return action("create", path, "content", Base64.getEncoder().encodeToString(data), "encoding", "base64");
    }

    private static String at(String path) {
        return "?ref=master&file_path=" + encode(path);
    }

    @Test
    void changesSingleFilesEachInACommitOfItsOwn() {
        content.commits("master", create("a.txt", "1\n"));
        var made = ok(http.post(
                content.v4() + "/files",
                Map.of(
                        "file_path",
                        "dir/b.txt",
                        "branch",
                        "master",
                        "commit_message",
                        "Add b",
                        "content",
                        "MQo=",
                        "encoding",
                        "base64",
                        "author_name",
                        "Ann",
                        "author_email",
                        "ann@example.com")));
        assertThat(made.json().get("file_path").asString()).isEqualTo("dir/b.txt");
        assertThat(made.json().get("branch").asString()).isEqualTo("master");
        assertThat(git.ok("log", "-1", "--format=%an %ae %s", "master")).isEqualTo("Ann ann@example.com Add b");
        var known = git.ok("rev-parse", "master");
        ok(http.put(
                content.v4() + "/file?file_path=dir/b.txt",
                Map.of(
                        "file_path",
                        "dir/b.txt",
                        "branch",
                        "master",
                        "commit_message",
                        "Change b",
                        "content",
                        "2\n",
                        "last_commit_id",
                        known)));
        assertThat(content.read("master", "dir/b.txt")).isEqualTo("2\n");
        var stale = Map.of("branch", "master", "commit_message", "x", "content", "3", "last_commit_id", known);
        assertThat(http.put(content.v4() + "/file?file_path=dir/b.txt", stale).errorCode())
                .isEqualTo("CH.090607");
        ok(http.put(
                content.v4() + "/rename-file",
                Map.of(
                        "previous_path",
                        "dir/b.txt",
                        "file_path",
                        "c.txt",
                        "branch_name",
                        "master",
                        "commit_message",
                        "Move",
                        "infer_content",
                        true)));
        assertThat(content.read("master", "c.txt")).isEqualTo("2\n");
        ok(http.put(
                content.v4() + "/rename-file",
                Map.of(
                        "previous_path",
                        "c.txt",
                        "file_path",
                        "d.txt",
                        "branch_name",
                        "work",
                        "start_branch",
                        "master",
                        "commit_message",
                        "Move",
                        "content",
                        "4\n",
                        "encoding",
                        "text")));
        assertThat(content.read("work", "d.txt")).isEqualTo("4\n");
        var folder = ok(http.post(
                content.v4() + "/dir",
                Map.of("file_path", "empty/one", "branch_name", "master", "commit_message", "Folder")));
        assertThat(folder.text()).contains(git.ok("rev-parse", "master"));
        var gone = ok(http.delete(content.v4() + "/file?file_path=c.txt&branch=master&commit_message=Bye"));
        assertThat(gone.json().get("status").asString()).isEqualTo("success");
        assertThat(git.ok("ls-tree", "-r", "--name-only", "master").lines())
                .containsExactly("a.txt", "empty/one/.gitkeep");
    }

    @Test
    void refusesChangesByTheNamesOfTheirFields() {
        content.commits("master", create("a.txt", "1\n"));
        var files = content.v4() + "/files";
        var head = git.ok("rev-parse", "master");
        assertThat(http.post(files, Map.of("branch", "master", "commit_message", "x", "content", "y"))
                        .errorText())
                .contains(" file_path ");
        assertThat(http.post(
                                files,
                                Map.of("file_path", "../x", "branch", "master", "commit_message", "x", "content", ""))
                        .errorText())
                .contains(" file_path ");
        assertThat(http.with("Accept-Language", "zh-CN")
                        .post(
                                files,
                                Map.of("file_path", "x", "branch", "master", "content", "", "commit_message", "\u0000"))
                        .errorText())
                .contains("commit_message")
                .doesNotContain("invalid");
        assertThat(http.put(
                                content.v4() + "/file?file_path=a.txt",
                                Map.of("file_path", "b.txt", "branch", "master", "commit_message", "x", "content", "y"))
                        .errorText())
                .contains("the same");
        assertThat(http.put(
                                content.v4() + "/rename-file",
                                Map.of("file_path", "b", "previous_path", "a.txt", "commit_message", "x"))
                        .errorText())
                .contains(" content ");
        assertThat(http.post(content.v4() + "/dir", Map.of("file_path", "x", "commit_message", "x"))
                        .errorText())
                .contains(" branch_name ");
        var stranger = server.newUser("stranger");
        var body = Map.of("file_path", "x", "branch", "master", "commit_message", "x", "content", "y");
        assertThat(server.asNobody().post(files, body).status()).isEqualTo(401);
        assertThat(server.http(stranger.name(), GranaryServer.PASSWORD)
                        .post(files, body)
                        .status())
                .isEqualTo(404);
        var open = new ContentFixture(server, 20);
        open.commits("master", create("a.txt", "1\n"));
        assertThat(server.http(stranger.name(), GranaryServer.PASSWORD)
                        .post(open.v4() + "/files", body)
                        .status())
                .isEqualTo(403);
        assertThat(git.ok("rev-parse", "master")).isEqualTo(head);
    }

    @Test
    void showsAFileWithTheLastCommitThatChangedIt() {
        var first = content.commits(
                "master", create("a b/ü.txt", "1\n"), create("lfs.bin", POINTER), bytes("n", new byte[9]));
        content.commits("master", create("other", "x"));
        var file = ok(http.get(content.v4() + "/file" + at("a b/ü.txt"))).json();
        assertThat(file.get("content").asString()).isEqualTo("MQo=");
        assertThat(file.get("file_type").asString()).isEqualTo("text");
        assertThat(file.get("last_commit_id").asString()).isEqualTo(first);
        assertThat(file.get("commit").get("id").asString()).isEqualTo(first);
        assertThat(file.get("commit").get("author_name").asString()).isEqualTo("admin");
        assertThat(file.get("blob_id").asString()).isEqualTo(git.ok("rev-parse", "master:a b/ü.txt"));
        var byDefault = ok(http.get(content.v4() + "/file?file_path=lfs.bin")).json();
        assertThat(byDefault.get("ref").asString()).isEqualTo("master");
        assertThat(byDefault.get("file_type").asString()).isEqualTo("lfs");
        assertThat(ok(http.get(content.v4() + "/file" + at("n")))
                        .json()
                        .get("file_type")
                        .asString())
                .isEqualTo("binary");
        var v1 = "/v1/repositories/" + content.repository.uuid() + "/branch/";
        content.post(Map.of(
                "branch",
                "feature/x/y",
                "start_branch",
                "master",
                "commit_message",
                "B",
                "actions",
                List.of(create("v", "z"))));
        var legacy = ok(http.get(v1 + "feature/x/y/file?path=n")).result();
        assertThat(legacy.get("size").asString()).isEqualTo("9");
        assertThat(legacy.get("ref").asString()).isEqualTo("feature/x/y");
        assertThat(http.get(v1 + "feature%2Fx/file?path=n").errorCode()).isEqualTo("CH.090601");
    }

    @Test
    void findsTheReadMeFile() {
        assertThat(http.get(content.v4() + "/readme-file").errorCode()).isEqualTo("CH.090603");
        content.commits("master", create("docs/README.md", "no"), create("readme.TXT", "text"));
        assertThat(ok(http.get(content.v4() + "/readme-file"))
                        .json()
                        .get("file_name")
                        .asString())
                .isEqualTo("readme.TXT");
        content.commits("master", create("ReadMe.md", "# Hi"), create("README", "old"));
        var readme = ok(http.get(content.v4() + "/readme-file")).json();
        assertThat(readme.get("file_path").asString()).isEqualTo("ReadMe.md");
        assertThat(readme.get("content").asString()).isEqualTo("IyBIaQ==");
    }

    @Test
    void sendsUploadedContentSoThatNoBrowserRunsIt() {
        var html = "<html><script>alert(1)</script></html>";
        var png = "\u0089PNG\r\n\u001a\n\0\0".getBytes(StandardCharsets.ISO_8859_1);
        content.commits(
                "master",
                create("x.html", html),
                create("x.svg", "<svg onload='alert(1)'/>"),
                create("x.js", "alert(1)"),
                bytes("x.bin", new byte[] {0, 1, 2}),
                bytes("named.txt", png),
                bytes("gbk.txt", "中文内容，需要足够长才能判断出来。".getBytes(Charset.forName("GBK"))));
        for (var name : List.of("x.html", "x.svg", "x.js")) {
            for (var path : List.of("/files/raw" + at(name), "/file-content?sha=master&file_path=" + name)) {
                var answer = ok(http.get(content.v4() + path));
                assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
                assertThat(answer.header("Content-Disposition")).startsWith("inline");
            }
        }
        assertThat(ok(http.get(content.v4() + "/files/raw" + at("x.html"))).text())
                .isEqualTo(html);
        var binary = ok(http.get(content.v4() + "/files/raw" + at("x.bin")));
        assertThat(binary.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(binary.header("Content-Disposition")).startsWith("attachment");
        assertThat(ok(http.get(content.v4() + "/files/raw" + at("named.txt"))).header("Content-Type"))
                .isEqualTo("image/png");
        assertThat(ok(http.get(content.v4() + "/files/raw" + at("gbk.txt"))).header("Content-Type"))
                .containsPattern("(?i)charset=gb");
        var image = "/v1/repositories/" + content.repository.uuid() + "/branch/master/image?path=";
        assertThat(ok(http.get(image + "named.txt")).header("Content-Disposition"))
                .startsWith("inline");
        assertThat(ok(http.get(image + "x.svg")).header("Content-Disposition")).startsWith("attachment");
    }

    @Test
    void sendsPartsOfFilesAndNothingToThoseWhoHaveThem() {
        var data = ContentFixture.noise(100_000);
        data[5] = 0;
        content.commits("master", bytes("a.bin", data), create("empty", ""));
        var path = content.v4() + "/files/raw" + at("a.bin");
        var whole = ok(http.get(path));
        assertThat(whole.response().body()).isEqualTo(data);
        assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
        var tag = whole.header("ETag");
        assertThat(tag).isEqualTo('"' + git.ok("rev-parse", "master:a.bin") + '"');
        assertThat(http.with("If-None-Match", tag).get(path).status()).isEqualTo(304);
        for (var range : List.of("10-19", "99990-", "-10", "99990-200000")) {
            var part =
                    http.with("Range", "bytes=" + range).with("If-Range", tag).get(path);
            var first = range.equals("10-19") ? 10 : 99_990;
            assertThat(part.status()).as(range).isEqualTo(206);
            assertThat(part.header("Content-Range")).isEqualTo("bytes " + first + "-" + (first + 9) + "/100000");
            assertThat(part.response().body()).isEqualTo(java.util.Arrays.copyOfRange(data, first, first + 10));
        }
        for (var ignored : List.of("bytes=1-2,5-6", "lines=1-2", "bytes=5-1")) {
            assertThat(http.with("Range", ignored).get(path).status())
                    .as(ignored)
                    .isEqualTo(200);
        }
        assertThat(http.with("Range", "bytes=1-2")
                        .with("If-Range", "\"other\"")
                        .get(path)
                        .status())
                .isEqualTo(200);
        var beyond = http.with("Range", "bytes=100000-").get(path);
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.errorCode()).isEqualTo("CH.095001");
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */100000");
        assertThat(ok(http.get(content.v4() + "/files/raw" + at("empty"))).text())
                .isEmpty();
    }

    @Test
    void givesFilesByTheirIdOnlyWhileTheHistoryHasThem() {
        content.commits("master", create("dir/a.txt", "one\n"));
        var old = git.ok("rev-parse", "master:dir/a.txt");
        content.commits("master", ContentFixture.update("dir/a.txt", "two\n"));
        var blob = ok(http.get(content.v4() + "/blobs?blob_id=" + old)).json();
        assertThat(blob.get("content").asString()).isEqualTo("b25lCg==");
        assertThat(blob.get("size").asInt()).isEqualTo(4);
        var named = content.v4() + "/blobs/" + old + "/raw?file_path=dir/a.txt";
        assertThat(ok(http.get(named)).text()).isEqualTo("one\n");
        assertThat(ok(http.get(named)).header("Content-Disposition"))
                .contains("attachment")
                .contains("a.txt");
        assertThat(ok(http.get(named + "&file_name=" + encode("b\r\n\u202Egpj.exe")))
                        .header("Content-Disposition"))
                .doesNotContain("\u202E", "%0D", "%E2%80%AE")
                .contains("b___gpj.exe");
        git.ok("update-ref", "refs/heads/master", git.ok("commit-tree", "-m", "new", "master^{tree}"));
        for (var gone : List.of(old, git.ok("rev-parse", "master^{tree}"), "0".repeat(40))) {
            assertThat(http.get(content.v4() + "/blobs?blob_id=" + gone).errorCode())
                    .isEqualTo("CH.090603");
            assertThat(http.get(content.v4() + "/blobs/" + gone + "/raw?file_path=x")
                            .errorCode())
                    .isEqualTo("CH.090603");
        }
        assertThat(http.get(content.v4() + "/blobs?blob_id=zz").errorText()).contains("blob_id");
    }

    @Test
    void letsNobodyReadWithoutAccess() {
        content.commits("master", create("a.txt", "1\n"));
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        var blob = git.ok("rev-parse", "master:a.txt");
        for (var path : List.of(
                "/file" + at("a.txt"),
                "/files/raw" + at("a.txt"),
                "/file-content?sha=master&file_path=a.txt",
                "/blobs?blob_id=" + blob,
                "/blobs/" + blob + "/raw?file_path=a.txt",
                "/readme-file",
                "/trees",
                "/file-list",
                "/upper-files-tree")) {
            assertThat(server.asNobody().get(content.v4() + path).status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(stranger.get(content.v4() + path).status()).as(path).isEqualTo(404);
        }
        for (var path :
                List.of("/file" + at("dir"), "/files/raw" + at("nope"), "/file-content?sha=nope&file_path=a.txt")) {
            assertThat(http.get(content.v4() + path).status()).as(path).isEqualTo(404);
        }
        assertThat(http.get(content.v4() + "/files/raw" + at("../a")).errorCode())
                .isEqualTo("CH.010001");
    }
}
