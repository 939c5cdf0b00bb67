package dev.granary.content;

import static dev.granary.content.ContentFixture.commit;
import static dev.granary.content.ContentFixture.create;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class CommitConcurrencyTest {
    private static final int THREADS = 16;
    private static final int COMMITS = 25;

    private final ContentFixture content;
    private final Git git;

    CommitConcurrencyTest(TestDatabase database) {
        content = new ContentFixture(GranaryServer.shared(database));
        git = Git.in(content.folder());
    }

    private static <T> List<T> atOnce(int threads, java.util.function.IntFunction<Callable<T>> task) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<T>>();
            for (var thread = 0; thread < threads; thread++) {
                tasks.add(task.apply(thread));
            }
            var results = new ArrayList<T>();
            for (var future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void losesNoCommitOfManyAtOnceOnOneBranch() throws Exception {
        content.commits("master", create("start", "x"));
        var ids = atOnce(THREADS, thread -> () -> {
                    var made = new ArrayList<String>();
                    for (var number = 0; number < COMMITS; number++) {
                        made.add(
                                content.commits("master", create("f/" + thread + "/" + number, "x" + thread + number)));
                    }
                    return made;
                })
                .stream()
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(THREADS * COMMITS);
        var history = git.ok("rev-list", "--first-parent", "master").lines().toList();
        assertThat(history).hasSize(THREADS * COMMITS + 1).containsAll(ids);
        assertThat(git.ok("rev-list", "--min-parents=2", "master")).isEmpty();
        assertThat(git.ok("ls-tree", "-r", "--name-only", "master").lines().count())
                .isEqualTo(THREADS * COMMITS + 1);
        assertThat(git.run("fsck", "--full", "--strict").ok().err()).doesNotContain("error", "missing");
    }

    @Test
    void letsExactlyOneOfSeveralConflictingCommitsWin() throws Exception {
        content.commits("master", create("start", "x"));
        var answers = atOnce(THREADS, thread -> () -> content.post(commit("master", create("same", "by " + thread))));
        var winners = answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(winners).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() != 200).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.errorCode()).isIn("CH.090604", "CH.090606");
        });
        assertThat(git.ok("rev-parse", "master"))
                .isEqualTo(winners.getFirst().result().get("id").asString());
    }

    @Test
    void makesOneFirstCommitAndBuildsTheOthersOnIt() throws Exception {
        var answers = atOnce(8, thread -> () -> content.post(commit("master", create("first" + thread, "x"))));
        assertThat(answers).extracting(Http.Answer::status).containsOnly(200);
        assertThat(git.ok("rev-list", "--count", "master")).isEqualTo("8");
        assertThat(git.ok("rev-list", "--max-parents=0", "master").lines().count())
                .isEqualTo(1);
    }

    /** A second handle on the folder stands for another node: it passes none of this process's queues. */
    @Test
    void retriesOnABranchThatSomebodyElseMovesButNotOverTheirChangeOfTheSameFile() throws Exception {
        content.commits("master", create("start", "x"));
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        var pushed = new java.util.concurrent.atomic.AtomicInteger();
        var outside = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                if (commitFromOutside("outside " + pushed.get())) {
                    pushed.incrementAndGet();
                }
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
        });
        var ids = new ArrayList<String>();
        for (var number = 0; number < 60 || (pushed.get() == 0 && number < 2_000); number++) {
            ids.add(content.commits("master", create("inside" + number, "x")));
        }
        stop.set(true);
        outside.join();
        assertThat(git.ok("rev-list", "master").lines().toList())
                .containsAll(ids)
                .hasSize(1 + ids.size() + pushed.get());
        assertThat(pushed.get()).isPositive();
    }

    /** Adds a commit without changes to master, unless the branch moved meanwhile. */
    private boolean commitFromOutside(String message) {
        try (var repository = new FileRepositoryBuilder()
                        .setGitDir(git.folder().toFile())
                        .build();
                var inserter = repository.newObjectInserter();
                var walk = new RevWalk(repository)) {
            var tip = walk.parseCommit(repository.exactRef("refs/heads/master").getObjectId());
            var commit = new CommitBuilder();
            commit.setTreeId(tip.getTree());
            commit.setParentId(tip);
            commit.setAuthor(tip.getAuthorIdent());
            commit.setCommitter(tip.getCommitterIdent());
            commit.setMessage(message);
            var id = inserter.insert(commit);
            inserter.flush();
            var update = repository.updateRef("refs/heads/master");
            update.setExpectedOldObjectId(tip);
            update.setNewObjectId(id);
            return update.update() == RefUpdate.Result.FAST_FORWARD;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
