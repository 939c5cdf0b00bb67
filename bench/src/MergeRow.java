import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Merge requests: merges in a tree of 50,000 files with a long history, and a request that changes a million lines. */
final class MergeRow implements Row {
    private static final String NAME = "requests";
    private static final int FOLDERS = 500;
    private static final int FILES_EACH = 100;
    private static final int COMMITS = 20_000;
    private static final int LARGE_FILES = 5_000;
    private static final int LINES = 200;
    private static final int MERGES = 30;
    private static final int WARM_UP = 10;
    private static final int CHANGED_EACH = 40;
    private static final int READS = 10;
    private static final Pattern IID = Pattern.compile("\"iid\":([0-9]+)");

    @Override
    public String name() {
        return "merge";
    }

    @Override
    public List<String> needs() {
        return List.of(Histories.SMALL);
    }

    @Override
    public void measure(Runs runs) {
        var bare = runs.folder().resolve("requests.git");
        Commands.git(runs.folder(), "init", "-q", "--bare", "-b", "master", bare.toString());
        Commands.run(bare, List.of("git", "fast-import", "--quiet"), out -> {
            try (var buffered = new BufferedOutputStream(out, 1 << 20)) {
                write(buffered);
            }
        });
        Seeds.push(runs.granary(), NAME, bare);
        var id = runs.granary().repositoryId(NAME);
        merges(runs, id);
        large(runs, id);
    }

    private void merges(Runs runs, long id) {
        var branches = new ArrayList<Long>();
        for (int number = 0; number < WARM_UP + MERGES; number++) {
            commit(runs.granary(), id, number);
            branches.add(request(runs.granary(), id, "work/" + number));
        }
        var samples = new ArrayList<Sample>();
        for (int number = 0; number < branches.size(); number++) {
            // The target goes on in between: nothing is known of the merge before.
            touch(runs.granary(), id, number);
            var path = "/v4/repositories/" + id + "/merge-requests/" + branches.get(number) + "/merge";
            var sample = timed(runs.granary(), () -> runs.granary().api("PUT", path, "{\"squash\": false}"));
            if (number >= WARM_UP) {
                samples.add(sample);
            }
        }
        runs.add(figure(
                "merge of " + CHANGED_EACH + " files in " + FOLDERS * FILES_EACH + " and " + COMMITS + " commits",
                samples,
                Goal.under(1000)));
    }

    private void large(Runs runs, long id) {
        var iid = request(runs.granary(), id, "large");
        var path = "/v4/repositories/" + id + "/merge-requests/" + iid;
        read(runs, "first answer about " + LARGE_FILES + " files, 1,000,000 lines", path, 1);
        read(runs, "their first 100 with counted lines", path + "/changes?limit=100", READS);
        read(runs, "their first 100 as a tree", path + "/changes-trees?limit=100", READS);
        read(runs, "all of them without their lines", whole(id, iid), READS);
        read(runs, "whether it can be merged", path + "/mergeable-state-out", READS);
    }

    private static String whole(long id, long iid) {
        return "/v2/repositories/" + id + "/merge-requests/" + iid + "/changes-trees?view=simple";
    }

    private void read(Runs runs, String what, String path, int times) {
        var samples = new ArrayList<Sample>();
        for (int number = 0; number < times; number++) {
            samples.add(timed(runs.granary(), () -> runs.granary().api("GET", path, "")));
        }
        runs.add(figure(what, samples, Goal.under(1000)));
    }

    private static Sample timed(Granary granary, Supplier<String> request) {
        var cpu = granary.cpuSeconds();
        var began = System.nanoTime();
        request.get();
        return new Sample((System.nanoTime() - began) / 1e6, (granary.cpuSeconds() - cpu) * 1000);
    }

    private Figure figure(String what, List<Sample> samples, Goal goal) {
        return new Figure(name(), what, "ms", false, samples, List.of(), goal, "");
    }

    private static String path(int file) {
        return "folder%03d/file%02d.txt".formatted(file / FILES_EACH, file % FILES_EACH);
    }

    /** Commits changes of files that no other request changes to a branch of its own. */
    private static void commit(Granary granary, long id, int number) {
        var actions = new ArrayList<String>();
        for (int file = 0; file < CHANGED_EACH; file++) {
            actions.add("""
                {"action": "update", "file_path": "%s", "content": "changed %d"}\
                """.formatted(path(number * CHANGED_EACH + file), number));
        }
        granary.api("POST", "/v2/projects/" + id + "/repository/commits", """
            {"branch": "work/%d", "start_branch": "master", "commit_message": "Work", "actions": [%s]}\
            """.formatted(
                        number, String.join(", ", actions)));
    }

    private static void touch(Granary granary, long id, int number) {
        granary.api("POST", "/v2/projects/" + id + "/repository/commits", """
            {"branch": "master", "commit_message": "Beside", "actions":
              [{"action": "update", "file_path": "%s", "content": "beside %d"}]}\
            """.formatted(
                        path(FOLDERS * FILES_EACH - 1 - number), number));
    }

    /** Opens a merge request of a branch into {@code master}. */
    static long request(Granary granary, long id, String branch) {
        var made = granary.api("POST", "/v4/repositories/" + id + "/merge-requests", """
            {"title": "%s", "source_branch": "%<s", "target_branch": "master"}\
            """.formatted(branch));
        var number = IID.matcher(made);
        if (!number.find()) {
            throw new Failure("No number in " + made);
        }
        return Long.parseLong(number.group(1));
    }

    /** Many small files, a long history, and a branch where 5,000 files have other lines altogether. */
    private static void write(OutputStream out) throws IOException {
        print(out, head("master", 1));
        for (int file = 0; file < FOLDERS * FILES_EACH; file++) {
            inline(out, path(file), "file " + file + "\n");
        }
        for (int file = 0; file < LARGE_FILES; file++) {
            inline(out, large(file), lines("old", file));
        }
        for (int number = 2; number <= COMMITS; number++) {
            print(out, head("master", number));
            inline(out, path(number * 7919 % (FOLDERS * FILES_EACH)), "change " + number + "\n");
        }
        print(out, head("large", COMMITS + 1) + "from refs/heads/master\n");
        for (int file = 0; file < LARGE_FILES; file++) {
            inline(out, large(file), lines("new", file));
        }
    }

    private static String large(int file) {
        return "large%02d/file%02d.txt".formatted(file / FILES_EACH, file % FILES_EACH);
    }

    private static String lines(String word, int file) {
        var text = new StringBuilder();
        for (int line = 0; line < LINES / 2; line++) {
            text.append(word).append(' ').append(file).append(' ').append(line).append('\n');
        }
        return text.toString();
    }

    private static String head(String branch, int number) {
        return "commit refs/heads/%s\ncommitter Bench <bench@example.com> %d +0000\ndata 4\nWork\n"
                .formatted(branch, 1_300_000_000L + number * 60L);
    }

    private static void inline(OutputStream out, String path, String content) throws IOException {
        print(
                out,
                "M 100644 inline " + path + "\ndata " + content.getBytes(StandardCharsets.UTF_8).length + "\n" + content
                        + "\n");
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
