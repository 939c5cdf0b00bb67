import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A repository as native git's commands read it, and what in it is worth asking about; the same every time. */
final class NativeHistory {
    private static final String BRANCH = "master";

    private final Path folder;

    NativeHistory(Path folder) {
        this.folder = folder;
    }

    private List<String> lines(String... arguments) {
        return Commands.git(folder, arguments).lines().toList();
    }

    /** The folders with so many entries, those with most first. */
    List<String> folders(int fewest, int most, int count) {
        var entries = new LinkedHashMap<String, Integer>();
        for (var path : lines("ls-tree", "-r", "-t", "--name-only", BRANCH)) {
            int slash = path.lastIndexOf('/');
            if (slash > 0) {
                entries.merge(path.substring(0, slash), 1, Integer::sum);
            }
        }
        return most(entries, fewest, most, count);
    }

    private static List<String> most(Map<String, Integer> counts, int fewest, int most, int count) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= fewest && entry.getValue() <= most)
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The files that most of the last so many commits changed. */
    List<String> files(int commits, int count) {
        var there = lines("ls-tree", "-r", "--name-only", BRANCH);
        var changes = new HashMap<String, Integer>();
        for (var path : lines("log", "-" + commits, "--no-merges", "--format=", "--name-only", BRANCH)) {
            changes.merge(path, 1, Integer::sum);
        }
        changes.keySet().retainAll(there);
        return most(changes, 1, Integer.MAX_VALUE, count);
    }

    /** Two commits each, the older one first, one after the other along the branch. */
    List<String> pairs(int apart, int count) {
        var line = lines("rev-list", "--first-parent", "-n", Integer.toString(apart * (count + 1)), BRANCH);
        var pairs = new ArrayList<String>();
        for (int newer = 0; newer + apart < line.size() && pairs.size() < count; newer += apart) {
            pairs.add(line.get(newer + apart) + " " + line.get(newer));
        }
        return pairs;
    }

    /** One by one, as there is no command for all of them. */
    void lastCommits(String path) {
        for (var name : lines("ls-tree", "--name-only", BRANCH, path + "/")) {
            Commands.git(folder, "log", "-1", "--format=raw", BRANCH, "--", name);
        }
    }

    void blame(String path) {
        Commands.git(folder, "blame", "--porcelain", BRANCH, "--", path);
    }

    /** The commits between, and the lines they changed. */
    void compare(String pair) {
        var range = pair.replace(" ", "..");
        Commands.git(folder, "rev-list", "--count", range);
        Commands.git(folder, "log", "-100", "--format=raw", range);
        Commands.git(folder, "diff", "--numstat", "-M", pair.replace(" ", "..."));
    }

    void archive(String pair) {
        Commands.bytes(
                folder, List.of("git", "archive", "--format=tar", pair.substring(pair.indexOf(' ') + 1)), _ -> {});
    }
}
