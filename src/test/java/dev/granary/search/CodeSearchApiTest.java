package dev.granary.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Code search finds what native {@code git grep} finds, in what the caller may read, and follows what is pushed. */
@OnBothDatabases
class CodeSearchApiTest {
    private static final List<String> WORDS = List.of(
            "alpha",
            "Alpha",
            "beta",
            "gamma()",
            "getName",
            "setName",
            "x",
            "a.b",
            "字符串",
            "Straße",
            "if",
            "=",
            "{",
            "}",
            "foo_bar",
            "FOO",
            "0x1F",
            "\"quoted\"",
            "back\\slash",
            "[5]",
            "*",
            "café");

    private final GranaryServer server;
    private HostedRepository repository;
    private Http http;
    private Git work;

    @TempDir
    private Path folder;

    CodeSearchApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @BeforeEach
    void makeARepository() throws IOException {
        repository = create(0);
        http = server.asAdmin();
        work = Git.in(Files.createDirectory(folder.resolve("work")));
        work.ok("init", "-q", "-b", "main");
        work.ok("config", "core.quotePath", "false");
        work.ok("config", "core.autocrlf", "false");
    }

    private HostedRepository create(int visibility) {
        var name = GranaryServer.unique("searched");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        return server.bean(RepositoryService.class).create(server.admin(), project, name, "", visibility);
    }

