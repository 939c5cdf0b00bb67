package dev.granary.content;

import static dev.granary.content.ContentFixture.action;
import static dev.granary.content.ContentFixture.commit;
import static dev.granary.content.ContentFixture.create;
import static dev.granary.content.ContentFixture.ok;
import static dev.granary.content.ContentFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.Base64;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class CommitApiTest {
    private final ContentFixture content;
    private final Git git;

    CommitApiTest(TestDatabase database) {
        content = new ContentFixture(GranaryServer.shared(database));
        git = Git.in(content.folder());
    }

    @Test
    void makesTheFirstCommitOfAnEmptyRepository() {
        var answer = ok(content.post(commit(
                "master",
                create("README.md", "# Hello\n"),
                create("src/中文 名.txt", "一\n二\n"),
                action(
                        "create",
                        "bin/data",
                        "content",
                        Base64.getEncoder().encodeToString(new byte[] {0, 1, 2}),
                        "encoding",
                        "base64"))));
        var result = answer.result();
        assertThat(result.get("id").asString()).isEqualTo(git.ok("rev-parse", "master"));
        assertThat(result.get("short_id").asString())
                .isEqualTo(result.get("id").asString().substring(0, 8));
        assertThat(result.get("parent_ids").size()).isZero();
        assertThat(result.get("title").asString()).isEqualTo("Change master");
        assertThat(result.get("author_name").asString()).isEqualTo("admin");
        assertThat(result.get("committed_date").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(result.get("stats").toString()).isEqualTo("{\"additions\":3,\"deletions\":0,\"total\":3}");
        assertThat(git.ok("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "master"))
                .isEqualTo("README.md\nbin/data\nsrc/中文 名.txt");
        assertThat(content.read("master", "src/中文 名.txt")).isEqualTo("一\n二\n");
        assertThat(git.run("fsck", "--full", "--strict").ok().err()).doesNotContain("error");
    }

    @Test
    void appliesAllFiveActionsInOrder() {
        content.commits("master", create("a.txt", "a\n"), create("b.txt", "b\n"), create("d/c.txt", "c\n"));
        var answer = ok(content.post(commit(
                "master",
                update("a.txt", "a\nmore\n"),
                action("move", "moved/b.txt", "previous_path", "b.txt"),
                action("delete", "d/c.txt"),
                action("chmod", "a.txt", "execute_filemode", true),
                create("d", "a file where a folder was\n"))));
        assertThat(answer.result().get("stats").get("additions").asInt()).isEqualTo(2);
        assertThat(answer.result().get("stats").get("deletions").asInt()).isEqualTo(1);
        assertThat(git.ok("ls-tree", "-r", "--format=%(objectmode) %(path)", "master"))
                .isEqualTo("100755 a.txt\n100644 d\n100644 moved/b.txt");
        assertThat(content.read("master", "a.txt")).isEqualTo("a\nmore\n");
        assertThat(content.read("master", "moved/b.txt")).isEqualTo("b\n");

        content.commits("master", update("a.txt", "still executable\n"));
        assertThat(git.ok("ls-tree", "--format=%(objectmode)", "master", "a.txt"))
                .isEqualTo("100755");
    }

    @Test
    void appliesNothingWhenOneActionCannotBeApplied() {
        var before = content.commits("master", create("a.txt", "a\n"));
        var answer = content.post(commit("master", update("a.txt", "b\n"), update("missing.txt", "x\n")));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(git.ok("rev-parse", "master")).isEqualTo(before);
    }

    @Test
    void movesWithNewContentAndKeepsTheMode() {
        content.commits("master", create("run.sh", "old\n"), action("chmod", "run.sh", "execute_filemode", true));
        content.commits("master", action("move", "bin/run.sh", "previous_path", "run.sh", "content", "new\n"));
        assertThat(git.ok("ls-tree", "-r", "--format=%(objectmode) %(path)", "master"))
                .isEqualTo("100755 bin/run.sh");
        assertThat(content.read("master", "bin/run.sh")).isEqualTo("new\n");
    }

    @Test
    void refusesAChangeOfAFileThatChangedSinceTheKnownCommit() {
        var first = content.commits("master", create("a.txt", "1\n"), create("b.txt", "1\n"));
        content.commits("master", update("a.txt", "2\n"));
        var stale =
                content.post(commit("master", action("update", "a.txt", "content", "3\n", "last_commit_id", first)));
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.errorCode()).isEqualTo("CH.090607");
        content.commits("master", update("a.txt", "1\n"));
        assertThat(content.post(commit("master", action("delete", "a.txt", "last_commit_id", first)))
                        .status())
                .as("changed and changed back")
                .isEqualTo(409);
        content.commits("master", action("update", "b.txt", "content", "2\n", "last_commit_id", first));
        assertThat(content.read("master", "b.txt")).isEqualTo("2\n");
    }

    @Test
    void startsABranchAndOverwritesItOnlyWhenForced() {
        var first = content.commits("master", create("a.txt", "1\n"));
        var start = commit("feature/x", update("a.txt", "2\n"));
        start.put("start_branch", "master");
        var branched = ok(content.post(start)).result();
        assertThat(branched.get("parent_ids").get(0).asString()).isEqualTo(first);
        assertThat(git.ok("rev-parse", "master")).isEqualTo(first);

        assertThat(content.post(start).errorCode()).isEqualTo("CH.090605");
        var below = commit("feature", update("a.txt", "2\n"));
        below.put("start_branch", "master");
        assertThat(content.post(below).errorCode()).isEqualTo("CH.090605");

        start.put("force", true);
        start.put("commit_message", "Again");
        var forced = ok(content.post(start)).result();
        assertThat(forced.get("parent_ids").get(0).asString()).isEqualTo(first);
        assertThat(git.ok("rev-parse", "feature/x")).isEqualTo(forced.get("id").asString());
    }

    @Test
    void namesTheAuthorThatIsGivenAndTheCallerAsCommitter() {
        var body = commit("master", create("a.txt", "1\n"));
        body.put("author_name", "王 小明");
        body.put("author_email", "wang@example.com");
        body.put("stats", false);
        var result = ok(content.post(body)).result();
        assertThat(result.get("author_name").asString()).isEqualTo("王 小明");
        assertThat(result.get("committer_name").asString()).isEqualTo("admin");
        assertThat(git.ok("log", "-1", "--format=%an <%ae> %cn", "master")).isEqualTo("王 小明 <wang@example.com> admin");
    }

    @Test
    void refusesACommitThatChangesNothing() {
        content.commits("master", create("a.txt", "1\n"));
        assertThat(content.post(commit("master", update("a.txt", "1\n"))).errorCode())
                .isEqualTo("CH.090608");
    }

    @Test
    void changesOneFileOfAFolderWithThousandsQuickly() {
        var actions = new java.util.ArrayList<java.util.Map<String, Object>>();
        for (var file = 0; file < 100; file++) {
            actions.add(create("many/" + file, file + "\n"));
        }
        content.commits("master", actions.toArray(java.util.Map[]::new));
        var result =
                ok(content.post(commit("master", create("many/new", "x\n")))).result();
        assertThat(result.get("stats").get("additions").asInt()).isEqualTo(1);
        assertThat(git.ok("ls-tree", "--name-only", "master:many").lines().count())
                .isEqualTo(101);
    }
}
