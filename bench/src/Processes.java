import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says about processes. */
final class Processes {
    private static final double TICKS_A_SECOND = 100;

    private Processes() {}

    /** The processor seconds of a process. */
    static double cpuSeconds(long process) {
        return ticks(process, 11) / TICKS_A_SECOND;
    }

    /** The processor seconds of the processes that this one started, once they have ended. */
    static double childrenCpuSeconds() {
        return ticks(ProcessHandle.current().pid(), 13) / TICKS_A_SECOND;
    }

    /** The sum of a field of the kernel's line about a process, counted after its name, and the next: user and system. */
    private static long ticks(long process, int field) {
        try {
            var text = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
            // The name, in parentheses, may hold spaces; the state is the first field after it.
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1]);
        } catch (IOException e) {
            throw new Failure("Process " + process + " has ended", e);
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
