package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Conflicts are shown and decided, source branches rebased, and merged changes made again or undone elsewhere. */
@OnBothDatabases
class MergePartTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;

    MergePartTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
    }

    private Git bare() {
        try (var git = reviews.git()) {
            return Git.in(git.getDirectory().toPath());
        }
    }

    private String path(String part) {
        return reviews.path + "/merge-requests/1/" + part;
    }

    /** A commit of several actions: pairs of a path and its new content, null to delete it. */
    private String commit(String branch, @Nullable String from, String action, @Nullable String... files) {
        var actions = new java.util.ArrayList<Map<String, Object>>();
        for (var index = 0; index < files.length; index += 2) {
            var content = files[index + 1];
            actions.add(
                    content == null
                            ? Map.of("action", "delete", "file_path", files[index])
                            : Map.of("action", action, "file_path", files[index], "content", content));
        }
        var body = new HashMap<String, Object>(
                Map.of("branch", branch, "commit_message", "Change " + branch, "actions", actions));
        if (from != null) {
            body.put("start_branch", from);
        }
        var made = reviews.http.post("/v2/projects/" + reviews.repository.id() + "/repository/commits", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        return made.result().get("id").asString();
    }

    private static void refused(Http.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.errorCode()).as(answer.toString()).isEqualTo(code);
    }

    private Http.Answer resolve(Object... files) {
        return reviews.http.put(path("resolve-conflicts"), Map.of("commit_message", "Decide", "files", List.of(files)));
    }

    private static String section(JsonNode file, int number) {
        return file.get("sections")
                .valueStream()
                .filter(section -> section.get("conflict").booleanValue())
                .toList()
                .get(number)
                .get("id")
                .asString();
    }

    private static Map<String, ?> choice(JsonNode file, Map<String, ?> sections) {
        return Map.of(
                "old_path", file.get("old_path").asString(),
                "new_path", file.get("new_path").asString(),
                "sections", sections);
    }

    @Test
    void conflictsAreDecidedLineByLineOrFileByFile() {
        var middle = "3\n4\n5\n6\n7\n8\n9\n10\n";
        commit("main", null, "create", "lines.txt", "1\n2\n" + middle + "11\n", "gone.txt", "g\n", "whole.txt", "w\n");
        var head = commit(
                "feature",
                "main",
                "update",
                "lines.txt",
                "one\n2\n" + middle + "eleven\n",
                "gone.txt",
                "changed\n",
                "whole.txt",
                "<b>theirs\n");
        var main = commit(
                "main",
                null,
                "update",
                "lines.txt",
                "uno\n2\n" + middle + "undici\n",
                "gone.txt",
                null,
                "whole.txt",
                "ours\n");
        reviews.open(Map.of("title", "It", "source_branch", "feature", "target_branch", "main"));
        var listed = reviews.http.get(path("conflict-files"));
        assertThat(listed.header("X-Total")).isEqualTo("3");
        var gone = listed.json().get(0);
        var lines = listed.json().get(1);
        var whole = listed.json().get(2);
        assertThat(gone.get("conflict_type").asString()).isEqualTo("modified_source_removed_target");
        assertThat(gone.get("type").asString()).isEqualTo("file");
        assertThat(gone.get("error_message").asString()).startsWith("One side can be chosen");
        assertThat(reviews.http
                        .with("X-Language", "zh-cn")
                        .get(path("conflict-files?limit=1"))
                        .json()
                        .get(0)
                        .get("error_message")
                        .asString())
                .startsWith("只能整体选择");
        assertThat(lines.get("type").asString()).isEqualTo("text");
        assertThat(lines.get("content").asString())
                .startsWith("<<<<<<< feature\none\n=======\nuno\n>>>>>>> main\n2\n3\n");
        assertThat(lines.get("sections")).hasSize(3);
        var between = lines.get("sections").get(1).get("lines");
        assertThat(between)
                .extracting(line -> line.get("text").asString())
                .containsExactly("2", "3", "4", "@@ -8 +8 @@", "8", "9", "10");
        var last = lines.get("sections").get(2).get("lines");
        assertThat(last.get(0).get("type").asString()).isEqualTo("new");
        assertThat(last.get(0).get("new_line").intValue()).isEqualTo(11);
        assertThat(last.get(1).get("old_line").intValue()).isEqualTo(11);
        assertThat(whole.get("sections")
                        .get(0)
                        .get("lines")
                        .get(0)
                        .get("rich_text")
                        .asString())
                .isEqualTo("&lt;b&gt;theirs");
        var short1 = reviews.http.get(path("conflict-files?hide_content=true&limit=1&offset=1"));
        assertThat(short1.header("X-Total")).isEqualTo("3");
        assertThat(short1.json().get(0).get("sections")).isEmpty();
        assertThat(short1.json().get(0).get("content").isNull()).isTrue();

        var keep = choice(gone, Map.of(section(gone, 0), "head"));
        var mixed = choice(lines, Map.of(section(lines, 0), "head", section(lines, 1), "origin"));
        var written = Map.of("new_path", "whole.txt", "content", "both\n");
        refused(resolve(keep, mixed), 409, "CH.092303");
        refused(resolve(keep, written, choice(lines, Map.of(section(lines, 0), "head"))), 409, "CH.092303");
        refused(resolve(keep, written, choice(lines, Map.of("0".repeat(40), "head"))), 409, "CH.092305");
        refused(resolve(keep, mixed, written, Map.of("new_path", "a.txt", "content", "x")), 409, "CH.092305");
        refused(resolve(choice(gone, Map.of(section(gone, 0), "mine")), mixed, written), 400, "CH.010001");
        refused(resolve(Map.of("new_path", "a.txt")), 400, "CH.010001");
        var made = resolve(keep, mixed, written);
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        var commit = reviews.show(1).get("sha").asString();
        assertThat(bare().ok("log", "-1", "--format=%P %s", commit)).isEqualTo(head + " " + main + " Decide");
        assertThat(bare().ok("show", commit + ":lines.txt")).isEqualTo("one\n2\n" + middle + "undici");
        assertThat(bare().ok("show", commit + ":whole.txt")).isEqualTo("both");
        assertThat(bare().ok("show", commit + ":gone.txt")).isEqualTo("changed");
        assertThat(reviews.http.get(path("conflict-files")).json()).isEmpty();
        refused(resolve(written), 409, "CH.092305");
        assertThat(reviews.http.put(path("merge"), Map.of()).status()).isEqualTo(200);
        bare().ok("fsck", "--strict");
    }

    @Test
    void commitsArePutOnTopOfTheTarget() {
        commit("feature", "main", "create", "one.txt", "1\n");
        commit("feature", null, "create", "two.txt", "2\n");
        var main = commit("main", null, "create", "main.txt", "m\n");
        reviews.open(Map.of("title", "It", "source_branch", "feature", "target_branch", "main"));
        reviews.http.put(reviews.path + "/merge-requests/setting", Map.of("merge_method", "ff"));
        assertThat(reviews.http.put(path("merge"), Map.of()).errorCode()).isEqualTo("CH.092271");
        var viewer = reviews.as(reviews.member(Role.VIEWER));
        assertThat(viewer.put(path("rebase"), Map.of()).status()).isEqualTo(403);
        var rebased = reviews.http.put(path("rebase"), Map.of());
        assertThat(rebased.status()).as(rebased.toString()).isEqualTo(202);
        assertThat(rebased.text()).contains("success");
        var shown = reviews.show(1);
        var head = shown.get("sha").asString();
        assertThat(reviews.ref("refs/heads/feature")).isEqualTo(head);
        assertThat(bare().ok("rev-parse", head + "~2")).isEqualTo(main);
        assertThat(shown.get("rebase_in_progress").booleanValue()).isFalse();
        assertThat(shown.get("merge_request_diff").get("commits_count").intValue())
                .isEqualTo(2);
        assertThat(reviews.http.put(path("rebase"), Map.of()).status()).isEqualTo(202);
        assertThat(reviews.ref("refs/heads/feature")).as("it is there already").isEqualTo(head);
        assertThat(reviews.http.put(path("merge"), Map.of()).status()).isEqualTo(200);
        assertThat(reviews.ref("refs/heads/main")).isEqualTo(head);

        commit("other", "main", "update", "one.txt", "theirs\n");
        commit("main", null, "update", "one.txt", "ours\n");
        reviews.open(Map.of("title", "It", "source_branch", "other", "target_branch", "main"));
        refused(reviews.http.put(reviews.path + "/merge-requests/2/rebase", Map.of()), 409, "CH.092287");
        var branch = reviews.http.delete(reviews.path + "/repository/branch?branch_name=other");
        assertThat(branch.status()).as(branch.toString()).isLessThan(300);
        refused(reviews.http.put(reviews.path + "/merge-requests/2/rebase", Map.of()), 409, "CH.092208");
    }

    @Test
    void whoseForkItIsRebasesIt() {
        var open = new ReviewFixture(server, 20);
        var user = server.newUser("forker");
        var fork = open.fork(user);
        var client = open.as(user);
        ReviewFixture.commit(fork, client, "idea", "main", "idea.txt", "idea\n");
        var main = open.commit("main", null, "main.txt", "m\n");
        var made = client.post(
                "/v4/repositories/" + fork.id() + "/merge-requests",
                Map.of("title", "Idea", "source_branch", "idea", "target_repository_id", open.repository.id()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        var path = open.path + "/merge-requests/1";
        assertThat(open.http.put(path + "/rebase", Map.of()).status())
                .as("it is not theirs")
                .isGreaterThan(400);
        var rebased = client.put(path + "/rebase", Map.of());
        assertThat(rebased.status()).as(rebased.toString()).isEqualTo(202);
        var head = open.show(1).get("sha").asString();
        try (var git =
                server.bean(dev.granary.repositories.RepositoryService.class).open(fork)) {
            var bare = Git.in(git.getDirectory().toPath());
            assertThat(bare.ok("rev-parse", "idea~1")).isEqualTo(main);
            assertThat(bare.ok("rev-parse", "idea")).isEqualTo(head);
            bare.ok("fsck", "--strict");
        }
        assertThat(client.put(path + "/merge", Map.of()).status()).isEqualTo(403);
        assertThat(open.http.put(path + "/merge", Map.of()).json().get("state").asString())
                .isEqualTo("merged");
    }

    @Test
    void whatWasMergedIsMadeAgainAndUndone() {
        commit("release", "main", "create", "release.txt", "r\n");
        commit("feature", "main", "create", "one.txt", "1\n");
        commit("feature", null, "update", "a.txt", "one\nTWO\nthree\n");
        reviews.open(Map.of("title", "Shout", "source_branch", "feature", "target_branch", "main"));
        refused(reviews.http.post(path("cherry-pick"), Map.of("branch", "release")), 409, "CH.092286");
        commit("main", null, "create", "main.txt", "m\n");
        assertThat(reviews.http.put(path("merge"), Map.of()).status()).isEqualTo(200);

        refused(reviews.http.post(path("cherry-pick"), Map.of()), 400, "CH.010001");
        refused(reviews.http.post(path("cherry-pick"), Map.of("branch", "nowhere")), 404, "CH.090601");
        refused(reviews.http.post(path("cherry-pick"), Map.of("branch", "main")), 409, "CH.092289");
        var release = reviews.ref("refs/heads/release");
        var picked =
                reviews.http.post(path("cherry-pick"), Map.of("branch", "release", "with_new_merge_request", true));
        assertThat(picked.status()).as(picked.toString()).isEqualTo(200);
        assertThat(picked.json().get("state").asString()).isEqualTo("success");
        assertThat(picked.json().get("title").asString()).isEqualTo("Shout");
        var branch = picked.json().get("cherry_pick_branch_name").asString();
        assertThat(branch).matches("cherry-pick-commit-[0-9a-f]{8}-[0-9]+-auto");
        assertThat(bare().ok("rev-parse", branch + "~1")).isEqualTo(release);
        assertThat(bare().ok("ls-tree", "--name-only", branch).lines())
                .containsExactly("a.txt", "one.txt", "release.txt");
        assertThat(reviews.show(2).get("source_branch").asString()).isEqualTo(branch);
        assertThat(reviews.http
                        .put(reviews.path + "/merge-requests/2/merge", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(reviews.ref("refs/heads/" + branch))
                .as("it was for the request alone")
                .isEmpty();

        var undone = reviews.http.post(path("revert"), Map.of("branch", "main", "message", "No shouting"));
        assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
        assertThat(undone.json().get("revert_branch_name").isNull()).isTrue();
        assertThat(bare().ok("log", "-1", "--format=%s", "main")).isEqualTo("No shouting");
        assertThat(bare().ok("show", "main:a.txt")).isEqualTo("one\ntwo\nthree");
        assertThat(bare().ok("ls-tree", "--name-only", "main").lines()).containsExactly("a.txt", "main.txt");

        var sha = reviews.ref("refs/heads/main");
        var again = reviews.http.post(
                reviews.path + "/repository/commits/" + sha + "/revert",
                Map.of("branch", "main", "with_new_merge_request", true));
        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        assertThat(again.json().get("title").asString()).isEqualTo("Revert \"No shouting\"");
        assertThat(again.json().get("iid").intValue()).isEqualTo(3);
        assertThat(again.json().get("parent_ids").get(0).asString()).isEqualTo(sha);
        commit("main", null, "update", "a.txt", "one\nzwei\nthree\n");
        refused(
                reviews.http.post(reviews.path + "/repository/commits/" + sha + "/revert", Map.of("branch", "main")),
                409,
                "CH.092288");
        for (var part : List.of("cherry-pick", "revert")) {
            var body = Map.of("branch", "release");
            assertThat(server.asNobody().post(path(part), body).status()).isEqualTo(401);
            assertThat(reviews.as(server.newUser("stranger"))
                            .post(path(part), body)
                            .status())
                    .isEqualTo(404);
            assertThat(reviews.as(reviews.member(Role.VIEWER))
                            .post(path(part), body)
                            .status())
                    .isEqualTo(403);
        }
    }

    /** What the subject of a commit cannot be as a title is left out of it. */
    @Test
    void anOddCommitIsUndoneByARequestToo() {
        reviews.commit("feature", "main", "feature.txt", "new\n");
        var bare = bare();
        var odd = bare.ok("commit-tree", "feature^{tree}", "-p", "main", "-m", "Odd\u0007subject");
        bare.ok("update-ref", "refs/heads/main", odd);
        var undone = reviews.http.post(
                reviews.path + "/repository/commits/" + odd + "/revert",
                Map.of("branch", "main", "with_new_merge_request", true));
        assertThat(undone.status()).as(undone.toString()).isBetween(200, 201);
        assertThat(reviews.show(1).get("title").asString()).isEqualTo("Revert \"Odd subject\"");
    }

    /** Six files with 2 MB on either side: one page is not all of them. */
    @Test
    void aPageOfLargeConflictsLeavesTextsOut(@TempDir Path folder) throws IOException {
        var files = 6;
        var first = reviews.ref("refs/heads/main");
        var bare = bare().with("GIT_INDEX_FILE", folder.resolve("index").toString());
        for (var branch : List.of("main", "feature")) {
            var content = Files.writeString(
                    folder.resolve(branch), branch.substring(0, 1).repeat(1_900_000) + "\n");
            var blob = bare.ok("hash-object", "-w", content.toString());
            for (var file = 0; file < files; file++) {
                bare.ok("update-index", "--add", "--cacheinfo", "100644," + blob + ",large" + file);
            }
            var commit = bare.ok("commit-tree", bare.ok("write-tree"), "-p", first, "-m", branch);
            bare.ok("update-ref", "refs/heads/" + branch, commit);
        }
        reviews.open(Map.of("title", "Large", "source_branch", "feature", "target_branch", "main"));
        var all = reviews.http.get(path("conflict-files") + "?limit=100").json();
        assertThat(all).hasSize(files);
        assertThat(all.get(0).get("content").isNull()).isFalse();
        assertThat(all.get(files - 1).get("content").isNull()).isTrue();
        var last = reviews.http
                .get(path("conflict-files") + "?limit=1&offset=" + (files - 1))
                .json();
        assertThat(last.get(0).get("content").isNull()).isFalse();
    }
}
