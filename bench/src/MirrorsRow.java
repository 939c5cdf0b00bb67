import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Mirrors of the other server's repositories: many that have not changed, and small ones while a large one is fetched. */
final class MirrorsRow implements Row {
    private static final int MANY = 500;
    private static final int SOME = 100;
    private static final int ROUNDS = 3;
    private static final long POLL_MILLIS = 20;
    private static final long PATIENCE_NANOS = 900_000_000_000L;
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
            runs.add(figure(MANY + " mirrors of unchanged remotes, one round", "s", unchanged, ""));

            var some = mirrors.subList(0, SOME);
            var alone = List.of(round(granary, some), round(granary, some), round(granary, some));
            runs.add(figure(SOME + " of them alone", "s", alone, ""));
            var large = mirror(granary, project, "large", runs.peer(), Histories.HISTORY);
            start(granary, large);
            var beside = List.of(round(granary, some));
            var note = granary.api("GET", remoteMirror(large), "").contains("\"started\"")
                    ? "the large one went on"
                    : "the large one was done before";
            runs.add(figure(SOME + " of them while one of a large history is fetched", "s", beside, note));
        }
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
            {"url": "http://127.0.0.1:%d%s"}\
            """.formatted(remote.port(), remote.path(repository)));
        return id;
    }

    private static String remoteMirror(long id) {
        return "/v4/repositories/" + id + "/remote-mirror";
    }

    private static void start(Granary granary, long id) {
        granary.api("POST", remoteMirror(id), """
            {"username": "%s", "password": "%s"}\
            """.formatted(base64(Side.USER), base64(Side.PASSWORD)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Starts all mirrors and waits until each has run: how long that took, and the processor time for each. */
    private static Sample round(Granary granary, List<Long> mirrors) {
        var before = succeeded(granary);
        var cpu = granary.cpuSeconds();
        var began = System.nanoTime();
        mirrors.forEach(id -> start(granary, id));
        while (succeeded(granary) < before + mirrors.size()) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new Failure("Mirrors did not end");
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                throw new Failure("Interrupted", e);
            }
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        return new Sample(seconds, (granary.cpuSeconds() - cpu) * 1000 / mirrors.size());
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

    private Figure figure(String what, String unit, List<Sample> samples, String note) {
        return new Figure(name(), what, unit, false, samples, List.of(), Goal.NONE, note);
    }
}
