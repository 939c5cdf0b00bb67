package dev.granary.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.merging.Conflict.Kind;
import dev.granary.merging.MergeResult.Conflicting;
import dev.granary.merging.MergeResult.Made;
import dev.granary.merging.MergeResult.Nothing;
import dev.granary.testing.Git;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergesTest {
    private static final String ONE = "commit:1111111111111111111111111111111111111111";
    private static final String TWO = "commit:2222222222222222222222222222222222222222";
    private static final String THREE = "commit:3333333333333333333333333333333333333333";

    @TempDir
    private Path folder;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> "line " + number + "\n")
                .collect(Collectors.joining());
    }

    private MergeResult merge(ObjectId into, ObjectId from) {
        return scene.merges().merge(scene.git(), into, from, Scene.ORDER);
    }

    @Test
    void whatItMakesIsCompleteAndSound() throws IOException {
        var base = scene.commit(Map.of("deep/er/a", lines(1, 20), "kept/b", "b\n"));
        var ours = scene.commit(Map.of("deep/er/a", "first\n" + lines(1, 20), "kept/b", "b\n"), base);
        var theirs = scene.commit(Map.of("elsewhere", lines(1, 20) + "last\n", "kept/b", "b\n"), base);
        var merged = scene.stored(merge(ours, theirs));
        assertThat(scene.files(merged))
                .isEqualTo(Map.of("elsewhere", "first\n" + lines(1, 20) + "last\n", "kept/b", "b\n"));
        assertThat(merged.getParents()).extracting(ObjectId::toObjectId).containsExactly(ours, theirs);
        assertThat(merged.getFullMessage()).isEqualTo("merged");
        assertThat(merged.getAuthorIdent().getName()).isEqualTo("Tester");
        var git = Git.in(folder);
        git.ok("update-ref", "refs/heads/merged", merged.name());
        git.ok("fsck", "--full", "--strict");
    }

    @Test
    void makesOnlyWhatIsNeeded() throws IOException {
        var base = scene.commit(Map.of("a/b/c", "1\n", "d", "1\n"));
        var theirs = scene.commit(Map.of("a/b/c", "2\n", "d", "1\n"), base);
        assertThat(merge(base, theirs))
                .isInstanceOfSatisfying(
                        Made.class,
                        made -> assertThat(made.objects())
                                .singleElement()
                                .extracting(MergeResult.MadeObject::id)
                                .isEqualTo(made.commit()));
        assertThat(scene.merges().isFastForward(scene.git(), base, theirs)).isTrue();
        assertThat(scene.merges().isFastForward(scene.git(), theirs, base)).isFalse();
        assertThat(scene.merges().base(scene.git(), theirs, base)).contains(base);
        assertThat(scene.merges().squash(scene.git(), theirs, base, Scene.ORDER))
                .isInstanceOf(Nothing.class);
    }

    @Test
    void refusesHistoriesThatHaveNothingInCommon() throws IOException {
        var one = scene.commit(Map.of("a", "1\n"));
        var other = scene.commit(Map.of("b", "1\n"));
        assertThatThrownBy(() -> merge(one, other))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.UNRELATED_HISTORIES));
        assertThat(scene.merges().base(scene.git(), one, other)).isEmpty();
    }

    @Test
    void foldersDeeperThanAnybodyHasAreTooMuch() throws IOException {
        var path = "d/".repeat(600) + "f";
        var base = scene.commit(Map.of(path, "1\n", "a", "1\n"));
        var ours = scene.commit(Map.of(path, "2\n", "a", "1\n"), base);
        var theirs = scene.commit(Map.of(path, "1\n", "a", "2\n"), base);
        assertThat(merge(ours, theirs)).isInstanceOf(Made.class);
        var both = scene.commit(Map.of(path, "3\n", "a", "2\n"), base);
        assertThatThrownBy(() -> merge(ours, both))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.MERGE_TOO_LARGE));
    }

    @Test
    void saysWhyEachPathIsInConflict() throws IOException {
        var base = scene.commit(Map.ofEntries(
                Map.entry("content", lines(1, 9)),
                Map.entry("deleted", "1\n"),
                Map.entry("binary", "1\0"),
                Map.entry("type", "1\n"),
                Map.entry("module", ONE),
                Map.entry("old name", lines(20, 40)),
                Map.entry("clean", lines(1, 9))));
        var ours = scene.commit(
                Map.ofEntries(
                        Map.entry("content", "ours\n" + lines(2, 9)),
                        Map.entry("deleted", "2\n"),
                        Map.entry("binary", "2\0"),
                        Map.entry("type", "link:1"),
                        Map.entry("module", TWO),
                        Map.entry("one name", lines(20, 40)),
                        Map.entry("added", "ours\n"),
                        Map.entry("place", "file\n"),
                        Map.entry("clean", "0\n" + lines(1, 9))),
                base);
        var theirs = scene.commit(
                Map.ofEntries(
                        Map.entry("content", "theirs\n" + lines(2, 9)),
                        Map.entry("binary", "3\0"),
                        Map.entry("type", "2\n"),
                        Map.entry("module", THREE),
                        Map.entry("other name", lines(20, 40)),
                        Map.entry("added", "theirs\n"),
                        Map.entry("place/inside", "file\n"),
                        Map.entry("clean", lines(1, 9) + "10\n")),
                base);
        var conflicts = scene.merges().conflicts(scene.git(), ours, theirs);
        assertThat(conflicts.stream().collect(Collectors.toMap(Conflict::path, Conflict::kind)))
                .isEqualTo(Map.of(
                        "content", Kind.CONTENT,
                        "deleted", Kind.MODIFY_DELETE,
                        "binary", Kind.BINARY,
                        "type", Kind.MODE,
                        "module", Kind.SUBMODULE,
                        "one name", Kind.RENAME,
                        "added", Kind.ADD_ADD,
                        "place", Kind.FILE_FOLDER));
        assertThat(merge(ours, theirs)).isEqualTo(new Conflicting(conflicts, null));
        assertThatThrownBy(() -> scene.merges()
                        .resolve(scene.git(), ours, theirs, List.of(Resolution.ours("content")), Scene.ORDER))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICTS_LEFT));
        var tooMany = conflicts.stream()
                .map(conflict -> Resolution.ours(conflict.path()))
                .collect(Collectors.toCollection(ArrayList::new));
        tooMany.add(Resolution.ours("clean"));
        assertThatThrownBy(() -> scene.merges().resolve(scene.git(), ours, theirs, tooMany, Scene.ORDER))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NO_SUCH_CONFLICT));
        var resolved = scene.stored(scene.merges()
                .resolve(
                        scene.git(),
                        ours,
                        theirs,
                        List.of(
                                Resolution.content("content", "both\n".getBytes(StandardCharsets.UTF_8)),
                                Resolution.theirs("deleted"),
                                Resolution.theirs("binary"),
                                Resolution.ours("type"),
                                Resolution.theirs("module"),
                                Resolution.ours("one name"),
                                Resolution.theirs("added"),
                                Resolution.theirs("place")),
                        Scene.ORDER));
        assertThat(scene.files(resolved))
                .isEqualTo(Map.of(
                        "content", "both\n",
                        "binary", "3\0",
                        "type", "link:1",
                        "module", THREE,
                        "one name", lines(20, 40),
                        "added", "theirs\n",
                        "place/inside", "file\n",
                        "clean", "0\n" + lines(1, 9) + "10\n"));
    }

    @Test
    void showsAConflictWithItsMarkers() throws IOException {
        var base = scene.commit(Map.of("a", "the first\r\nthe second\r\n3"));
        var ours = scene.commit(Map.of("a", "the first\r\nthe second\r\nours"), base);
        var theirs = scene.commit(Map.of("moved", "the first\r\nthe second\r\ntheirs"), base);
        var conflict = scene.merges()
                .conflictTexts(scene.git(), ours, theirs, List.of("b", "moved"), "main", "topic", text -> text)
                .getFirst();
        assertThat(new String(conflict.merged(), StandardCharsets.UTF_8))
                .isEqualTo("the first\r\nthe second\r\n<<<<<<< main\r\nours\r\n=======\r\ntheirs\r\n>>>>>>> topic\r\n");
        assertThat(new String(conflict.base(), StandardCharsets.UTF_8)).isEqualTo("the first\r\nthe second\r\n3");
        assertThat(conflict.conflict().base()).extracting(Conflict.Side::path).isEqualTo("a");
        assertThat(conflict.stretches()).hasSize(2);
        assertThat(new String(conflict.decided(_ -> false), StandardCharsets.UTF_8))
                .isEqualTo("the first\r\nthe second\r\ntheirs");
    }

    @Test
    void rebasesCommitByCommit() throws IOException {
        var base = scene.commit(Map.of("a", lines(1, 9), "b", "1\n"));
        var target = scene.commit(Map.of("a", "0\n" + lines(1, 9), "b", "2\n"), base);
        var first = scene.commit("first", Map.of("a", lines(1, 9) + "10\n", "b", "1\n"), base);
        var same = scene.commit("same as the target", Map.of("a", lines(1, 9) + "10\n", "b", "2\n"), first);
        var side = scene.commit("side", Map.of("a", lines(1, 9), "b", "1\n", "c", "1\n"), base);
        var merge = scene.commit("merge", Map.of("a", lines(1, 9) + "10\n", "b", "2\n", "c", "1\n"), same, side);
        var result = scene.merges().rebase(scene.git(), target, merge, Scene.TESTER);
        var last = scene.stored(result);
        assertThat(scene.files(last)).isEqualTo(Map.of("a", "0\n" + lines(1, 9) + "10\n", "b", "2\n", "c", "1\n"));
        var log = Git.in(folder).ok("log", "--format=%s %an %cn", target.name() + ".." + last.name());
        assertThat(log.lines()).containsExactlyInAnyOrder("first Author Tester", "side Author Tester");
        var again = scene.merges().rebase(scene.git(), target, last, Scene.TESTER);
        assertThat(again).isEqualTo(new Made(last.copy(), last.getTree(), List.of()));
        assertThat(scene.merges().rebase(scene.git(), last, target, Scene.TESTER))
                .isInstanceOf(Nothing.class);
    }

    @Test
    void aRebaseNamesTheCommitItStopsAt() throws IOException {
        var base = scene.commit(Map.of("a", "1\n"));
        var target = scene.commit(Map.of("a", "2\n"), base);
        var fine = scene.commit(Map.of("a", "1\n", "b", "1\n"), base);
        var bad = scene.commit(Map.of("a", "3\n", "b", "1\n"), fine);
        assertThat(scene.merges().rebase(scene.git(), target, bad, Scene.TESTER))
                .isInstanceOfSatisfying(Conflicting.class, conflicting -> {
                    assertThat(conflicting.stoppedAt()).isEqualTo(bad);
                    assertThat(conflicting.conflicts())
                            .extracting(Conflict::path)
                            .containsExactly("a");
                });
    }

    @Test
    void picksAndRevertsAgainstTheMainlineOfAMerge() throws IOException {
        var base = scene.commit(Map.of("a", "1\n"));
        var main = scene.commit(Map.of("a", "1\n", "main", "1\n"), base);
        var side = scene.commit(Map.of("a", "1\n", "side", "1\n"), base);
        var merge = scene.commit(Map.of("a", "1\n", "main", "1\n", "side", "1\n"), main, side);
        var target = scene.commit(Map.of("a", "1\n", "other", "1\n"), base);
        var picked = scene.stored(scene.merges().cherryPick(scene.git(), target, merge, 1, Scene.ORDER));
        assertThat(scene.files(picked)).containsOnlyKeys("a", "other", "side");
        assertThat(picked.getAuthorIdent().getName()).isEqualTo("Author");
        var second = scene.stored(scene.merges().cherryPick(scene.git(), target, merge, 2, Scene.ORDER));
        assertThat(scene.files(second)).containsOnlyKeys("a", "other", "main");
        var reverted = scene.stored(scene.merges().revert(scene.git(), merge, merge, 1, Scene.ORDER));
        assertThat(scene.files(reverted)).containsOnlyKeys("a", "main");
        assertThat(scene.merges().revert(scene.git(), reverted, merge, 1, Scene.ORDER))
                .isInstanceOf(Nothing.class);
        assertThatThrownBy(() -> scene.merges().cherryPick(scene.git(), target, merge, 3, Scene.ORDER))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_PARAMETER));
    }
}
