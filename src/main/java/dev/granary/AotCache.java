package dev.granary;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The classes as the JVM last had them in memory, kept in a file beside the jar by the build (JEP 483, JEP 514). A jar
 * cannot name JVM options, so the program starts itself again with the one that names the cache: the same process, with
 * the same arguments, environment and open files. It halves the time of a start.
 */
final class AotCache {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final Path JAVA = Path.of("/proc/self/exe");

    /** A heap that shrinks again after a burst; the JVM keeps what it took once, up to a quarter of the machine. */
    private static final List<String> MODEST_HEAP = List.of(
            "-XX:G1PeriodicGCInterval=10000",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:GCTimeRatio=4");

    private AotCache() {}

    /**
     * Does not return where there is a cache and the command says nothing about one. Returns, and costs nothing, where
     * there is none, on systems without {@code /proc}, and when the program does not run from its jar.
     */
    static void relaunch() {
        var cache = besideTheJar();
        if (cache.isEmpty() || !Files.isReadable(COMMAND_LINE)) {
            return;
        }
        try {
            // The list ends with a separator.
            var command = new ArrayList<>(List.of(Files.readString(COMMAND_LINE).split("\0")));
            if (command.contains("-jar") && command.stream().noneMatch(argument -> argument.startsWith("-XX:AOT"))) {
                // Made for another jar or JDK, it is passed over without a word.
                if (command.stream().noneMatch(AotCache::isAboutTheHeap)) {
                    command.addAll(1, MODEST_HEAP);
                }
                command.addAll(1, List.of("-XX:AOTCache=" + cache.get(), "-Xlog:aot*=off"));
                execute(JAVA.toRealPath(), command);
            }
        } catch (IOException e) {
            // Started without the cache, only slower.
        }
    }

    private static boolean isAboutTheHeap(String argument) {
        return argument.startsWith("-Xm") || argument.startsWith("-XX:") && argument.matches(".*(GC|Heap|RAM).*");
    }

    private static Optional<Path> besideTheJar() {
        // Started with -jar, the class path is the jar alone.
        var jar = Path.of(System.getProperty("java.class.path"));
        return Optional.of(jar.resolveSibling("granary.aot"))
                .filter(cache -> jar.toString().endsWith(".jar") && Files.isReadable(cache));
    }

    /** Returns only when the system refuses. */
    private static void execute(Path program, List<String> arguments) {
        var linker = Linker.nativeLinker();
        var execv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("execv"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (var memory = Arena.ofConfined()) {
            var list = memory.allocate(ValueLayout.ADDRESS, arguments.size() + 1L);
            for (var index = 0; index < arguments.size(); index++) {
                list.setAtIndex(ValueLayout.ADDRESS, index, memory.allocateFrom(arguments.get(index)));
            }
            list.setAtIndex(ValueLayout.ADDRESS, arguments.size(), MemorySegment.NULL);
            var _ = (int) execv.invokeExact(memory.allocateFrom(program.toString()), list);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
