package dev.granary.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.junit.jupiter.api.Test;

/** Texts read beside others are what they are when read alone, and differ as JGit says they do. */
class FileTextTest {
    private static final List<String> LINES =
            List.of("", "a", "b", "a line", "another line", "x\r", "long ".repeat(20));

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private String text(List<String> lines) {
        return String.join("\n", lines) + (random.nextInt(4) == 0 || lines.isEmpty() ? "" : "\n");
    }

    private List<String> changed(List<String> lines) {
        var next = new ArrayList<>(lines);
        for (var change = random.nextInt(4); change > 0; change--) {
            var at = random.nextInt(next.size() + 1);
            if (random.nextBoolean() && at < next.size()) {
                next.remove(at);
            } else {
                next.add(at, LINES.get(random.nextInt(LINES.size())));
            }
        }
        return next;
    }

    @Test
    void readsAndComparesAsJGitDoes() {
        for (var round = 0; round < 500; round++) {
            List<String> lines = new ArrayList<>();
            var before = text(lines);
            var near = FileText.of(before.getBytes(UTF_8), null);
            for (var version = 0; version < 10; version++) {
                lines = random.nextInt(20) == 0 ? List.of() : changed(lines);
                var after = text(lines);
                var next = FileText.of(after.getBytes(UTF_8), near);
                var alone = new RawText(after.getBytes(UTF_8));
                var about = "seed " + seed + ", from <" + before + "> to <" + after + ">";
                assertThat(next.size()).as(about).isEqualTo(alone.size());
                for (var line = 0; line < alone.size(); line++) {
                    assertThat(next.getString(line)).as(about).isEqualTo(alone.getString(line));
                }
                assertThat(new HistogramDiff().diff(FileText.LINES, near, next))
                        .as(about)
                        .isEqualTo(new HistogramDiff()
                                .diff(RawTextComparator.DEFAULT, new RawText(before.getBytes(UTF_8)), alone));
                near = next;
                before = after;
            }
        }
    }
}
