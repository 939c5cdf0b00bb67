import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures Granary and native git behind a web server side by side; {@code bench/run} starts it. */
public final class Bench {
    private static final List<Row> ROWS = List.of(
            new ListRefsRow(),
            new FetchRow(),
            new PushRow(),
            new CommitRow(),
            new ReadRow(),
            new CloneRow(),
            new ConcurrentClonesRow(),
            new StartRow(),
            new RulesRow(),
            new MirrorsRow(),
            new MergeRow(),
            new SearchRow(),
            new HistoryRow(),
            new PageRow());

    private static final Path FOLDER = Path.of("bench").toAbsolutePath();
    private static final Path WORK = FOLDER.resolve("work");

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        try {
            var options = Options.of(arguments, ROWS.stream().map(Row::name).toList());
            if (options.help()) {
                System.out.print(Options.HELP);
                return;
            }
            run(options);
        } catch (Failure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Options options) throws IOException {
        var histories = new Histories(WORK);
        Map<String, Path> repositories = new LinkedHashMap<>();
        var rows =
                ROWS.stream().filter(row -> options.rows().contains(row.name())).toList();
        for (var name : Histories.ALL) {
            var own = !options.repositories().isEmpty();
            if (rows.stream().anyMatch(row -> row.needs().contains(name) && !(own && row.takesOwn()))) {
                histories.make(name);
                repositories.put(name, histories.path(name));
            }
        }
        repositories.putAll(options.repositories());
        var folder = WORK.resolve("run");
        Commands.delete(folder);
        var seeds = new Seeds(WORK, histories, repositories);
        if (options.fresh()) {
            seeds.forget();
        }
        seeds.forNative(folder.resolve("native/repositories/bench"));
        seeds.forGranary(folder.resolve("granary"));
        List<Figure> figures = new ArrayList<>();
        try (var granary = new Granary(folder.resolve("granary"), Map.of());
                var peer = new NativeServer(folder.resolve("native"), Granary.freePort())) {
            var runs = new Runs(granary, peer, repositories, options.rounds(), options.seconds(), folder, figures);
            rows.forEach(row -> row.measure(runs));
        }
        var report = new Report(figures, options);
        System.out.print(report.table());
        // Only whole runs are kept with the sources.
        var results = options.complete() ? FOLDER.resolve("results") : WORK.resolve("results");
        System.err.println("Written to " + report.write(Files.createDirectories(results)));
        Commands.delete(folder);
    }
}
