package dev.granary.merging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.merging.Positions.Carried;
import dev.granary.merging.Positions.Place;
import dev.granary.merging.Positions.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionsTest {
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

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private Optional<Carried> carry(Version from, Version to, Position position) {
        return scene.positions().carry(scene.git(), from, to, List.of(position)).getFirst();
    }

    private Optional<Place> find(Version version, Position position) {
        return scene.positions().find(scene.git(), version, position);
    }

    private static Position at(int oldLine, int newLine) {
        return Position.line("f", "f", oldLine, newLine);
    }

    @Test
    void aPlaceIsInTheDifferenceOrItIsNone() throws IOException {
        var base = scene.commit(Map.of("f", text(numbers(1, 30)), "same", "1\n", "gone", "1\n2\n"));
        var changed = new ArrayList<>(numbers(1, 30));
        changed.set(9, "changed");
        var version = new Version(base, scene.commit(Map.of("f", text(changed), "same", "1\n", "new", "1\n"), base));
        assertThat(find(version, at(-1, 10))).get().satisfies(place -> {
            assertThat(place.position()).isEqualTo(at(0, 10));
            assertThat(place.hunk())
                    .extracting(Hunk::text)
                    .isEqualTo("@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+changed\n 11\n 12\n 13\n");
        });
        assertThat(find(version, at(10, -1))).get().extracting(Place::position).isEqualTo(at(10, 0));
        assertThat(find(version, at(13, 13))).get().extracting(Place::position).isEqualTo(at(13, 13));
        assertThat(find(version, at(0, 13))).get().extracting(Place::position).isEqualTo(at(13, 13));
        for (var outside : List.of(at(14, 14), at(-1, 14), at(-1, 31), at(31, -1), at(9, 10), at(12, 13))) {
            assertThat(find(version, outside)).as("%s", outside).isEmpty();
        }
        assertThat(find(version, Position.line("same", "same", -1, 1))).isEmpty();
        assertThat(find(version, Position.line("absent", "absent", -1, 1))).isEmpty();
        assertThat(find(version, Position.line("new", "new", -1, 1))).isPresent();
        assertThat(find(version, Position.line("gone", "gone", 2, -1))).isPresent();
        assertThat(find(version, Position.line("f", "f", 0, 0)))
                .get()
                .extracting(Place::hunk)
                .isNull();
        assertThat(find(version, new Position("f", "f", -1, 12, 6))).isPresent();
        assertThat(find(version, new Position("f", "f", -1, 12, 7))).isEmpty();
        assertThat(find(version, new Position("f", "f", -1, 12, 13))).isEmpty();
    }

    @Test
    void theHunkOfALargeChangeIsBounded() throws IOException {
        var base = scene.commit(Map.of("f", "0\n"));
        var version = new Version(base, scene.commit(Map.of("f", text(numbers(0, 5000))), base));
        assertThat(find(version, at(-1, 3000))).get().satisfies(place -> {
            var hunk = Objects.requireNonNull(place.hunk());
            assertThat(hunk.lines()).hasSize(60).anyMatch(line -> line.newLine() == 3000);
            assertThat(hunk.header()).isEqualTo("@@ -1,0 +2956,60 @@");
        });
    }

    @Test
    void followsRenamesAndWholeFiles() throws IOException {
        var base = scene.commit(Map.of("f", text(numbers(1, 30))));
        var first = new Version(base, scene.commit(Map.of("f", "0\n" + text(numbers(1, 30))), base));
        var renamed = new Version(base, scene.commit(Map.of("g", "zero\n0\n" + text(numbers(1, 30))), base));
        assertThat(carry(first, renamed, at(0, 1))).contains(new Carried(Position.line("f", "g", 0, 2), true));
        assertThat(carry(first, renamed, at(30, 31))).contains(new Carried(Position.line("f", "g", 30, 32), false));
        assertThat(carry(first, renamed, at(0, 0))).contains(new Carried(Position.line("f", "g", 0, 0), true));
        var gone = new Version(base, scene.commit(Map.of("other", "1\n"), base));
        assertThat(carry(first, gone, at(0, 1))).isEmpty();
        assertThat(carry(first, gone, at(0, 0))).isEmpty();
    }

    @Test
    void severalLinesStayTogetherOrAreOutdated() throws IOException {
        var base = scene.commit(Map.of("f", "x\n"));
        var first = new Version(base, scene.commit(Map.of("f", text(numbers(1, 20))), base));
        var shifted = new Version(base, scene.commit(Map.of("f", "0\n" + text(numbers(1, 20))), base));
        var lines = new Position("f", "f", 0, 10, 5);
        assertThat(carry(first, shifted, lines))
                .get()
                .extracting(Carried::position)
                .isEqualTo(new Position("f", "f", 0, 11, 5));
        var torn = new ArrayList<>(numbers(1, 20));
        torn.add(7, "between");
        var second = new Version(base, scene.commit(Map.of("f", text(torn)), base));
        assertThat(carry(first, second, lines)).isEmpty();
        assertThat(carry(first, second, new Position("f", "f", 0, 7, 7))).isPresent();
        assertThat(carry(first, second, new Position("f", "f", 0, 10, 3)))
                .get()
                .extracting(Carried::position)
                .isEqualTo(new Position("f", "f", 0, 11, 3));
    }

    /** Whatever is edited: a line is carried to a line with its text, in the order they were, or is outdated. */
    @Test
    void aCarriedLineHasTheSameText() throws IOException {
        var random = new Random(7);
        var carriedLines = 0;
        var outdated = 0;
        for (var round = 0; round < 150; round++) {
            var oldBase = lines(random);
            var newBase = random.nextInt(3) == 0 ? edited(random, oldBase) : oldBase;
            var oldHead = edited(random, oldBase);
            var newHead = edited(random, random.nextInt(4) == 0 ? edited(random, newBase) : oldHead);
            var from = version(oldBase, oldHead);
            var to = version(newBase, newHead);
            var positions = new ArrayList<Position>();
            for (var line = 1; line <= oldHead.size(); line++) {
                positions.add(at(0, line));
            }
            for (var line = 1; line <= oldBase.size(); line++) {
                positions.add(at(line, 0));
            }
            var carried = scene.positions().carry(scene.git(), from, to, positions);
            var last = new int[2];
            for (var index = 0; index < positions.size(); index++) {
                var was = positions.get(index);
                if (carried.get(index).isEmpty()) {
                    outdated++;
                    continue;
                }
                carriedLines++;
                var now = carried.get(index).get().position();
                var text = was.added() ? oldHead.get(was.newLine() - 1) : oldBase.get(was.oldLine() - 1);
                if (now.newLine() > 0) {
                    assertThat(newHead.get(now.newLine() - 1)).isEqualTo(text);
                }
                if (now.oldLine() > 0) {
                    assertThat(newBase.get(now.oldLine() - 1)).isEqualTo(text);
                }
                var line = was.added() ? now.newLine() : now.oldLine();
                var side = was.added() ? 0 : 1;
                assertThat(line).isGreaterThan(last[side]);
                last[side] = line;
                assertThat(find(to, now).isPresent())
                        .isEqualTo(carried.get(index).get().shown());
            }
            var unchanged = scene.positions().carry(scene.git(), from, from, positions);
            assertThat(unchanged).allMatch(Optional::isPresent);
        }
        assertThat(carriedLines).isGreaterThan(outdated);
        assertThat(outdated).isGreaterThan(100);
    }

    private Version version(List<String> base, List<String> head) throws IOException {
        ObjectId commit = scene.commit(Map.of("f", text(base)));
        return new Version(commit, scene.commit(Map.of("f", text(head)), commit));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> lines(Random random) {
        var lines = new ArrayList<String>();
        for (var count = 1 + random.nextInt(25); count > 0; count--) {
            lines.add(line(random));
        }
        return lines;
    }

    /** Some lines are there several times. */
    private static String line(Random random) {
        return random.nextInt(3) == 0 ? "}" : "line " + random.nextInt(40);
    }

    private static List<String> edited(Random random, List<String> lines) {
        var edited = new ArrayList<>(lines);
        for (var count = random.nextInt(4); count > 0; count--) {
            var at = random.nextInt(edited.size());
            switch (random.nextInt(3)) {
                case 0 -> edited.add(at, line(random));
                case 1 -> edited.set(at, line(random));
                default -> {
                    if (edited.size() > 1) {
                        edited.remove(at);
                    }
                }
            }
        }
        return edited;
    }
}
