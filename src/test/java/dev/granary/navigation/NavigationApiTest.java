package dev.granary.navigation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Names in source code, through the API. */
@OnBothDatabases
class NavigationApiTest {
    private static final String SHAPES = """
        package shapes;

        /** Circle is not mentioned: this is a comment. */
        interface Shape {
            double area();
        }

        final class Circle implements Shape {
            static final String CIRCLE = "Circle";
            private final double radius;

            Circle(double radius) {
                this.radius = radius;
            }

            public double area() {
                return Math.PI * radius * radius;
            }

            static final class Büilder {
                Circle build() { return new Circle(1); }
            }
        }
        """;
    private static final String USER = """
        package shapes;

        import shapes.Circle;

        class Drawing {
            double all() {
                Shape one = new Circle(3);
                return one.area();
            }
        }
        """;

    private final GranaryServer server;
    private Scopes scopes;
    private Http http;
    private String nav;

    NavigationApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @BeforeEach
    void makeARepository() {
        scopes = Scopes.create(server, server.admin());
        http = server.asAdmin();
        nav = scopes.repositoryPath() + "/repository/nav";
        commit(Map.of("src/Shapes.java", SHAPES, "src/Drawing.java", USER, "notes.txt", "Circle\n"));
    }

    private void commit(Map<String, String> files) {
        var actions = new ArrayList<Map<String, Object>>();
        files.forEach((path, text) ->
                actions.add(new HashMap<>(Map.of("action", "create", "file_path", path, "content", text))));
        commit(actions);
    }

