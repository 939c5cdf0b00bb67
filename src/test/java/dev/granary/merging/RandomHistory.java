package dev.granary.merging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Two branches with everything that makes merging hard, as a stream for fast-import. */
final class RandomHistory {
    private static final List<String> NAMES = List.of("a", "b", "c.txt", "d", "e");
    private static final List<String> FOLDERS = List.of("", "x/", "y/", "x/deep/", "a/");

    private final Random random;
    private final String name;
    private final Marks marks;
    private final ByteArrayOutputStream stream;
    private int lines;

    /** The marks of a stream, which several histories share. */
    static final class Marks {
        private int last;
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record File(String mode, byte[] content) {}

    private static final class Branch {
        private final String name;
        private Map<String, File> files;
        private final List<Integer> commits = new ArrayList<>();

        private Branch(String name, Map<String, File> files) {
            this.name = name;
            this.files = files;
        }
    }

    RandomHistory(long seed, String name, Marks marks, ByteArrayOutputStream stream) {
        this.random = new Random(seed * 7919 + 1);
        this.name = name;
        this.marks = marks;
        this.stream = stream;
    }

    /** Writes branches {@code <name>-ours} and {@code <name>-theirs}. */
    void write() {
        var start = new Branch("ours", new TreeMap<>());
        for (var number = 3 + random.nextInt(6); number > 0; number--) {
            add(start.files);
        }
        commit(start);
        var ours = start;
        var theirs = new Branch("theirs", new TreeMap<>(start.files));
        theirs.commits.addAll(ours.commits);
        var crossing = random.nextInt(4) == 0;
        for (var round = 1 + random.nextInt(3); round > 0; round--) {
            for (var branch : List.of(ours, theirs)) {
                for (var number = random.nextInt(3); number > 0; number--) {
                    change(branch.files);
                    if (random.nextInt(3) > 0) {
                        change(branch.files);
                    }
                    commit(branch);
                }
            }
            if (crossing) {
                cross(ours, theirs);
            }
        }
    }

    /** Each takes some files of the other, and both know each other's last commit. */
    private void cross(Branch ours, Branch theirs) {
        var left = ours.commits.getLast();
        var right = theirs.commits.getLast();
        var oursBefore = new TreeMap<>(ours.files);
        mix(ours, theirs.files);
        commit(ours, right, ours.commits.getFirst());
        mix(theirs, oursBefore);
        commit(theirs, left);
    }

    private void mix(Branch branch, Map<String, File> others) {
        var mixed = new TreeMap<String, File>();
        branch.files.forEach((path, file) -> {
            if (others.containsKey(path) || random.nextBoolean()) {
                mixed.put(path, random.nextBoolean() ? file : others.getOrDefault(path, file));
            }
        });
        branch.files = mixed;
        others.forEach((path, file) -> {
            if (random.nextBoolean()) {
                put(branch.files, path, branch.files.getOrDefault(path, file));
            }
        });
    }

    private String path() {
        return FOLDERS.get(random.nextInt(FOLDERS.size())) + NAMES.get(random.nextInt(NAMES.size()));
    }

    private static void put(Map<String, File> files, String path, File file) {
        files.keySet().removeIf(other -> other.startsWith(path + "/") || path.startsWith(other + "/"));
        files.put(path, file);
    }

    private void add(Map<String, File> files) {
        put(files, path(), fresh());
    }

    private File fresh() {
        return switch (random.nextInt(16)) {
            case 0 -> new File("120000", ("to" + random.nextInt(5)).getBytes(StandardCharsets.UTF_8));
            case 1 ->
                new File("160000", "%040d".formatted(random.nextInt(9) + 1).getBytes(StandardCharsets.UTF_8));
            case 2 -> new File("100644", new byte[] {1, 0, (byte) random.nextInt(5)});
            case 3 -> new File("100644", new byte[0]);
            case 4 -> new File("100755", text(random.nextInt(25), "\r\n"));
            default -> new File(random.nextInt(6) == 0 ? "100755" : "100644", text(3 + random.nextInt(25), "\n"));
        };
    }

    private byte[] text(int count, String end) {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++) {
            text.append(line()).append(end);
        }
        if (random.nextInt(10) == 0) {
            text.append("no end");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String line() {
        return random.nextInt(6) == 0 ? "}" : "line " + name + " " + lines++;
    }

    private void change(Map<String, File> files) {
        if (files.isEmpty()) {
            add(files);
            return;
        }
        var path = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
        var file = Objects.requireNonNull(files.get(path));
        switch (random.nextInt(14)) {
            case 0 -> add(files);
            case 1 -> files.remove(path);
            case 2, 3 -> {
                files.remove(path);
                put(files, path(), file);
            }
            case 4, 5 -> {
                files.remove(path);
                put(files, path(), edited(file));
            }
            case 6 -> put(files, path, mode(file));
            case 7 -> put(files, path, fresh());
            default -> put(files, path, edited(file));
        }
    }

    private static File mode(File file) {
        return switch (file.mode()) {
            case "100644" -> new File("100755", file.content());
            case "100755" -> new File("100644", file.content());
            default -> file;
        };
    }

    private File edited(File file) {
        if (!file.mode().startsWith("100") || file.content().length > 1 && file.content()[1] == 0) {
            return fresh();
        }
        var text = new String(file.content(), StandardCharsets.ISO_8859_1);
        var end = text.contains("\r\n") ? "\r\n" : "\n";
        var content = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
        for (var number = 1 + random.nextInt(3); number > 0; number--) {
            var at = random.nextInt(content.size());
            switch (random.nextInt(4)) {
                case 0 -> content.add(at, line() + end);
                case 1 ->
                    content.subList(at, Math.min(content.size(), at + 1 + random.nextInt(2)))
                            .clear();
                default -> content.set(at, line() + end);
            }
            if (content.isEmpty()) {
                content.add(line() + end);
            }
        }
        return new File(file.mode(), String.join("", content).getBytes(StandardCharsets.ISO_8859_1));
    }

    private void commit(Branch branch, int... merged) {
        marks.last++;
        print("commit refs/heads/%s-%s\nmark :%d\n".formatted(name, branch.name, marks.last));
        print("author A <a@example.com> %d +0000\n".formatted(1_600_000_000 + marks.last));
        print("committer T <t@example.com> %d +0000\ndata 1\nx\n".formatted(1_700_000_000 + marks.last));
        if (!branch.commits.isEmpty()) {
            print("from :%d\n".formatted(branch.commits.getLast()));
        }
        for (var parent : merged) {
            if (parent != branch.commits.getLast()) {
                print("merge :%d\n".formatted(parent));
            }
        }
        print("deleteall\n");
        branch.files.forEach((path, file) -> {
            if (file.mode().equals("160000")) {
                print("M 160000 %s %s\n".formatted(new String(file.content(), StandardCharsets.UTF_8), path));
            } else {
                print("M %s inline %s\ndata %d\n".formatted(file.mode(), path, file.content().length));
                stream.writeBytes(file.content());
                print("\n");
            }
        });
        print("\n");
        branch.commits.add(marks.last);
        if (branch.commits.size() == 1 && "ours".equals(branch.name)) {
            print("reset refs/heads/%s-theirs\nfrom :%d\n\n".formatted(name, marks.last));
        }
    }

    private void print(String text) {
        stream.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
