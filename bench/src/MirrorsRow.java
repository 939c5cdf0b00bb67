import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Mirrors of the other server's repositories: many that have not changed, and small ones while a large one is fetched. */
final class MirrorsRow implements Row {
    private static final int MANY = 500;
    private static final int SOME = 100;
    private static final int ROUNDS = 3;
    private static final int INTERVAL_SECONDS = 30;

    /** Asking costs the server processor time as well. */
    private static final long POLL_MILLIS = 200;

    private static final long SELDOM_MILLIS = 5_000;
    private static final long PATIENCE_NANOS = 900_000_000_000L;
    private static final Pattern AGE = Pattern.compile("\"age\"\\s*:\\s*(\\d+)");
    private static final Pattern RUNS =
            Pattern.compile("granary_mirror_runs_total\\{direction=\"fetch\",result=\"(\\w+)\"[^}]*} ([0-9.E]+)");

    @Override
    public String name() {
        return "mirrors";
    }

    @Override
    public List<String> needs() {
        return List.of(Histories.SMALL, Histories.HISTORY);
    }

    @Override
    public void measure(Runs runs) {
        var data = runs.folder().resolve("mirrors");
        create(data);
        try (var granary = new Granary(data, Map.of("GRANARY_OUTBOUND_ALLOW", "127.0.0.0/8"))) {
            var project = Granary.text(granary.api("POST", "/v4/project", """
                {"project_name": "bench", "project_type": "scrum"}\
                """), "project_id");
            var mirrors = IntStream.range(0, MANY)
                    .mapToObj(number -> mirror(granary, project, "small-" + number, runs.peer(), Histories.SMALL))
                    .toList();
            round(granary, mirrors);
            round(granary, mirrors);
            var unchanged = new ArrayList<Sample>();
            for (int round = 0; round < ROUNDS; round++) {
                unchanged.add(round(granary, mirrors));
            }
            runs.add(figure(MANY + " mirrors of unchanged remotes, one round", unchanged, Goal.NONE, ""));
            beside(runs, granary, mirrors.subList(0, SOME), project);
        }
    }

    /** A first fetch of a large history, and how old the last success of small ones gets meanwhile. */
    private void beside(Runs runs, Granary granary, List<Long> small, String project) {
        for (var id : small) {
            granary.api("PUT", remoteMirror(id) + "/details", """
                {"interval": %d}\
                """.formatted(INTERVAL_SECONDS));
            granary.api("PUT", remoteMirror(id), """
                {"mirroring_enabled": true}\
                """);
        }
        var large = mirror(granary, project, "large", runs.peer(), Histories.HISTORY);
        while (oldest(granary, small) > INTERVAL_SECONDS) {
            sleep(SELDOM_MILLIS);
        }
        var cpu = granary.cpuSeconds();
        var began = System.nanoTime();
        start(granary, large);
        double oldest = 0;
        while (!granary.api("GET", remoteMirror(large) + "/runs", "").contains("\"succeeded\"")) {
            patience(began);
            sleep(SELDOM_MILLIS);
            oldest = Math.max(oldest, oldest(granary, small));
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        var took = new Sample(seconds, (granary.cpuSeconds() - cpu) * 1000);
        runs.add(figure(
                "first fetch of a large history beside " + SOME + " small mirrors",
                List.of(took),
                Goal.NONE,
                "processor time is that of all of them"));
        runs.add(figure(
                "oldest success of those meanwhile",
                List.of(new Sample(oldest, 0)),
                Goal.under(2 * INTERVAL_SECONDS),
                "every " + INTERVAL_SECONDS + " s; late after two"));
    }

    /** Seconds since the last success of the one where that is longest ago. */
    private static double oldest(Granary granary, List<Long> mirrors) {
        double oldest = 0;
        for (var id : mirrors) {
            var age = AGE.matcher(granary.api("GET", remoteMirror(id) + "/freshness", ""));
            if (!age.find()) {
                throw new Failure("No age of mirror " + id);
            }
            oldest = Math.max(oldest, Double.parseDouble(age.group(1)));
        }
        return oldest;
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Failure("Cannot make " + folder, e);
        }
    }

    /** Makes an empty repository that mirrors one of the other server's, and returns its number. */
    private static long mirror(Granary granary, String project, String name, Side remote, String repository) {
        granary.api("POST", "/v1/repositories", """
            {"name": "%s", "project_uuid": "%s"}\
            """.formatted(name, project));
        var id = granary.repositoryId(name);
        granary.api("POST", remoteMirror(id) + "/associate", """
            {"url": "http://%s:%s@127.0.0.1:%d%s"}\
            """.formatted(
                        Side.USER, Side.PASSWORD.replace(" ", "%20"), remote.port(), remote.path(repository)));
        return id;
    }

    private static String remoteMirror(long id) {
        return "/v4/repositories/" + id + "/remote-mirror";
    }

    private static void start(Granary granary, long id) {
        granary.api("POST", remoteMirror(id), "{}");
    }

    /** Starts all mirrors and waits until each has run: how long that took, and the processor time for each. */
    private static Sample round(Granary granary, List<Long> mirrors) {
        var before = succeeded(granary);
        var cpu = granary.cpuSeconds();
        var began = System.nanoTime();
        mirrors.forEach(id -> start(granary, id));
        while (succeeded(granary) < before + mirrors.size()) {
            patience(began);
            sleep(POLL_MILLIS);
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        return new Sample(seconds, (granary.cpuSeconds() - cpu) * 1000 / mirrors.size());
    }

    private static void patience(long began) {
        if (System.nanoTime() - began > PATIENCE_NANOS) {
            throw new Failure("Mirrors did not end");
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new Failure("Interrupted", e);
        }
    }

    private static double succeeded(Granary granary) {
        double succeeded = 0;
        var found = RUNS.matcher(granary.api("GET", "/actuator/prometheus", ""));
        while (found.find()) {
            if (!found.group(1).equals("succeeded")) {
                throw new Failure("A mirror " + found.group(1));
            }
            succeeded += Double.parseDouble(found.group(2));
        }
        return succeeded;
    }

    private Figure figure(String what, List<Sample> samples, Goal goal, String note) {
        return new Figure(name(), what, "s", false, samples, List.of(), goal, note);
    }
}
