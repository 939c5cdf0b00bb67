package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges that meet other merges and pushes: each lands or says why not, and nothing is lost. */
@OnBothDatabases
class MergeRaceTest {
    private static final int REQUESTS = 8;
    private static final int LEAST_PUSHES = 3;
    private static final long ROUNDS = 6;
    private static final String PASSWORD = GranaryServer.PASSWORD.replace(" ", "%20");

    @TempDir
    private Path folder;

    private final ReviewFixture reviews;

    MergeRaceTest(TestDatabase database) {
        reviews = new ReviewFixture(GranaryServer.shared(database));
    }

    private Http.Answer merge(long iid) {
        return reviews.http.put(reviews.path + "/merge-requests/" + iid + "/merge", Map.of());
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<T>();
            for (var future : threads.invokeAll(tasks)) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    @Test
    void allLandBesideEachOtherAndBesidePushes() throws Exception {
        IntStream.rangeClosed(1, REQUESTS).forEach(number -> reviews.request("feature-" + number));
        var tasks = new ArrayList<Callable<String>>();
        for (var iid = 1; iid <= REQUESTS; iid++) {
            var number = iid;
            tasks.add(() -> {
                var answer = merge(number);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                return answer.json().get("merge_commit_sha").asString();
            });
            tasks.add(() -> reviews.commit("main", null, "pushed-" + number + ".txt", "pushed\n"));
        }
        var commits = together(tasks);
        try (var git = reviews.git()) {
            var bare = Git.in(git.getDirectory().toPath());
            var line = bare.ok("rev-list", "--first-parent", "main").lines().toList();
            assertThat(line).hasSize(1 + commits.size()).containsAll(commits);
            assertThat(bare.ok("ls-tree", "--name-only", "main").lines()).hasSize(1 + commits.size());
            bare.ok("fsck", "--strict");
        }
        var listed = reviews.http.get(reviews.path + "/merge-requests?state=merged&limit=100");
        assertThat(listed.json()).hasSize(REQUESTS);
    }

    @Test
    void allLandBesidePushesOfGit() throws Exception {
        IntStream.rangeClosed(1, REQUESTS).forEach(number -> reviews.request("feature-" + number));
        var merging = new CountDownLatch(REQUESTS);
        var tasks = new ArrayList<Callable<Integer>>();
        for (var iid = 1; iid <= REQUESTS; iid++) {
            var number = iid;
            tasks.add(() -> {
                try {
                    var answer = merge(number);
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                    return 0;
                } finally {
                    merging.countDown();
                }
            });
        }
        tasks.add(() -> pushUntil(merging, "one"));
        tasks.add(() -> pushUntil(merging, "two"));
        var pushed = together(tasks).stream().mapToInt(Integer::intValue).sum();
        try (var git = reviews.git()) {
            var bare = Git.in(git.getDirectory().toPath());
            assertThat(bare.ok("rev-list", "--count", "--no-merges", "main"))
                    .as("the first one, those of the requests and what was pushed")
                    .isEqualTo(Integer.toString(1 + REQUESTS + pushed));
            assertThat(bare.ok("ls-tree", "--name-only", "main").lines()).hasSize(1 + REQUESTS + pushed);
            bare.ok("fsck", "--strict");
        }
        assertThat(reviews.http
                        .get(reviews.path + "/merge-requests?state=merged&limit=100")
                        .json())
                .hasSize(REQUESTS);
    }

    /** Pushes one commit after the other, each again and again until it lands; returns how many. */
    private int pushUntil(CountDownLatch merged, String name) throws Exception {
        var address = reviews.server.url().replace("//", "//" + reviews.owner.name() + ":" + PASSWORD + "@") + "/"
                + reviews.repository.fullPath() + ".git";
        Git.in(folder).ok("clone", "-q", "-b", "main", address, name);
        var work = Git.in(folder.resolve(name));
        var pushed = 0;
        while (pushed < LEAST_PUSHES || merged.getCount() > 0) {
            work.commitFile(name + "-" + pushed + ".txt", name + pushed, name + pushed);
            while (work.run("push", "-q", "origin", "main").exit() != 0) {
                work.ok("pull", "-q", "--rebase", "origin", "main");
            }
            pushed++;
        }
        return pushed;
    }

    /** What was approved is what is merged, and an approval of an older version is none of the newer one. */
    @Test
    void anApprovalCountsForTheVersionItWasGivenForAlone() throws Exception {
        var approver = reviews.member(Role.COMMITTER);
        var setting = reviews.http.post(
                reviews.path + "/approver-settings",
                Map.of("target", "main", "approval_required_approvers", 1, "approver_ids", List.of(approver.id())));
        assertThat(setting.status()).as(setting.toString()).isEqualTo(201);
        for (var round = 1L; round <= ROUNDS; round++) {
            var branch = "feature-" + round;
            var iid = round;
            reviews.request(branch);
            var path = reviews.path + "/merge-requests/" + iid;
            var answers = together(List.<Callable<Integer>>of(
                    () -> reviews.as(approver)
                            .put(path + "/approval", Map.of("action_type", "approve"))
                            .status(),
                    () -> {
                        reviews.commit(branch, null, "more-" + branch + ".txt", "more\n");
                        return 0;
                    },
                    () -> merge(iid).status()));
            assertThat(answers.getFirst()).isEqualTo(200);
            reviews.show(iid);
            var request = reviews.server
                    .bean(MergeRequestStore.class)
                    .find(reviews.repository.id(), iid)
                    .orElseThrow();
            var said = reviews.server
                    .bean(PersonStore.class)
                    .find(request.id(), Person.Part.APPROVER, approver.id())
                    .orElseThrow();
            if (!request.isOpen()) {
                assertThat(answers.getLast()).isEqualTo(200);
                assertThat(said.state()).isEqualTo("approved");
            } else {
                assertThat(answers.getLast()).isEqualTo(409);
                assertThat(request.headCommit()).isEqualTo(reviews.ref("refs/heads/" + branch));
            }
            if (said.state() != null && said.state().equals("approved")) {
                assertThat(said.saidCommit()).isEqualTo(request.headCommit());
            }
        }
    }

    @Test
    void oneOfTwoThatContradictEachOtherIsAConflict() throws Exception {
        for (var branch : List.of("one", "other")) {
            reviews.commit(branch, "main", "same.txt", branch + "\n");
            reviews.open(Map.of("title", "Add " + branch, "source_branch", branch, "target_branch", "main"));
        }
        var answers = together(List.<Callable<Http.Answer>>of(() -> merge(1), () -> merge(2)));
        assertThat(answers).extracting(Http.Answer::status).containsExactlyInAnyOrder(200, 409);
        assertThat(answers).extracting(Http.Answer::text).anyMatch(text -> text.contains("CH.092270"));
    }

    @Test
    void oneRequestIsMergedOnce() throws Exception {
        reviews.request("feature");
        var answers = together(List.<Callable<Http.Answer>>of(() -> merge(1), () -> merge(1), () -> merge(1)));
        assertThat(answers).extracting(Http.Answer::status).containsExactlyInAnyOrder(200, 409, 409);
        try (var git = reviews.git()) {
            assertThat(Git.in(git.getDirectory().toPath()).ok("rev-list", "--count", "--merges", "main"))
                    .isEqualTo("1");
        }
        assertThat(reviews.notes(1))
                .filteredOn(note -> note.contains("merged the"))
                .hasSize(1);
    }
}