    private void write(String path, String content) throws IOException {
        var file = work.folder().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String push(HostedRepository to, String branch) {
        work.ok("add", "-A", ".");
        work.run("commit", "-q", "-m", "Change");
        var password = URLEncoder.encode(GranaryServer.ADMIN_PASSWORD, UTF_8).replace("+", "%20");
        var url = server.url().replace("://", "://admin:" + password + "@") + "/" + to.fullPath() + ".git";
        work.ok("push", "-q", "--force", url, "HEAD:refs/heads/" + branch);
        var id = work.ok("rev-parse", "HEAD");
        awaitIndexed(to);
        return id;
    }

    private void awaitIndexed(HostedRepository of) {
        Awaitility.await().atMost(java.time.Duration.ofSeconds(60)).untilAsserted(() -> {
            var state = search(http, of, "?query=x").get("index");
            assertThat(state.get("pending").asInt()).as(state.toString()).isZero();
        });
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static JsonNode search(Http client, HostedRepository in, String query) {
        return ok(client.get("/v4/repositories/" + in.id() + "/search/code" + query));
    }

    private static JsonNode ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private List<String> paths(String query) {
        return paths(search(http, repository, query));
    }

    private static List<String> paths(JsonNode found) {
        var paths = new ArrayList<String>();
        found.get("files").forEach(file -> paths.add(file.get("path").asString()));
        return paths;
    }

    @Test
    void followsPushesBranchesAndRemoval() throws IOException {
        assertThat(paths("?query=anything")).as("an empty repository").isEmpty();
        write("src/A.java", "class A {\n    int needle = 1;\n}\n");
        write("b.txt", "a needle in a haystack\r\nand another\r\n");
        var first = push(repository, "main");
        assertThat(server.bean(SearchStore.class).activeSince(System.currentTimeMillis() - 60_000))
                .as("what other nodes see")
                .contains(new SearchStore.Tip(repository.id(), first));
        var found = search(http, repository, "?query=NEEDLE");
        assertThat(paths(found)).containsExactly("b.txt", "src/A.java");
        assertThat(found.get("index").get("indexed_commit").asString()).isEqualTo(first);
        assertThat(found.get("index").get("current_commit").asString()).isEqualTo(first);
        var file = found.get("files").get(1);
        assertThat(file.get("commit_id").asString()).isEqualTo(first);
        assertThat(file.get("blob_id").asString()).isEqualTo(work.ok("rev-parse", "HEAD:src/A.java"));
        assertThat(file.get("language").asString()).isEqualTo("Java");
        assertThat(file.get("repository_path").asString()).isEqualTo(repository.fullPath());
        var line = file.get("lines").get(0);
        assertThat(line.get("number").asInt()).isEqualTo(2);
        assertThat(line.get("text").asString()).isEqualTo("    int needle = 1;");
        assertThat(line.get("matches").toString()).isEqualTo("[{\"begin\":8,\"end\":14}]");
        assertThat(line.get("before").toString()).isEqualTo("[\"class A {\"]");
        assertThat(line.get("after").toString()).isEqualTo("[\"}\"]");
        assertThat(found.get("files").get(0).get("lines").get(0).get("after").toString())
                .as("without what ends the line")
                .isEqualTo("[\"and another\"]");

        write("b.txt", "nothing\n");
        Files.delete(work.folder().resolve("src/A.java"));
        write("c/d.txt", "the needle moved\n");
        push(repository, "main");
        assertThat(paths("?query=needle")).containsExactly("c/d.txt");

        work.ok("checkout", "-q", "--orphan", "other");
        work.ok("rm", "-rfq", ".");
        write("other.md", "another needle\n");
        push(repository, "other");
        assertThat(paths("?query=needle")).as("the default branch only").containsExactly("c/d.txt");
        var repositories = server.bean(RepositoryService.class);
        try (var git = repositories.open(repository)) {
            repositories.changeDefaultBranch(repository, git, "other");
        }
        server.bean(SearchIndexUpdater.class).lookAtAll();
        awaitIndexed(repository);
        assertThat(paths("?query=needle")).containsExactly("other.md");

        write("other.md", "rewritten\n");
        work.ok("add", ".");
        work.ok("commit", "-q", "--amend", "-m", "Anew");
        push(repository, "other");
        assertThat(paths("?query=needle")).isEmpty();
        assertThat(paths("?query=rewritten")).containsExactly("other.md");

        repositories.delete(server.admin(), repository.uuid());
        assertThat(ok(http.get("/v4/search/code?query=rewritten&project_id=" + repository.projectUuid()))
                        .get("total")
                        .asInt())
                .isZero();
        server.bean(SearchIndexUpdater.class).lookAtAll();
        Awaitility.await().untilAsserted(() -> {
            try (var view = server.bean(SearchIndex.class).view()) {
                assertThat(view.states()).doesNotContainKey(repository.id());
            }
        });
    }

    @Test
    void findsWhatNativeGitFinds() throws IOException {
        var random = new Random(3);
        var folders = List.of("", "src/", "src/main/", "docs/", "src/测试/");
        var endings = List.of(".java", ".py", ".txt", ".md");
        for (var round = 0; round < 3; round++) {
            for (var number = 0; number < 40; number++) {
                var path = folders.get(random.nextInt(folders.size())) + "f" + random.nextInt(40)
                        + endings.get(random.nextInt(endings.size()));
                var text = new StringBuilder();
                for (var line = random.nextInt(8); line >= 0; line--) {
                    for (var word = random.nextInt(6); word > 0; word--) {
                        text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextInt(3) == 0 ? "" : " ");
                    }
                    text.append(line == 0 && random.nextBoolean() ? "" : "\n");
                }
                write(path, text.toString());
            }
            push(repository, "main");
            for (var number = 0; number < 40; number++) {
                compare(random);
            }
        }
    }

    private void compare(Random random) {
        var regex = random.nextBoolean();
        var word = word(random);
        var pattern = regex
                ? switch (random.nextInt(8)) {
                    case 0 -> quote(word) + ".*" + quote(word(random));
                    case 1 -> quote(word) + "|" + quote(word(random));
                    case 2 -> "^" + quote(word);
                    case 3 -> quote(word) + " ?$";
                    case 4 -> "(get|set)Na?me";
                    case 5 -> "[a-c]+[^a-z ]";
                    case 6 -> "(" + quote(word) + " ){1,2}" + quote(word(random));
                    default -> "\\w+_" + quote("bar");
                }
                : random.nextInt(3) == 0 ? word + " " + word(random) : word.substring(random.nextInt(word.length()));
        var ascii = pattern.chars().allMatch(unit -> unit < 128);
        var sensitive = !ascii || random.nextBoolean();
        var path = List.of("", "src", "src/main", "*.java", "docs/").get(random.nextInt(5));
        var command = new ArrayList<>(List.of("grep", "-I", "-c", regex ? "-E" : "-F"));
        if (!sensitive) {
            command.add("-i");
        }
        command.addAll(List.of("-e", pattern, "HEAD"));
        if (!path.isEmpty()) {
            command.addAll(List.of("--", path));
        }
        var expected = new TreeMap<String, Integer>();
        work.run(command.toArray(String[]::new)).out().lines().forEach(line -> {
            var end = line.lastIndexOf(':');
            expected.put(line.substring("HEAD:".length(), end), Integer.parseInt(line.substring(end + 1)));
        });
        var found = search(
                http,
                repository,
                "?limit=100&query=" + encode(pattern) + "&case_sensitive=" + sensitive + (regex ? "&mode=regex" : "")
                        + (path.isEmpty() ? "" : "&path=" + encode(path)));
        var counts = new TreeMap<String, Integer>();
        found.get("files")
                .forEach(file -> counts.put(
                        file.get("path").asString(), file.get("line_count").asInt()));
        assertThat(counts).as(String.join(" ", command)).isEqualTo(expected);
        assertThat(found.get("total").asInt()).isEqualTo(expected.size());
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static String quote(String word) {
        return word.replaceAll("[.\\\\\\[\\]*(){}|+?^$]", "\\\\$0");
    }

    @Test
    void showsNobodyWhatTheyMayNotRead() throws IOException {
        var word = GranaryServer.unique("secretword");
        var open = create(20);
        write("a.txt", word + "\n");
        push(repository, "main");
        push(open, "main");
        var stranger = server.newUser("stranger");
        var other = server.http(stranger.name(), GranaryServer.PASSWORD);
        var all = "/v4/search/code?query=" + word;
        assertThat(ok(http.get(all)).get("total").asInt()).isEqualTo(2);
        var found = other.get(all);
        assertThat(found.header("X-Total")).isEqualTo("1");
        assertThat(found.text()).contains(open.name()).doesNotContain("/" + repository.name());
        assertThat(found.json().get("files").get(0).get("repository_id").asLong())
                .isEqualTo(open.id());

        assertThat(server.asNobody().get(all).status()).isEqualTo(401);
        var path = "/v4/repositories/" + repository.id() + "/search/code?query=" + word;
        assertThat(server.asNobody().get(path).status()).isEqualTo(401);
        assertThat(other.get(path).status()).isEqualTo(404);
        assertThat(other.get(all + "&repository_id=" + repository.id()).status())
                .isEqualTo(404);
        assertThat(other.get(all + "&project_id=" + repository.projectUuid()).status())
                .isEqualTo(404);
        assertThat(search(server.asNobody(), open, "?query=" + word)
                        .get("total")
                        .asInt())
                .isEqualTo(1);

        var scopes = Scopes.create(server, server.admin());
        push(scopes.repository(), "main");
        var viewer = server.http(scopes.member(server, Role.VIEWER).name(), GranaryServer.PASSWORD);
        assertThat(ok(viewer.get(all)).get("total").asInt()).isEqualTo(2);
        for (var filter : List.of(
                "&project_id=" + scopes.project().uuid(),
                "&group_id=" + scopes.outer().id(),
                "&repository_id=" + scopes.repository().id())) {
            var narrowed = ok(viewer.get(all + filter));
            assertThat(narrowed.get("total").asInt()).as(filter).isEqualTo(1);
            assertThat(narrowed.get("index").get("repositories").asInt()).isEqualTo(1);
        }
        var list = http.post(
                "/v4/projects/" + scopes.repository().id() + "/trusted-ip-addresses",
                Map.of("ip_type", 0, "ip_start", "127.0.0.1", "view_flag", 1, "download_flag", 1, "upload_flag", 1));
        assertThat(list.status()).as(list.toString()).isEqualTo(200);
        assertThat(ok(viewer.get(all)).get("total").asInt()).as("from here").isEqualTo(2);
        Scopes.write(
                server,
                jdbc -> jdbc.sql("UPDATE trusted_address SET ip_start = '192.0.2.7' WHERE repository_id = ?")
                        .param(scopes.repository().id())
                        .update());
        assertThat(ok(viewer.get(all)).get("total").asInt())
                .as("from elsewhere only")
                .isEqualTo(1);
    }

    @Test
    void pagesInAStableOrderAndRefusesBadInput() throws IOException {
        for (var number = 0; number < 25; number++) {
            write("f%02d.txt".formatted(number), "common line\n".repeat(number + 1));
        }
        push(repository, "main");
        var pages = new ArrayList<String>();
        for (var offset = 0; offset < 30; offset += 10) {
            var answer = http.get(
                    "/v4/repositories/" + repository.id() + "/search/code?query=common&limit=10&offset=" + offset);
            assertThat(answer.header("X-Total")).isEqualTo("25");
            assertThat(answer.json().get("more").asBoolean()).isFalse();
            pages.addAll(paths(answer.json()));
        }
        assertThat(pages).hasSize(25).isSorted().doesNotHaveDuplicates();
        var last = search(http, repository, "?query=common&path=f24.txt")
                .get("files")
                .get(0);
        assertThat(last.get("line_count").asInt()).isEqualTo(25);
        assertThat(last.get("lines").size()).isEqualTo(10);

        var bad = Map.of(
                "query", "?query=",
                "query ", "?query=" + "a".repeat(501),
                "query  ", "?query=a%0Ab",
                "query   ", "?query=%28&mode=regex",
                "query    ", "?query=" + encode("((a{100}){100}){100}") + "&mode=regex",
                "mode", "?query=a&mode=fuzzy",
                "language", "?query=a&language=Klingon",
                "offset", "?query=a&offset=2001",
                "limit", "?query=a&limit=101");
        bad.forEach((field, query) -> {
            for (var language : List.of("en-us", "zh-cn")) {
                var answer = http.with("X-Language", language)
                        .get("/v4/repositories/" + repository.id() + "/search/code" + query);
                assertThat(answer.status()).as(query + answer).isEqualTo(400);
                assertThat(answer.errorText()).contains(field.strip());
            }
        });
    }

    @Test
    void searchesTextInWhateverEncodingAndNothingElse() throws IOException {
        write("utf8.py", "s = '中文 needle 😀😀 end'\n");
        Files.write(
                work.folder().resolve("gbk.txt"),
                "这是一个用国标码写成的文件 needle\n第二行也是中文\n".repeat(5).getBytes(Charset.forName("GB18030")));
        Files.write(work.folder().resolve("binary.dat"), "needle\0needle\n".getBytes(UTF_8));
        write("large.txt", "needle padding padding\n".repeat(50_000));
        write("minified.js", "x".repeat(10_001) + " needle\n");
        write("pointer.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:" + "1".repeat(64) + "\nsize 9\n");
        write("long.txt", "y".repeat(3_000) + " needle " + "z".repeat(3_000) + "\n");
        Files.createSymbolicLink(work.folder().resolve("needle-link"), Path.of("needle"));
        push(repository, "main");
        assertThat(paths("?query=needle")).containsExactly("gbk.txt", "long.txt", "utf8.py");
        assertThat(paths("?query=" + encode("国标码"))).containsExactly("gbk.txt");
        assertThat(paths("?query=git-lfs")).isEmpty();
        assertThat(paths("?query=needle&language=python")).containsExactly("utf8.py");
        assertThat(paths("?query=" + encode("^S\\s=.*[^a-z ]{2} END") + "&mode=regex"))
                .containsExactly("utf8.py");
        var line = search(http, repository, "?query=" + encode("😀😀"))
                .get("files")
                .get(0)
                .get("lines")
                .get(0);
        var range = line.get("matches").get(0);
        assertThat(line.get("text")
                        .asString()
                        .substring(range.get("begin").asInt(), range.get("end").asInt()))
                .isEqualTo("😀😀");
        var cut = search(http, repository, "?query=needle&path=long.txt")
                .get("files")
                .get(0)
                .get("lines")
                .get(0);
        assertThat(cut.get("cut").asBoolean()).isTrue();
        assertThat(cut.get("text").asString()).hasSizeLessThanOrEqualTo(500).contains("needle");
        assertThat(cut.get("offset").asInt()).isEqualTo(2_901);
    }
}
