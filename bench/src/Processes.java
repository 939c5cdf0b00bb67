import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says about processes. */
final class Processes {
    private static final double TICKS_A_SECOND = 100;

    private Processes() {}

    /** The processor seconds of a process. */
    static double cpuSeconds(long process) {
        try {
            var text = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
            // The name, in parentheses, may hold spaces; the state is the first field after it.
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
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
