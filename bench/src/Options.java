import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was asked for on the command line.
 *
 * @param rows the names of the measurements
 * @param complete whether every measurement is made at full length
 * @param repositories bare repositories of the caller's own, by name
 */
record Options(
        List<String> rows,
        int rounds,
        double seconds,
        boolean complete,
        boolean fresh,
        boolean help,
        Map<String, Path> repositories) {
    static final String HELP = """
        bench/run [options]: measures Granary against native git behind nginx

          --rows=a,b          only these: ls-refs, fetch, push, commit, read, clone, clones, start,
                              rules, mirrors, merge, search, history, page
          --rounds=5          how often each measurement is repeated
          --quick             two rounds of two seconds, without the hundred clones at once
          --repository=path   a bare repository of your own as well; may be given again
          --fresh             push the repositories to Granary anew, after a change of what it keeps
        """;

    private static final String OWN = "own-";
    private static final int ROUNDS = 5;
    private static final double SECONDS = 6;

    static Options of(String[] arguments, List<String> all) {
        var given = Arrays.asList(arguments);
        var quick = given.contains("--quick");
        var rows = quick ? all.stream().filter(row -> !row.equals("clones")).toList() : all;
        int rounds = quick ? 2 : ROUNDS;
        Map<String, Path> repositories = new LinkedHashMap<>();
        for (var argument : given) {
            var value = argument.substring(argument.indexOf('=') + 1);
            switch (argument.replaceFirst("=.*", "")) {
                case "--rows" -> rows = rows(value, all);
                case "--rounds" -> rounds = number(value);
                case "--repository" -> repositories.put(name(value), repository(value));
                case "--quick", "--fresh", "--help" -> {}
                default -> throw new Failure("There is no option " + argument + "; see bench/run --help");
            }
        }
        var complete = !quick && rows.equals(all) && repositories.isEmpty() && rounds >= ROUNDS;
        return new Options(
                rows,
                rounds,
                quick ? 2 : SECONDS,
                complete,
                given.contains("--fresh"),
                given.contains("--help"),
                repositories);
    }

    private static List<String> rows(String value, List<String> all) {
        var rows = List.of(value.split(","));
        for (var row : rows) {
            if (!all.contains(row)) {
                throw new Failure("There is no row " + row + "; there are " + String.join(", ", all));
            }
        }
        return rows;
    }

    private static int number(String value) {
        if (!value.matches("[1-9]\\d{0,3}")) {
            throw new Failure("Not a number of rounds: " + value);
        }
        return Integer.parseInt(value);
    }

    private static Path repository(String value) {
        var path = Path.of(value).toAbsolutePath().normalize();
        if (!Files.exists(path.resolve("objects"))) {
            throw new Failure("Not a bare repository: " + path);
        }
        return path;
    }

    /** Whether a repository of this name was given by the caller. */
    static boolean isOwn(String name) {
        return name.startsWith(OWN);
    }

    private static String name(String value) {
        return OWN + repository(value).getFileName().toString().replaceFirst("\\.git$", "");
    }
}