    private void commit(List<Map<String, Object>> actions) {
        var body = Map.of("branch", "main", "commit_message", "Add", "actions", actions);
        var answer = http.post("/v2/projects/" + scopes.repository().id() + "/repository/commits", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private String blob(String path) {
        var answer = http.get(scopes.repositoryPath() + "/repository/file?ref=main&file_path=" + encode(path));
        return answer.json().get("blob_id").asString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String place(String language, String path) {
        return "language=" + encode(language) + "&file_path=" + encode(path) + "&blob=" + blob(path);
    }

    private JsonNode outline(String language, String path) {
        var answer = http.get(nav + "/outline?" + place(language, path));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode references(String symbol, String more) {
        var answer =
                http.get(nav + "/references?symbol=" + encode(symbol) + "&" + place("Java", "src/Drawing.java") + more);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> tree(JsonNode nodes, String indent) {
        var lines = new ArrayList<String>();
        for (var node : nodes) {
            var definition = node.get("def");
            lines.add(indent + definition.get("syntax_type").asString() + " "
                    + definition.get("tag_name").asString() + " "
                    + definition.get("range").asString());
            lines.addAll(tree(node.get("children"), indent + "  "));
        }
        return lines;
    }

    private static List<String> places(JsonNode entries) {
        var places = new ArrayList<String>();
        for (var entry : entries) {
            places.add(entry.get("syntax_type").asString() + " "
                    + entry.get("file_path").asString() + ":"
                    + entry.get("line_number").asInt() + " "
                    + entry.get("extend").asString());
        }
        return places;
    }

    @Test
    void outlinesAFileByItsDefinitions() {
        var outline = outline("java", "src/Shapes.java");
        assertThat(tree(outline.get("symbols"), ""))
                .containsExactly(
                        "interface Shape 4:1-6:1",
                        "  method area 5:5-5:18",
                        "class Circle 8:1-23:1",
                        "  field CIRCLE 9:25-9:41",
                        "  field radius 10:26-10:31",
                        "  constructor Circle 12:5-14:5",
                        "  method area 16:5-18:5",
                        "  class Büilder 20:5-22:5",
                        "    method build 21:9-21:48");
        assertThat(outline.get("result").asString()).isEqualTo("success");
        var head = http.get(scopes.repositoryPath() + "/repository/commits?sha=main")
                .json();
        assertThat(outline.get("revision")).isEqualTo(head.get("id"));
        var first = outline.get("symbols").get(0).get("def");
        assertThat(first.get("line_image").asString()).isEqualTo("interface Shape {");
        assertThat(first.get("line_number").asInt()).isEqualTo(4);
        assertThat(first.get("blob").asString()).isEqualTo(blob("src/Shapes.java"));
        var older = http.get(nav + "/outline?" + place("Java", "src/Shapes.java") + "&revision="
                        + head.get("id").asString())
                .json();
        assertThat(older).isEqualTo(outline);
    }

    @Test
    void findsWhereANameIsDefinedAndUsed() {
        var found = references("Circle", "");
        assertThat(places(found.get("defs")))
                .containsExactly("class src/Shapes.java:8 ", "constructor src/Shapes.java:12 Circle");
        assertThat(places(found.get("refs")))
                .containsExactly(
                        "import src/Drawing.java:3 ",
                        "type src/Drawing.java:7 Drawing.all",
                        "type src/Shapes.java:21 Circle.Büilder.build",
                        "type src/Shapes.java:21 Circle.Büilder.build");
        assertThat(found.get("result").asString()).isEqualTo("success");
        assertThat(found.get("refs").get(0).get("line_image").asString()).isEqualTo("import shapes.Circle;");
        assertThat(places(references("area", "").get("refs"))).containsExactly("call src/Drawing.java:8 Drawing.all");
        assertThat(places(references("Circle", "&path=src%2FShapes.java").get("refs")))
                .hasSize(2);
        assertThat(places(references("radius", "").get("defs"))).containsExactly("field src/Shapes.java:10 Circle");
        assertThat(references("nowhere", "").get("refs")).isEmpty();
        assertThat(references("Circ", "").get("refs")).isEmpty();
    }

    @Test
    void findsTheSameByAnIndexAndWhatCameAfterIt() {
        var before = references("Circle", "");
        var built = http.post(nav + "/build", null);
        assertThat(built.json().get("result").asString()).isEqualTo("success");
        assertThat(built.json().get("size").asLong()).isGreaterThan(100);
        assertThat(Long.parseLong(built.json().get("duration").asString())).isNotNegative();
        assertThat(references("Circle", "")).isEqualTo(before);
        commit(Map.of("late/Late.java", "class Late extends Circle { Büilder b; }\n"));
        assertThat(places(references("Circle", "").get("refs"))).contains("type late/Late.java:1 Late");
        assertThat(places(references("Büilder", "").get("refs"))).containsExactly("type late/Late.java:1 Late");
        http.post(nav + "/build", null);
        assertThat(places(references("Circle", "").get("refs"))).hasSize(5);
        var schema = http.get(nav + "/schema").json().get("schema");
        assertThat(schema.get("build_times").asLong()).isEqualTo(2);
        assertThat(schema.get("query_times").asLong()).isEqualTo(5);
        assertThat(schema.get("outline_times").asLong()).isZero();
        assertThat(schema.get("rebuild_at")).isEqualTo(schema.get("last_build_at"));
        assertThat(schema.get("create_at").asString())
                .isLessThanOrEqualTo(schema.get("update_at").asString());
        server.bean(NavigationUse.class).write();
        assertThat(http.get(nav + "/schema")
                        .json()
                        .get("schema")
                        .get("query_times")
                        .asLong())
                .isEqualTo(5);
    }

    @Test
    void saysWhichLanguagesItCovers() {
        var languages = new ArrayList<String>();
        http.get(nav + "/language")
                .json()
                .get("language_list")
                .forEach(each -> languages.add(each.get("name").asString()));
        assertThat(languages)
                .contains("C", "C++", "Go", "Java", "JavaScript", "PHP", "Python", "Ruby", "Rust", "TypeScript");
        var refused = http.get(nav + "/outline?" + place("COBOL", "notes.txt"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorCode()).isEqualTo("CH.095201");
        assertThat(refused.errorText()).contains("Python");
        var chinese = http.with("X-Language", "zh-cn").get(nav + "/outline?" + place("COBOL", "notes.txt"));
        assertThat(chinese.errorText()).contains("代码导航不支持该语言");
    }

    @Test
    void refusesWhatItCannotLookInto() {
        commit(List.of(
                Map.of("action", "create", "file_path", "binary.py", "content", "AAECAw==", "encoding", "base64"),
                Map.of("action", "create", "file_path", "large.py", "content", "x = 1\n".repeat(200_000))));
        assertThat(http.get(nav + "/outline?" + place("Python", "binary.py")).errorCode())
                .isEqualTo("CH.095004");
        assertThat(http.get(nav + "/outline?" + place("Python", "large.py")).errorCode())
                .isEqualTo("CH.090609");
        var path = "language=Java&file_path=src/Shapes.java";
        var other = http.get(nav + "/outline?" + path + "&blob=" + blob("src/Drawing.java"));
        assertThat(other.status()).isEqualTo(404);
        var gone = http.get(nav + "/outline?language=Java&file_path=gone.java&blob=" + "0".repeat(40));
        assertThat(gone.status()).isEqualTo(404);
        assertThat(http.get(nav + "/outline?" + path).status()).isEqualTo(400);
        var place = place("Java", "src/Shapes.java");
        assertThat(http.get(nav + "/outline?" + place + "&ref=gone").status()).isEqualTo(404);
        for (var symbol : List.of("", "a%0Ab", "x".repeat(256))) {
            assertThat(http.get(nav + "/references?" + place + "&symbol=" + symbol)
                            .status())
                    .as(symbol)
                    .isEqualTo(400);
        }
        assertThat(http.get(nav + "/references?symbol=a&path=..&" + place).status())
                .isEqualTo(400);
    }

    @Test
    void showsNothingToThoseWhoMayNotSeeTheRepository() {
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        var viewer = server.http(scopes.member(server, Role.VIEWER).name(), GranaryServer.PASSWORD);
        var place = place("Java", "src/Shapes.java");
        for (var path : List.of("/language", "/schema", "/outline?" + place, "/references?symbol=Circle&" + place)) {
            assertThat(server.asNobody().get(nav + path).status()).as(path).isEqualTo(401);
            assertThat(stranger.get(nav + path).status()).as(path).isEqualTo(404);
            assertThat(viewer.get(nav + path).status()).as(path).isEqualTo(200);
        }
        assertThat(server.asNobody().post(nav + "/build", null).status()).isEqualTo(401);
        assertThat(stranger.post(nav + "/build", null).status()).isEqualTo(404);
        assertThat(viewer.post(nav + "/build", null).status()).isEqualTo(403);
    }

    @Test
    void keepsItsLibrariesAndIndexesInTheCache() {
        outline("Java", "src/Shapes.java");
        http.post(nav + "/build", null);
        var cache = server.dataFolder().resolve("cache");
        assertThat(Files.isDirectory(cache.resolve("parsers/lib"))).isTrue();
        assertThat(cache.resolve("words/" + scopes.repository().id())).isRegularFile();
    }
}
