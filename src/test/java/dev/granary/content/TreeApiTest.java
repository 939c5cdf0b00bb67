package dev.granary.content;

import static dev.granary.content.ContentFixture.create;
import static dev.granary.content.ContentFixture.encode;
import static dev.granary.content.ContentFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class TreeApiTest {
    /** Names that a push may bring. */
    private static final List<String> HOSTILE =
            List.of("line\nbreak", "quote\"d", "back\\slash", "\u202Ertl.txt", "emoji 😀", "a%2Fb?c#d", "<script>");

    private final ContentFixture content;
    private final Git git;
    private final Http http;

    TreeApiTest(TestDatabase database) {
        content = new ContentFixture(GranaryServer.shared(database));
        git = Git.in(content.folder());
        http = content.http;
    }

    private List<String> lines(String query) {
        var lines = new ArrayList<String>();
        for (var offset = 0; ; offset += 7) {
            var answer = ok(http.get(content.v4() + "/trees?limit=7&offset=" + offset + query));
            var page = answer.json();
            StreamSupport.stream(page.spliterator(), false)
                    .map(entry -> text(entry, "mode") + " " + text(entry, "type") + " " + text(entry, "id") + "\t"
                            + text(entry, "path"))
                    .forEach(lines::add);
            if (offset + 7 >= Integer.parseInt(answer.header("X-Total"))) {
                assertThat(lines).hasSize(Integer.parseInt(answer.header("X-Total")));
                return lines;
            }
        }
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).asString();
    }

    private List<String> lsTree(String... arguments) {
        var command = new ArrayList<>(List.of("ls-tree", "-z"));
        command.addAll(List.of(arguments));
        return List.of(git.run(command.toArray(String[]::new)).ok().out().split("\0"));
    }

    @Test
    void listsWhatGitLists() throws Exception {
        var blob = git.program(List.of("sh", "-c", "echo x | git hash-object -w --stdin"))
                .ok()
                .out()
                .strip();
        var entries = new ArrayList<>(IntStream.range(0, 30)
                .mapToObj(index -> "100644 " + blob + "\tdir/sub" + index % 3 + "/f" + index)
                .toList());
        HOSTILE.forEach(name -> entries.add("100644 " + blob + "\t" + name));
        entries.add("100755 " + blob + "\trun");
        entries.add("120000 " + blob + "\tlink");
        entries.add("160000 " + "1".repeat(40) + "\tmodule");
        entries.add("100644 " + blob + "\tdir.txt");
        content.push(entries);
        assertThat(lines("")).isEqualTo(lsTree("master"));
        assertThat(lines("&recursive=true")).isEqualTo(lsTree("-r", "-t", "master"));
        assertThat(lines("&recursive=true&path=dir/"))
                .containsExactlyElementsOf(
                        lsTree("-r", "-t", "master", "dir/").stream().skip(1).toList());
        assertThat(lines("&path=dir/sub1&ref=master")).isEqualTo(lsTree("master", "dir/sub1/"));
        for (var name : HOSTILE) {
            assertThat(ok(http.get(content.v4() + "/files/raw?file_path=" + encode(name)))
                            .text())
                    .isEqualTo("x\n");
            assertThat(text(
                            ok(http.get(content.v4() + "/file?file_path=" + encode(name)))
                                    .json(),
                            "path"))
                    .isEqualTo(name);
        }
        assertThat(ok(http.get(content.v4() + "/files/raw?file_path=link")).text())
                .isEqualTo("x\n");
        assertThat(http.get(content.v4() + "/files/raw?file_path=module").errorCode())
                .isEqualTo("CH.090611");
    }

    @Test
    void findsFilesByAPartOfTheirPath() {
        content.commits("master", create("src/Main.java", "1"), create("src/test/main_test.py", "2"), create("x", "3"));
        var all = ok(http.get(content.v4() + "/file-list"));
        assertThat(all.json().toString()).isEqualTo("[\"src/Main.java\",\"src/test/main_test.py\",\"x\"]");
        var found = ok(http.get(content.v4() + "/file-list?ref_name=master&search=MAIN&limit=1&offset=1"));
        assertThat(found.json().toString()).isEqualTo("[\"src/test/main_test.py\"]");
        assertThat(found.header("X-Total")).isEqualTo("2");
        assertThat(http.get(content.v4() + "/file-list?search=" + "x".repeat(256))
                        .errorText())
                .contains("search");
        assertThat(http.get(content.v4() + "/file-list?ref_name=no").errorCode())
                .isEqualTo("CH.090601");
    }

    @Test
    void opensTheFoldersOnTheWayToAFile() {
        content.commits("master", create("a/b/c.txt", "1"), create("a/d/e.txt", "2"), create("f.txt", "3"));
        var tree = ok(http.get(content.v4() + "/upper-files-tree?file_path=a/b/c.txt"))
                .json();
        assertThat(StreamSupport.stream(tree.spliterator(), false).map(node -> text(node, "path")))
                .containsExactly("a", "f.txt");
        var a = tree.get(0);
        assertThat(a.get("isShownDropDown").asBoolean()).isTrue();
        assertThat(a.get("folder").asBoolean()).isFalse();
        var b = a.get("children").get(0);
        assertThat(text(b, "path")).isEqualTo("a/b");
        assertThat(b.get("level").asInt()).isEqualTo(2);
        assertThat(text(b.get("children").get(0), "path")).isEqualTo("a/b/c.txt");
        assertThat(a.get("children").get(1).get("folder").asBoolean()).isTrue();
        assertThat(a.get("children").get(1).get("children")).isEmpty();
        assertThat(ok(http.get(content.v4() + "/upper-files-tree")).json()).hasSize(2);
        assertThat(http.get(content.v4() + "/upper-files-tree?file_path=a/x").errorCode())
                .isEqualTo("CH.090603");
    }

    @Test
    void saysWhereSubmodulesComeFrom() throws Exception {
        content.commits(
                "master",
                create(
                        ".gitmodules",
                        "[submodule \"m\"]\n\tpath = m\n\turl = https://example.com/m.git\n\tbranch = dev\n"));
        var tip = git.ok("rev-parse", "master:.gitmodules");
        content.push(List.of("100644 " + tip + "\t.gitmodules", "160000 " + "2".repeat(40) + "\tm"));
        var module = ok(http.get(content.v4() + "/trees")).json().get(1);
        assertThat(text(module, "type")).isEqualTo("commit");
        assertThat(text(module, "submodule_link")).isEqualTo("https://example.com/m.git");
        assertThat(text(module, "submodule_branch")).isEqualTo("dev");
    }

    @Test
    void knowsEmptyRepositoriesAndWhatIsNoFolder() {
        assertThat(ok(http.get(content.v4() + "/trees")).header("X-Total")).isEqualTo("0");
        assertThat(ok(http.get(content.v4() + "/file-list")).json()).isEmpty();
        assertThat(ok(http.get(content.v4() + "/upper-files-tree")).json()).isEmpty();
        assertThat(http.get(content.v4() + "/trees?path=x").errorCode()).isEqualTo("CH.090603");
        assertThat(http.get(content.v4() + "/trees?ref=master").errorCode()).isEqualTo("CH.090601");
        assertThat(http.get(content.v4() + "/file?file_path=x").errorCode()).isEqualTo("CH.090601");
        content.commits("master", create("a/b.txt", "1"));
        assertThat(http.get(content.v4() + "/trees?path=a/b.txt").errorCode()).isEqualTo("CH.095002");
        assertThat(http.get(content.v4() + "/trees?path=a/../a").errorCode()).isEqualTo("CH.010001");
        assertThat(http.get(content.v4() + "/trees?limit=101").errorText()).contains("limit");
    }
}
