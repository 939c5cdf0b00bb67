package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Merges that meet other merges and pushes: each lands or says why not, and nothing is lost. */
@OnBothDatabases
class MergeRaceTest {
    private static final int REQUESTS = 8;

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
