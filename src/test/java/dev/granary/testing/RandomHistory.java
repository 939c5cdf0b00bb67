package dev.granary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A history with forks, merges of every kind (also ones that take a side as it is, or change what both had), removed and
 * moved files, and clocks that go wrong; the same every time for a seed. It grows on {@code master}.
 */
public final class RandomHistory {
    private static final List<String> PATHS = List.of(
            "a", "b", "c.txt", "d1/a", "d1/b", "d1/c", "d1/d", "d2/a", "d2/deep/x", "d2/deep/y", "d2/z", "d3/only");

    private static final int MOST_HEADS = 3;

    private final Git git;
    private final Random random;
    private final List<Made> made = new ArrayList<>();

    private record Made(String id, TreeMap<String, String> files) {}

    /** Begins with nothing in a repository, which may be bare. */
    public RandomHistory(Git git, long seed) {
        this.git = git;
        this.random = new Random(seed);
    }

    /** The ids of the commits, in the order in which they were made. */
    public List<String> commits() {
        return made.stream().map(Made::id).toList();
    }

    /** Adds commits; the last one, to which all lead, is where {@code master} is then. */
    public void add(int count) throws IOException {
        var stream = new StringBuilder();
        var known = made.size();
        var states = new ArrayList<>(made.stream().map(Made::files).toList());
        var heads = new ArrayList<Integer>();
        if (known > 0) {
            heads.add(known - 1);
        }
        for (var number = 0; number < count; number++) {
            var index = known + number;
            var last = number == count - 1;
            var parents = parents(heads, last);
            var files = files(parents, states, index);
            stream.append("commit refs/heads/master\nmark :%d\nauthor T <t@example.com> %d +0000\n"
                    .formatted(index + 1, 1_700_000_000 + index));
            stream.append("committer T <t@example.com> %d +0000\ndata 1\nx\n"
                    .formatted(1_700_000_000 + index * 60L + random.nextInt(200)));
            for (var place = 0; place < parents.size(); place++) {
                var parent = parents.get(place);
                stream.append(place == 0 ? "from " : "merge ")
                        .append(parent < known ? made.get(parent).id() : ":" + (parent + 1))
                        .append('\n');
            }
            stream.append("deleteall\n");
            files.forEach((path, text) -> stream.append("M %s inline %s\ndata %d\n%s\n"
                    .formatted(text.endsWith("!") ? "100755" : "100644", path, text.length(), text)));
            states.add(files);
            // Now and then a parent stays a head, so that the history forks.
            if (last || heads.size() > MOST_HEADS || random.nextInt(3) > 0) {
                heads.removeAll(parents);
            }
            heads.add(index);
        }
        run(stream, known, states);
    }

    private List<Integer> parents(List<Integer> heads, boolean last) {
        if (last) {
            return List.copyOf(heads.reversed());
        }
        if (heads.size() > 1 && random.nextInt(4) == 0) {
            var first = heads.get(random.nextInt(heads.size()));
            var second = heads.get(random.nextInt(heads.size()));
            return first.equals(second) ? List.of(first) : List.of(first, second);
        }
        return heads.isEmpty() ? List.of() : List.of(heads.get(random.nextInt(heads.size())));
    }

    /** Each file as a parent has it, then some changed. */
    private TreeMap<String, String> files(List<Integer> parents, List<TreeMap<String, String>> states, int index) {
        var files = new TreeMap<String, String>();
        for (var path : PATHS) {
            if (!parents.isEmpty()) {
                var from =
                        states.get(parents.get(random.nextInt(parents.size()))).get(path);
                if (from != null) {
                    files.put(path, from);
                }
            }
        }
        for (var change = random.nextInt(3); change > 0; change--) {
            var path = PATHS.get(random.nextInt(PATHS.size()));
            switch (random.nextInt(6)) {
                case 0 -> files.remove(path);
                case 1 -> files.put(path, files.getOrDefault(path, "new") + "!");
                default -> files.put(path, "text " + random.nextInt(index < 20 ? 5 : 1000));
            }
        }
        files.put("kept", "always");
        return files;
    }

    private void run(StringBuilder stream, int known, List<TreeMap<String, String>> states) throws IOException {
        var input = Files.createTempFile("history", "");
        var marks = Files.createTempFile("marks", "");
        try {
            Files.writeString(input, stream, StandardCharsets.UTF_8);
            git.program(List.of("sh", "-c", "git fast-import --quiet --force --export-marks=" + marks + " < " + input))
                    .ok();
            var ids = new TreeMap<Integer, String>();
            for (var line : Files.readAllLines(marks)) {
                ids.put(Integer.parseInt(line.substring(1, line.indexOf(' '))), line.substring(line.indexOf(' ') + 1));
            }
            ids.forEach((mark, id) -> made.add(new Made(id, states.get(mark - 1))));
            git.ok("update-ref", "refs/heads/master", made.getLast().id());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.deleteIfExists(input);
            Files.deleteIfExists(marks);
        }
        if (made.size() != states.size() || known > made.size()) {
            throw new IOException("Not all commits were made");
        }
    }
}
