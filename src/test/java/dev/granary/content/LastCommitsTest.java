package dev.granary.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastCommitsTest {
    private static final List<String> PATHS = List.of("a", "b", "deep/er/c", "deep/d", "kept");

    @TempDir
    private Path folder;

    private final StringBuilder stream = new StringBuilder();
    private int commits;

    /** Adds a commit to the stream for fast-import. */
    private int commit(String branch, @Nullable String merged, String... files) {
        commits++;
        stream.append("commit refs/heads/%s\nmark :%d\ncommitter T <t@example.com> %d +0000\ndata 1\nx\n"
                .formatted(branch, commits, 1_700_000_000 + commits));
        if (merged != null) {
            stream.append("merge refs/heads/").append(merged).append("\n");
        }
        for (var file : files) {
            var content = file + " " + commits;
            stream.append("M 100644 inline %s\ndata %d\n%s\n".formatted(file, content.length(), content));
        }
        return commits;
    }

    /** Lines of commits, one longer than are looked at one by one; forks, and merges of sides that changed other files. */
    private Path makeHistory() throws IOException {
        commit("main", null, PATHS.toArray(String[]::new));
        for (var round = 0; round < 4; round++) {
            var side = "side" + round;
            stream.append("reset refs/heads/%s\nfrom refs/heads/main\n\n".formatted(side));
            commit(side, null, "b", round % 2 == 0 ? "deep/d" : "b");
            var changed = commit(side, null);
            commit("main", null, round % 2 == 0 ? "a" : "deep/er/c");
            // A merge takes the side's files over, as they are.
            commit("main", side);
            stream.append("M 100644 inline b\ndata %d\n%s\n"
                    .formatted(("b " + (changed - 1)).length(), "b " + (changed - 1)));
            commit("main", null, "a");
        }
        for (var number = 0; number < 120; number++) {
            commit("main", null);
        }
        var file = folder.resolve("stream");
        Files.writeString(file, stream);
        return file;
    }

    @Test
    void agreesWithGitOnCommitsAndFilesInEveryOrder() throws IOException {
        var git = Git.in(folder);
        git.ok("init", "-q", "--bare", ".");
        git.program(List.of("sh", "-c", "git fast-import --quiet < '" + makeHistory() + "'"))
                .ok();
        var all = git.ok("rev-list", "main").lines().toList();
        var some = IntStream.range(0, all.size())
                .filter(number -> number % 40 == 0 || number > all.size() - 22)
                .mapToObj(all::get)
                .toList();
        var expected = new LinkedHashMap<List<String>, String>();
        for (var commit : some) {
            for (var path : PATHS) {
                expected.put(List.of(commit, path), git.ok("log", "-1", "--format=%H", commit, "--", path));
            }
        }
        assertThat(Set.copyOf(expected.values())).hasSizeGreaterThan(10);
        try (var repository = new FileRepositoryBuilder()
                        .setGitDir(folder.toFile())
                        .setBare()
                        .build();
                var reader = repository.newObjectReader();
                var walk = new RevWalk(reader)) {
            // The newest first finds nothing known; the oldest first, and all a second time, much.
            for (var order : List.of(some, some.reversed())) {
                var lastCommits = new LastCommits();
                for (var round = 0; round < 2; round++) {
                    for (var commit : order) {
                        for (var path : PATHS) {
                            var parsed = walk.parseCommit(ObjectId.fromString(commit));
                            assertThat(lastCommits.find(reader, parsed, path).name())
                                    .as(path + " at " + commit)
                                    .isEqualTo(expected.get(List.of(commit, path)));
                        }
                    }
                }
            }
        }
    }
}
