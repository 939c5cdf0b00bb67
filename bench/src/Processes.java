import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the kernel says about processes. */
final class Processes {
    private static final double TICKS_A_SECOND = 100;

    private Processes() {}

    /** The fields of a process's {@code stat} that matter here; ticks with those of its children that have ended. */
    private record Stat(long parent, long ticks) {}

    /** The processor seconds of a process. */
    static double cpuSeconds(long process) {
        return stat(Path.of("/proc", Long.toString(process))).ticks() / TICKS_A_SECOND;
    }

    /** The processor seconds of processes and all their descendants, those that have ended too. */
    static double treeCpuSeconds(long... roots) {
        var children = new HashMap<Long, List<Long>>();
        var stats = new HashMap<Long, Stat>();
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var folder : folders) {
                var process = Long.parseLong(folder.getFileName().toString());
                var stat = stat(folder);
                stats.put(process, stat);
                children.computeIfAbsent(stat.parent(), _ -> new ArrayList<>()).add(process);
            }
        } catch (IOException e) {
            throw new Failure("Cannot read /proc", e);
        }
        return ticks(stats, children, roots) / TICKS_A_SECOND;
    }

    private static long ticks(Map<Long, Stat> stats, Map<Long, List<Long>> children, long... roots) {
        var open = new ArrayDeque<Long>();
        Arrays.stream(roots).forEach(open::add);
        long ticks = 0;
        while (!open.isEmpty()) {
            var process = open.remove();
            ticks += stats.getOrDefault(process, new Stat(0, 0)).ticks();
            open.addAll(children.getOrDefault(process, List.of()));
        }
        return ticks;
    }

    private static Stat stat(Path folder) {
        try {
            var text = Files.readString(folder.resolve("stat"));
            // The name, in parentheses, may hold spaces; state is the first field after it.
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = 11; field <= 14; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return new Stat(Long.parseLong(fields[1]), ticks);
        } catch (IOException e) {
            return new Stat(0, 0); // It has ended; what it took is now in its parent's sum.
        }
    }

    /** The resident memory of a process in MiB. */
    static double residentMebibytes(long process) {
        try {
            for (var line : Files.readAllLines(Path.of("/proc", Long.toString(process), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            // Said below.
        }
        throw new Failure("Process " + process + " has ended");
    }
}
