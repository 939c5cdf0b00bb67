import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A history for {@code git fast-import}, made from a seed. It has what real ones have: small edits to a few files at a
 * time, now and then a rewritten one, topic branches and merges, pictures that do not compress, annotated tags.
 */
final class HistoryStream {
    private static final long BEGINNING = 1_300_000_000;
    private static final int SECONDS_APART = 3_600;
    private static final int LINES = 150;
    private static final int PICTURES = 40;

    private final OutputStream out;
    private final Random random;
    private final String[] words = new String[4_000];
    private final List<String> paths = new ArrayList<>();
    private final Map<String, List<String>> files = new LinkedHashMap<>();
    private final List<Integer> mainline = new ArrayList<>();
    private int marks;
    private int commits;

    /** A tree of {@code modules × packages × classes} text files, two folders deep. */
    HistoryStream(OutputStream out, long seed, int modules, int packages, int classes) {
        this.out = out;
        random = new Random(seed);
        for (int i = 0; i < words.length; i++) {
            words[i] = word();
        }
        for (int module = 0; module < modules; module++) {
            for (int folder = 0; folder < packages; folder++) {
                for (int file = 0; file < classes; file++) {
                    var path = "module%02d/package%02d/File%02d.txt".formatted(module, folder, file);
                    paths.add(path);
                    files.put(path, lines(LINES / 2 + random.nextInt(LINES)));
                }
            }
        }
    }

    /** A commit's file: where it is and the mark of its content. */
    private record Entry(String path, int blob) {}

    /** Writes about so many commits on {@code master}, with so many other refs spread over them. */
    void write(int commitCount, int refCount) throws IOException {
        var first = new ArrayList<Entry>();
        first.add(new Entry("README.md", blob(text(lines(20)))));
        for (var path : paths) {
            first.add(new Entry(path, blob(text(files.get(path)))));
        }
        mainline.add(commit("master", 0, 0, first));
        while (commits < commitCount) {
            if (random.nextInt(12) == 0) {
                topic();
            } else {
                mainline.add(commit("master", mainline.getLast(), 0, edits()));
            }
        }
        refs(refCount);
    }

    /** A few commits beside the mainline, which goes on meanwhile, and their merge. */
    private void topic() throws IOException {
        int tip = mainline.getLast();
        var changed = new LinkedHashMap<String, Entry>();
        for (int count = 1 + random.nextInt(5); count > 0; count--) {
            var edits = edits();
            tip = commit("topic", tip, 0, edits);
            edits.forEach(entry -> changed.put(entry.path(), entry));
            if (random.nextBoolean()) {
                mainline.add(commit("master", mainline.getLast(), 0, edits()));
            }
        }
        mainline.add(commit("master", mainline.getLast(), tip, new ArrayList<>(changed.values())));
        print("reset refs/heads/topic\nfrom 0000000000000000000000000000000000000000\n\n");
    }

    private List<Entry> edits() throws IOException {
        var entries = new ArrayList<Entry>();
        for (int count = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1; count > 0; count--) {
            // Some files change far more often than others.
            var path = paths.get((int) (paths.size() * Math.pow(random.nextDouble(), 2)));
            edit(files.get(path));
            entries.add(new Entry(path, blob(text(files.get(path)))));
        }
        if (random.nextInt(60) == 0) {
            var picture = new byte[10_000 + random.nextInt(50_000)];
            random.nextBytes(picture);
            entries.add(new Entry("pictures/%02d.png".formatted(random.nextInt(PICTURES)), blob(picture)));
        }
        return entries;
    }

    private void edit(List<String> lines) {
        int size = random.nextInt(20) == 0 ? lines.size() / 2 : 2 + random.nextInt(12);
        int at = random.nextInt(Math.max(1, lines.size() - size));
        for (int i = 0; i < size && at < lines.size(); i++) {
            if (random.nextInt(4) == 0) {
                lines.remove(at);
            } else {
                lines.set(at++, line());
            }
        }
        while (lines.size() < LINES) {
            lines.add(random.nextInt(lines.size() + 1), line());
        }
    }

    private void refs(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int commit = mainline.get((int) ((long) i * mainline.size() / count));
            switch (i % 4) {
                case 0 -> print("reset refs/heads/work/item-%05d\nfrom :%d\n\n".formatted(i, commit));
                case 1 -> {
                    print("tag v%d.%d\nfrom :%d\ntagger %s\n".formatted(i / 100, i % 100, commit, person(i)));
                    data(("Version " + i + "\n").getBytes(StandardCharsets.UTF_8));
                }
                default -> print("reset refs/tags/build-%05d\nfrom :%d\n\n".formatted(i, commit));
            }
        }
    }

    private int blob(byte[] content) throws IOException {
        print("blob\nmark :" + ++marks + "\n");
        data(content);
        return marks;
    }

    private int commit(String branch, int parent, int merged, List<Entry> entries) throws IOException {
        var author = person(random.nextInt(300));
        print("commit refs/heads/" + branch + "\nmark :" + ++marks + "\nauthor " + author + "\ncommitter " + author
                + "\n");
        data((line().strip() + "\n\n" + String.join("\n", lines(2 + random.nextInt(8))) + "\n")
                .getBytes(StandardCharsets.UTF_8));
        if (parent != 0) {
            print("from :" + parent + "\n");
        }
        if (merged != 0) {
            print("merge :" + merged + "\n");
        }
        for (var entry : entries) {
            print("M 100644 :" + entry.blob() + " " + entry.path() + "\n");
        }
        print("\n");
        commits++;
        return marks;
    }

    private String person(int number) {
        return "Person %d <person%d@example.com> %d +0000"
                .formatted(number, number, BEGINNING + (long) commits * SECONDS_APART);
    }

    private void data(byte[] content) throws IOException {
        print("data " + content.length + "\n");
        out.write(content);
        print("\n");
    }

    private void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] text(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private List<String> lines(int count) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            lines.add(line());
        }
        return lines;
    }

    private String line() {
        var line = new StringBuilder(" ".repeat(4 * random.nextInt(4)));
        for (int count = 2 + random.nextInt(8); count > 0; count--) {
            line.append(words[(int) (words.length * Math.pow(random.nextDouble(), 2))])
                    .append(' ');
        }
        return line.toString();
    }

    private String word() {
        var word = new StringBuilder();
        for (int count = 2 + random.nextInt(8); count > 0; count--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
