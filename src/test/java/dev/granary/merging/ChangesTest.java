package dev.granary.merging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.commits.LineStats;
import dev.granary.merging.ChangedFile.Status;
import dev.granary.testing.Git;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {
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

    private ChangeList between(ObjectId before, ObjectId after) {
        return scene.changes().between(scene.git(), before, after);
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> "line " + number + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void listsWhatChangedAndCountsItsLines() throws IOException {
        var before = scene.commit(Map.ofEntries(
                Map.entry("deleted", "1\n"),
                Map.entry("edited", lines(1, 20)),
                Map.entry("mode", "1\n"),
                Map.entry("old/name", lines(50, 90)),
                Map.entry("binary", "1\0"),
                Map.entry("becomes link", "1\n"),
                Map.entry("module", "commit:1111111111111111111111111111111111111111"),
                Map.entry("same", "1\n")));
        var after = scene.commit(
                Map.ofEntries(
                        Map.entry("added", "something else\nwithout end"),
                        Map.entry("edited", "0\n" + lines(2, 20)),
                        Map.entry("mode", "exec:1\n"),
                        Map.entry("new/name", lines(51, 90)),
                        Map.entry("binary", "2\0"),
                        Map.entry("becomes link", "link:1"),
                        Map.entry("module", "commit:2222222222222222222222222222222222222222"),
                        Map.entry("same", "1\n")),
                before);
        var list = between(before, after);
        assertThat(list.complete()).isTrue();
        assertThat(list.renamesComplete()).isTrue();
        assertThat(list.files().stream().map(file -> file.status() + " " + file.path()))
                .containsExactlyInAnyOrder(
                        "ADDED added",
                        "DELETED becomes link",
                        "ADDED becomes link",
                        "MODIFIED binary",
                        "DELETED deleted",
                        "MODIFIED edited",
                        "MODIFIED mode",
                        "MODIFIED module",
                        "RENAMED new/name");
        assertThat(list.find("becomes link"))
                .get()
                .extracting(ChangedFile::status)
                .isEqualTo(Status.ADDED);
        assertThat(list.findOld("old/name")).isEqualTo(list.find("new/name")).isPresent();
        assertThat(list.find("mode").orElseThrow().modeChanged()).isTrue();
        assertThat(list.find("module").orElseThrow().submodule()).isTrue();
        assertThat(counts(list))
                .containsEntry("edited", new LineCount(1, 1, false, false))
                .containsEntry("mode", new LineCount(0, 0, false, false))
                .containsEntry("new/name", new LineCount(0, 1, false, false))
                .containsEntry("binary", new LineCount(0, 0, true, false))
                .containsEntry("module", new LineCount(1, 1, false, false))
                .containsEntry("added", new LineCount(2, 0, false, false));
        assertThat(scene.changes().total(scene.git(), list.files())).isEqualTo(LineStats.of(5, 5));
    }

    @Test
    void theTreeOfChangesHasFoldersFirst() throws IOException {
        var before = scene.commit(Map.of("a", "1\n", "b/c/d", "1\n", "b/e", "1\n", "same/f", "1\n"));
        var after = scene.commit(Map.of("a", "2\n", "b/c/d", "2\n", "b/e", "2\n", "same/f", "1\n"), before);
        assertThat(described(ChangeTree.of(between(before, after).files())))
                .isEqualTo("1 b {2 c {3 b/c/d }2 b/e }1 a ");
    }

    private static String described(List<ChangeTree> items) {
        return items.stream()
                .map(item -> item.level() + " "
                        + (item.file() == null
                                ? item.name() + " {" + described(item.items()) + "}"
                                : item.path() + " "))
                .collect(Collectors.joining());
    }

    private Map<String, LineCount> counts(ChangeList list) {
        var counts = scene.changes().count(scene.git(), list.files(), Whitespace.KEEP);
        var byPath = new HashMap<String, LineCount>();
        for (var index = 0; index < counts.size(); index++) {
            byPath.put(list.files().get(index).path(), counts.get(index));
        }
        return byPath;
    }

    @Test
    void patchesAreAsGitWritesThem() throws IOException {
        var before = scene.commit(Map.of("a", lines(1, 60), "b", "1\r\n2\n3", "c", "1\n", "d", "x\n"));
        var after = scene.commit(
                Map.of(
                        "a", "0\n" + lines(1, 20) + "middle\n" + lines(23, 58),
                        "b", "1\n2\n3\n",
                        "c", "",
                        "e", "y\n"),
                before);
        var git = Git.in(folder);
        var list = between(before, after);
        assertThat(list.files()).hasSize(5);
        for (var file : list.files()) {
            for (var context : List.of(0, 3, 10, 100)) {
                var expected = git.run(
                                "diff",
                                "--no-renames",
                                "--histogram",
                                "--no-indent-heuristic",
                                "-U" + context,
                                before.name(),
                                after.name(),
                                "--",
                                file.path())
                        .ok()
                        .out()
                        .replaceAll("(?m)^(@@ .* @@).*$", "$1");
                var hunks = expected.substring(expected.indexOf("@@"));
                var patch = scene.changes().patch(scene.git(), file, new DiffOptions(Whitespace.KEEP, context, 10_000));
                assertThat(patch.text()).as(file.path() + " " + context).isEqualTo(hunks);
                assertThat(patch.truncated()).isFalse();
                var written = new ByteArrayOutputStream();
                var options = new DiffOptions(Whitespace.KEEP, context, 10_000);
                assertThat(scene.changes().write(scene.git(), file, options, written))
                        .isEqualTo(patch.count());
                assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(hunks);
            }
        }
    }

    @Test
    void whiteSpaceCountsAsItIsWanted() throws IOException {
        var before = scene.commit(Map.of("f", "a b\nc d\ne f\ng\n"));
        var after = scene.commit(Map.of("f", "a b  \nc   d\nef\nchanged\n"), before);
        var file = between(before, after).find("f").orElseThrow();
        var added = Map.of(
                Whitespace.KEEP, 4, Whitespace.IGNORE_AT_END, 3, Whitespace.IGNORE_CHANGE, 2, Whitespace.IGNORE_ALL, 1);
        added.forEach((whitespace, count) -> {
            var patch = scene.changes().patch(scene.git(), file, DiffOptions.single(whitespace));
            assertThat(patch.count().added()).as("%s", whitespace).isEqualTo(count);
            assertThat(scene.changes().count(scene.git(), List.of(file), whitespace))
                    .containsExactly(patch.count());
        });
    }

    @Test
    void largeFilesAndLongPatchesAreSaidToBe() throws IOException {
        var before = scene.commit(Map.of("large", "1\n", "long", "1\n", "lines", "1\n"));
        var after = scene.commit(
                Map.of("large", "1234567\n".repeat(800_000), "long", lines(1, 2000), "lines", "\n".repeat(100_001)),
                before);
        var list = between(before, after);
        for (var path : List.of("large", "lines")) {
            var patch = scene.changes()
                    .patch(scene.git(), list.find(path).orElseThrow(), DiffOptions.single(Whitespace.KEEP));
            assertThat(patch.count().tooLarge()).isTrue();
            assertThat(patch.hunks()).isEmpty();
        }
        var bounded = scene.changes()
                .patch(scene.git(), list.find("long").orElseThrow(), new DiffOptions(Whitespace.KEEP, 3, 1000));
        assertThat(bounded.truncated()).isTrue();
        assertThat(bounded.count().added()).isEqualTo(2000);
        assertThat(bounded.text().length()).isBetween(900, 1200);
    }

    @Test
    void manyFilesAreListedWithTheirRenames() throws IOException {
        var old = new HashMap<String, String>();
        var now = new HashMap<String, String>();
        for (var number = 0; number < 5000; number++) {
            old.put("f%d/%d".formatted(number % 50, number), "before " + number + "\n");
            now.put(
                    "f%d/%d%s".formatted(number % 50, number, number < 1000 ? "moved" : ""),
                    (number < 500 || number >= 1000 ? "after " : "before ") + number + "\n");
        }
        var before = scene.commit(old);
        var after = scene.commit(now, before);
        var list = between(before, after);
        assertThat(list.complete()).isTrue();
        assertThat(list.renamesComplete()).isFalse();
        assertThat(list.files()).hasSize(5500);
        assertThat(list.files().stream().filter(file -> file.status() == Status.RENAMED))
                .hasSize(500);
        assertThat(between(before, after)).isSameAs(list);
        assertThat(scene.changes().total(scene.git(), list.files())).isEqualTo(LineStats.of(4500, 4500));
    }
}
