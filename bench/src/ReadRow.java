import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Reads by API: files at a branch's head, and a repository's record. */
final class ReadRow implements Row {
    private static final int CONNECTIONS = 8;

    @Override
    public String name() {
        return "read";
    }

    @Override
    public void measure(Runs runs) {
        var token = runs.granary().token();
        var repository = runs.granary().repositoryId(Histories.FILES);
        var files = files(runs).stream()
                .map(file ->
                        get("/v2/projects/" + repository + "/repository/files?ref=master&file_path=" + file, token))
                .toList();
        Load.Client file = connection -> connection
                .exchange(files.get(ThreadLocalRandom.current().nextInt(files.size())), false)
                .ok();
        runs.alone(
                name(),
                "random file at HEAD by API, 8 connections",
                "requests/s",
                true,
                Goal.atLeast(3000),
                side -> Load.rate(side, Collections.nCopies(CONNECTIONS, file), runs.seconds()));
        var record = get("/v4/repositories/" + repository, token);
        Load.Client client = connection -> connection.exchange(record, false).ok();
        runs.alone(
                name(),
                "a repository's record by API, 8 connections",
                "requests/s",
                true,
                Goal.cpuUnder(0.3),
                side -> Load.rate(side, Collections.nCopies(CONNECTIONS, client), runs.seconds()));
    }

    private static byte[] get(String path, String token) {
        return Connection.request("GET", path, Map.of("PRIVATE-TOKEN", token), new byte[0]);
    }

    /** The paths of the repository with the large tree. */
    static List<String> files(Runs runs) {
        return Commands.git(runs.repositories().get(Histories.FILES), "ls-tree", "-r", "--name-only", "master")
                .lines()
                .filter(file -> file.endsWith(".txt"))
                .toList();
    }
}
