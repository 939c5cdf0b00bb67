import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The processor time of processes and all they start, counted by a control group of their own: fcgiwrap does not wait for
 * the programs it starts, so their time is in nobody's sum when they end.
 */
final class ProcessorTime implements AutoCloseable {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    /** Null where control groups cannot be made: root may, others only where it was delegated to them. */
    private final Path group;

    ProcessorTime() {
        var old = Files.exists(GROUPS.resolve("cpuacct"));
        var path = GROUPS.resolve(old ? "cpuacct" : "")
                .resolve("granary-bench-" + ProcessHandle.current().pid());
        Path made = null;
        try {
            made = Files.createDirectory(path);
        } catch (IOException e) {
            System.err.println("No control group can be made (run as root): native processor time is not told");
        }
        group = made;
    }

    /** Makes a command begin by joining the group. */
    void join(List<String> command) {
        if (group != null) {
            command.addAll(0, List.of("/bin/sh", "-c", "echo $$ > " + group + "/cgroup.procs && exec \"$@\"", "sh"));
        }
    }

    /** Not a number where it cannot be known. */
    double seconds() {
        if (group == null) {
            return Double.NaN;
        }
        try {
            var nanos = group.resolve("cpuacct.usage");
            if (Files.exists(nanos)) {
                return Long.parseLong(Files.readString(nanos).strip()) / 1e9;
            }
            // The first line: usage_usec and the number.
            return Long.parseLong(Files.readAllLines(group.resolve("cpu.stat"))
                            .getFirst()
                            .split(" ")[1])
                    / 1e6;
        } catch (IOException e) {
            throw new Failure("Cannot read " + group, e);
        }
    }

    @Override
    public void close() {
        try {
            if (group != null) {
                Files.delete(group);
            }
        } catch (IOException e) {
            System.err.println("Left behind: " + group);
        }
    }
}
