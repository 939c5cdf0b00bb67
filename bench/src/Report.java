import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was measured, for people as a table and a plot, for programs as JSON. */
final class Report {
    private final List<Figure> figures;
    private final Options options;

    Report(List<Figure> figures, Options options) {
        this.figures = figures;
        this.options = options;
    }

    /** The table in Markdown. */
    String table() {
        var table = new StringBuilder("""
            | measurement | unit | Granary | native | times better | CPU ms, Granary | CPU ms, native | goal | |
            |---|---|---|---|---|---|---|---|---|
            """);
        for (var figure : figures) {
            table.append("| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            figure.name() + (figure.note().isEmpty() ? "" : " (" + figure.note() + ")"),
                            figure.unit(),
                            number(figure.granaryMedian()),
                            figure.compared() ? number(figure.peerMedian()) : "–",
                            figure.compared() ? number(figure.times()) : "–",
                            cpu(figure.granaryCpu()),
                            figure.compared() ? cpu(figure.peerCpu()) : "–",
                            figure.goal().text(),
                            verdict(figure)));
        }
        return table.toString();
    }

    private static String verdict(Figure figure) {
        if (figure.goal().measure() == Goal.Measure.NONE) {
            return "";
        }
        return figure.goal().met(figure) ? "met" : "**not met**";
    }

    /** Writes table, JSON and plot beside each other; returns the table's file. */
    Path write(Path folder) {
        var name = LocalDate.now(ZoneOffset.UTC).toString();
        var file = folder.resolve(name + ".md");
        try {
            Files.writeString(file, markdown(name));
            Files.writeString(folder.resolve(name + ".json"), json());
            Files.writeString(folder.resolve(name + ".svg"), new Plot(figures).svg());
        } catch (IOException e) {
            throw new Failure("Cannot write to " + folder, e);
        }
        return file;
    }

    private String markdown(String name) {
        return """
            # Measured on %s

            %s

            Medians of %d rounds, Granary and native in turn. CPU is the server's processor time per request; clients share
            the machine, so it says more than the rates do. [How this is measured](../README.md).

            %s
            ![how many times better](%s.svg)
            """.formatted(Instant.now().truncatedTo(ChronoUnit.MINUTES), machine(), options.rounds(), table(), name);
    }

    private String json() {
        return "{\"time\": \"%s\", \"machine\": \"%s\", \"figures\": [\n%s\n]}\n"
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        machine().replace("\\", "").replace("\"", ""),
                        figures.stream().map(Report::json).collect(Collectors.joining(",\n")));
    }

    private static String json(Figure figure) {
        return """
              {"row": "%s", "name": "%s", "unit": "%s", "granary": [%s], "granary_cpu_ms": [%s], "native": [%s], \
            "native_cpu_ms": [%s], "goal": "%s", "met": %s}\
            """.formatted(
                        figure.row(),
                        figure.name(),
                        figure.unit(),
                        list(figure.granary(), false),
                        list(figure.granary(), true),
                        list(figure.peer(), false),
                        list(figure.peer(), true),
                        figure.goal().text(),
                        figure.goal().met(figure));
    }

    private static String list(List<Sample> samples, boolean cpu) {
        return samples.stream()
                .map(sample -> cpu ? sample.cpuMillis() : sample.value())
                .map(value -> Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.4g", value))
                .collect(Collectors.joining(", "));
    }

    private static String machine() {
        try {
            var model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
            var kib = Long.parseLong(
                    Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("\\D", ""));
            return "%s, %d cores, %d GiB, Linux %s, JDK %s, %s, nginx with fcgiwrap, Granary at %s"
                    .formatted(
                            model,
                            Runtime.getRuntime().availableProcessors(),
                            Math.round(kib / 1048576.0),
                            System.getProperty("os.version"),
                            System.getProperty("java.version"),
                            Commands.git(Path.of("."), "--version"),
                            Commands.git(Path.of("."), "rev-parse", "--short", "HEAD"));
        } catch (IOException e) {
            throw new Failure("Cannot read /proc", e);
        }
    }

    private static String cpu(double millis) {
        return millis == 0 || Double.isNaN(millis) ? "–" : number(millis);
    }

    private static String number(double value) {
        var digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
