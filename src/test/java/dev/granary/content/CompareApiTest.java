package dev.granary.content;

import static dev.granary.content.ContentFixture.action;
import static dev.granary.content.ContentFixture.create;
import static dev.granary.content.ContentFixture.ok;
import static dev.granary.content.ContentFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.RandomHistory;
import dev.granary.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class CompareApiTest {
    private final GranaryServer server;
    private final ContentFixture content;
    private final Git git;
    private final Http http;
    private final String path;

    CompareApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        content = new ContentFixture(server);
        git = Git.in(content.folder());
        http = content.http;
        path = "/v4/repositories/" + content.repository.id() + "/compare?";
    }

    private JsonNode compare(String query) {
        return ok(http.get(path + query)).json();
    }

    private static List<String> ids(JsonNode commits) {
        return StreamSupport.stream(commits.spliterator(), false)
                .map(commit -> commit.get("id").asString())
                .toList();
    }

    @Test
    void findsTheCommitsAndChangesThatGitFinds() throws Exception {
        var history = new RandomHistory(git, 23);
        history.add(80);
        var commits = history.commits();
        for (var pair : List.of(List.of(10, 70), List.of(33, 61), List.of(61, 33), List.of(5, 79))) {
            var from = commits.get(pair.get(0));
            var to = commits.get(pair.get(1));
            var query = "from=" + from + "&to=" + to + "&limit=100&additional_fields=change_lines";
            var apart = compare(query);
            var log = git.ok("rev-list", from + ".." + to).lines().toList();
            assertThat(ids(apart.get("commits"))).hasSameElementsAs(log);
            assertThat(apart.get("commits_count").asInt()).isEqualTo(log.size());
            requireSameNumbers(apart, git.ok("merge-base", from, to), to);
            requireSameNumbers(compare(query + "&straight=true"), from, to);
        }
    }

    private void requireSameNumbers(JsonNode comparison, String from, String to) {
        var expected = new TreeMap<String, String>();
        git.ok("diff", "--numstat", "--no-renames", "--diff-algorithm=histogram", from, to)
                .lines()
                .forEach(line -> {
                    var parts = line.split("\t");
                    expected.put(parts[2], parts[0] + " " + parts[1]);
                });
        var renamed = StreamSupport.stream(comparison.get("diffs").spliterator(), false)
                .anyMatch(file -> file.get("renamed_file").asBoolean());
        if (!renamed) {
            var found = new TreeMap<String, String>();
            for (var file : comparison.get("diffs")) {
                found.put(
                        file.get("file_path").asString(),
                        file.get("added_lines").asInt() + " "
                                + file.get("removed_lines").asInt());
            }
            assertThat(found).isEqualTo(expected);
            var added = expected.values().stream()
                    .mapToInt(numbers -> Integer.parseInt(numbers.split(" ")[0]))
                    .sum();
            assertThat(comparison.get("added_lines").asInt()).isEqualTo(added);
        }
    }

    @Test
    void commitsAreUnknownAgainOnceNoBranchLeadsToThem() {
        var first = content.commits("master", create("a.txt", "1\n"));
        var second = content.commits("master", update("a.txt", "2\n"));
        for (var time : List.of("first", "again")) {
            assertThat(status(first)).as(time).isEqualTo(200);
            assertThat(status(second)).as(time).isEqualTo(200);
        }
        git.ok("update-ref", "refs/heads/master", first);
        assertThat(status(first)).isEqualTo(200);
        assertThat(status(second)).isEqualTo(404);
        var third = content.commits("master", update("a.txt", "3\n"));
        assertThat(List.of(status(first), status(second), status(third))).containsExactly(200, 404, 200);
        git.ok("update-ref", "refs/heads/master", second);
        assertThat(List.of(status(first), status(second), status(third))).containsExactly(200, 200, 404);
        git.ok("update-ref", "refs/heads/other", third);
        assertThat(status(third)).isEqualTo(200);
    }

    private int status(String commit) {
        return http.get(path + "from=" + commit + "&to=" + commit).status();
    }

    @Test
    void showsWhatTheViewAsksFor() {
        var base = content.commits(
                "master", create("a.txt", "1\n"), create("b.txt", "same content that is long enough\n"));
        content.post(Map.of(
                "branch",
                "work/x",
                "start_branch",
                "master",
                "commit_message",
                "Work",
                "actions",
                List.of(update("a.txt", "1  \n2\n"), action("move", "c.txt", "previous_path", "b.txt"))));
        content.commits("master", create("later", "x"));
        var both = "from=master&to=work/x";
        var all = compare(both);
        assertThat(all.get("commits")).hasSize(1);
        assertThat(all.get("commit").get("title").asString()).isEqualTo("Work");
        assertThat(all.get("diffs")).hasSize(2);
        assertThat(all.get("diffs").get(0).get("diff").asString()).contains("+2");
        assertThat(all.get("diffs_count").asInt()).isEqualTo(2);
        assertThat(all.get("compare_same_ref").asBoolean()).isFalse();
        assertThat(compare(both + "&straight=true").get("diffs_count").asInt()).isEqualTo(3);
        var count = compare(both + "&only_count=true");
        assertThat(List.of(count.get("commits"), count.get("diffs"), count.get("diffs_files")))
                .allMatch(JsonNode::isNull);
        var files = compare(both + "&view=files&limit=1&offset=1");
        assertThat(files.get("diffs_files")).hasSize(1);
        assertThat(files.get("diffs_files").get(0).get("diff").asString()).isEmpty();
        assertThat(files.get("commits").isNull()).isTrue();
        assertThat(compare(both + "&view=commits").get("diffs").isNull()).isTrue();
        var renamed = compare(both + "&view=diffs&file_path=b.txt,c.txt").get("diffs");
        assertThat(renamed).hasSize(1);
        assertThat(renamed.get(0).get("renamed_file").asBoolean()).isTrue();
        // Lines are counted over all pages, and apart for each way of looking.
        for (var counted : Map.of(
                        "", 2,
                        "&limit=1", 2,
                        "&limit=1&offset=1", 2,
                        "&view=commits", 2,
                        "&ignore_whitespace_change=true", 1,
                        "&file_path=c.txt", 0)
                .entrySet()) {
            for (var time : List.of("first", "again")) {
                assertThat(compare(both + "&additional_fields=change_lines" + counted.getKey())
                                .get("added_lines")
                                .asInt())
                        .as(counted.getKey() + " " + time)
                        .isEqualTo(counted.getValue());
            }
        }
        var same = compare("from=" + base + "&to=" + base + "&compare_type=commit");
        assertThat(same.get("compare_same_ref").asBoolean()).isTrue();
        assertThat(same.get("commits_count").asInt()).isZero();
        assertThat(compare("from=master&to=work/x&compare_type=branch")
                        .get("commits_count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void namesTheFilesThatAMergeWouldHaveInConflict() {
        var lines = "one line\nanother line\na third line\nand a fourth one\n";
        content.commits(
                "master",
                create("both.txt", lines),
                create("gone.txt", lines + "gone\n"),
                create("moved.txt", lines + "moved\n"),
                create("only.txt", lines + "only\n"));
        content.post(Map.of(
                "branch",
                "work",
                "start_branch",
                "master",
                "commit_message",
                "Work",
                "actions",
                List.of(
                        update("both.txt", lines.replace("another", "my")),
                        update("gone.txt", lines + "still here\n"),
                        action("move", "new/place.txt", "previous_path", "moved.txt", "content", lines + "mine\n"),
                        update("only.txt", lines + "only here\n"))));
        content.commits(
                "master",
                update("both.txt", lines.replace("another", "your")),
                action("delete", "gone.txt"),
                update("moved.txt", lines + "yours\n"));
        var both = "from=master&to=work";
        var found = compare(both);
        assertThat(found.get("compare_timeout").asBoolean()).isFalse();
        var conflicts = found.get("conflict_files");
        assertThat(conflicts.toString())
                .isEqualTo("[{\"old_path\":\"both.txt\",\"new_path\":\"both.txt\"},"
                        + "{\"old_path\":\"gone.txt\",\"new_path\":\"gone.txt\"},"
                        + "{\"old_path\":\"moved.txt\",\"new_path\":\"new/place.txt\"}]");
        var natively = git.run("merge-tree", "--write-tree", "--name-only", "--no-messages", "master", "work");
        assertThat(natively.out().lines().skip(1).filter(line -> !line.isEmpty()))
                .containsExactlyElementsOf(conflicts
                        .valueStream()
                        .map(file -> file.get("new_path").asString())
                        .toList());
        assertThat(compare("from=work&to=master").get("conflict_files").get(2).toString())
                .isEqualTo("{\"old_path\":\"new/place.txt\",\"new_path\":\"moved.txt\"}");
        assertThat(compare(both + "&view=diffs&file_path=gone.txt").get("conflict_files"))
                .hasSize(1);
        assertThat(compare(both + "&only_count=true").get("conflict_files").isNull())
                .isTrue();
        assertThat(compare(both + "&straight=true").get("conflict_files").isNull())
                .isTrue();
        var merged = git.ok("merge-base", "master", "work");
        assertThat(compare("from=" + merged + "&to=work").get("conflict_files")).isEmpty();
        assertThat(compare("from=master&to=" + merged).get("conflict_files")).isEmpty();
    }

    @Test
    void refusesWhatCannotBeComparedAndWhoMayNotLook() {
        content.commits("master", create("a.txt", "1\n"));
        var wrong =
                new ArrayList<>(List.of("compare_type=x", "view=x", "additional_fields=x", "target_id=1", "limit=0"));
        wrong.forEach(query -> assertThat(
                        http.get(path + "from=master&to=master&" + query).errorCode())
                .as(query)
                .isEqualTo("CH.010001"));
        assertThat(http.get(path + "from=no&to=master").errorCode()).isEqualTo("CH.090601");
        assertThat(http.get(path + "from=master&to=master&compare_type=tag").errorCode())
                .isEqualTo("CH.090601");
        assertThat(server.asNobody().get(path + "from=master&to=master").status())
                .isEqualTo(401);
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        assertThat(stranger.get(path + "from=master&to=master").status()).isEqualTo(404);
    }
}
