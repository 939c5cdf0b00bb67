package dev.granary.content;

import static dev.granary.content.ContentFixture.create;
import static dev.granary.content.ContentFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class ArchiveApiTest {
    @TempDir
    private Path folder;

    private final GranaryServer server;
    private final ContentFixture content;
    private final Git git;
    private final Http http;

    ArchiveApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        content = new ContentFixture(server);
        git = Git.in(content.folder());
        http = content.http;
    }

    private String blob(String text) throws IOException {
        var file = Files.writeString(folder.resolve("blob"), text);
        return git.ok("hash-object", "-w", file.toString());
    }

    private void pushFiles() throws Exception {
        var text = blob("some text\n");
        var entries = new ArrayList<String>();
        entries.add("100644 " + blob("secret.txt export-ignore\n/private export-ignore\n*.subst export-subst\n")
                + "\t.gitattributes");
        for (var name : List.of(
                "a.txt",
                "secret.txt",
                "private/x",
                "dir/secret.txt",
                "dir/keep.txt",
                "ü/中文.txt",
                "line\nbreak",
                "deep/" + "long".repeat(50) + "/" + "name".repeat(40),
                "-dash")) {
            entries.add("100644 " + text + "\t" + name);
        }
        entries.add("100644 " + blob("*.log export-ignore\n") + "\tsub/.gitattributes");
        entries.add("100644 " + text + "\tsub/a.log");
        entries.add("100644 " + text + "\ta.log");
        entries.add("100644 " + blob("$Format:%H$\n") + "\tv.subst");
        entries.add("100755 " + text + "\trun.sh");
        entries.add("120000 " + blob("a.txt") + "\tlink");
        entries.add("160000 " + "1".repeat(40) + "\tmodule");
        content.push(entries);
    }

    private Git.Result shell(String command) {
        return git.program(List.of("sh", "-c", "cd " + folder + " && " + command))
                .ok();
    }

    @Test
    void packsWhatGitPacks() throws Exception {
        pushFiles();
        var name = content.repository.name() + "-master";
        for (var path : List.of("", "dir", "sub")) {
            var prefix = path.isEmpty() ? name : name + "-" + path;
            shell("rm -rf ours theirs && mkdir ours theirs");
            // What export-subst names is left as it is.
            shell("git --git-dir=" + content.folder() + " -c tar.umask=0022 archive --prefix=" + prefix + "/ master "
                    + path + " | tar -x -C theirs");
            shell("test ! -e theirs/" + prefix + "/v.subst || printf '$Format:%%H$\\n' > theirs/" + prefix
                    + "/v.subst");
            for (var format : List.of("tar", "tar.gz", "tar.bz2")) {
                var answer = ok(http.get(content.v4() + "/archive?archive_format=" + format + "&path=" + path));
                assertThat(answer.header("Content-Disposition"))
                        .contains("attachment")
                        .contains(prefix + "." + format);
                Files.write(folder.resolve("archive"), answer.response().body());
                shell("rm -rf ours && mkdir ours && tar -xf archive -C ours && diff -r --no-dereference ours theirs");
                var look = "find . -mindepth 1 -printf '%M %T@ %p %l\\n' | grep -v subst | sort";
                assertThat(shell("cd ours && " + look).out())
                        .isEqualTo(shell("cd theirs && " + look).out());
            }
            var zip = ok(http.get(content.v4() + "/archive?sha=master&path=" + path));
            Files.write(folder.resolve("archive"), zip.response().body());
            assertThat(zipped()).isEqualTo(listed(folder.resolve("theirs")));
        }
    }

    private TreeMap<String, String> zipped() throws IOException {
        var found = new TreeMap<String, String>();
        try (var zip = ZipFile.builder().setPath(folder.resolve("archive")).get()) {
            for (var entries = zip.getEntries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                try (InputStream in = zip.getInputStream(entry)) {
                    var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    var kind = entry.isDirectory()
                            ? "d"
                            : entry.isUnixSymlink() ? "l" : "f" + (entry.getUnixMode() & 0111);
                    found.put(entry.getName().replaceFirst("/$", ""), kind + text);
                }
            }
        }
        return found;
    }

    private static TreeMap<String, String> listed(Path root) throws IOException {
        var found = new TreeMap<String, String>();
        try (var paths = Files.walk(root)) {
            for (var path : (Iterable<Path>) paths.filter(path -> !path.equals(root))::iterator) {
                var name = root.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    found.put(name, "l" + Files.readSymbolicLink(path));
                } else if (Files.isDirectory(path)) {
                    found.put(name, "d");
                } else {
                    found.put(name, "f" + (Files.isExecutable(path) ? 0111 : 0) + Files.readString(path));
                }
            }
        }
        return found;
    }

    @Test
    void packsTheSameBytesAndTellsThoseWhoHaveThem() throws Exception {
        pushFiles();
        for (var format : List.of("zip", "tar.gz")) {
            var v2 = "/v2/repositories/" + content.repository.uuid() + "/archive?sha=master&format=" + format;
            var first = ok(http.get(v2));
            assertThat(ok(http.get(v2)).response().body())
                    .isEqualTo(first.response().body());
            var kept = http.with("If-None-Match", first.header("ETag")).get(v2);
            assertThat(kept.status()).isEqualTo(304);
            assertThat(first.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        var tag = ok(http.get(content.v4() + "/archive?archive_format=tar")).header("ETag");
        assertThat(ok(http.get(content.v4() + "/archive?archive_format=tar&path=dir"))
                        .header("ETag"))
                .isNotEqualTo(tag);
    }

    @Test
    void refusesWhatCannotBePackedAndWhoMayNotHaveIt() {
        assertThat(http.get(content.v4() + "/archive").errorCode()).isEqualTo("CH.090601");
        content.commits("master", create("a.txt", "1"));
        assertThat(http.get(content.v4() + "/archive?archive_format=rar").errorText())
                .contains("archive_format");
        assertThat(http.get(content.v4() + "/archive?path=nothing").errorCode()).isEqualTo("CH.090603");
        assertThat(http.get(content.v4() + "/archive?path=../x").errorCode()).isEqualTo("CH.010001");
        assertThat(http.get(content.v4() + "/archive?sha=nothing").errorCode()).isEqualTo("CH.090601");
        assertThat(server.asNobody().get(content.v4() + "/archive").status()).isEqualTo(401);
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        assertThat(stranger.get(content.v4() + "/archive").status()).isEqualTo(404);
    }

    @Test
    void goesOnServingWhenClientsLeave() throws Exception {
        var noise = Base64.getEncoder().encodeToString(ContentFixture.noise(3_000_000));
        content.commits("master", ContentFixture.action("create", "big", "content", noise, "encoding", "base64"));
        var basic = Base64.getEncoder()
                .encodeToString(("admin:" + GranaryServer.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
        for (var client = 0; client < 12; client++) {
            try (var socket = new Socket("127.0.0.1", server.httpPort())) {
                socket.setReceiveBufferSize(4096);
                socket.getOutputStream()
                        .write(("GET " + content.v4()
                                        + "/archive?archive_format=tar HTTP/1.1\r\nHost: x\r\nAuthorization: Basic "
                                        + basic + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readNBytes(15)).hasSize(15);
                socket.setSoLinger(true, 0);
            }
        }
        assertThat(ok(http.get(content.v4() + "/archive?archive_format=tar"))
                        .response()
                        .body())
                .hasSizeGreaterThan(3_000_000);
    }
}
