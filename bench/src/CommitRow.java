import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Commits by API, each changing one file in a tree of 5,000. */
final class CommitRow implements Row {
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public String name() {
        return "commit";
    }

    @Override
    public void measure(Runs runs) {
        var token = runs.granary().token();
        var files = ReadRow.files(runs);
        List<Load.Client> clients = new ArrayList<>();
        for (int number = 0; number < Seeds.COPIES; number++) {
            clients.add(client(runs.granary().repositoryId(Seeds.copy(number)), token, files));
        }
        runs.alone(
                name(),
                "commit by API, one client",
                "commits/s",
                true,
                Goal.atLeast(200),
                side -> Load.rate(side, clients.subList(0, 1), runs.seconds()));
        runs.alone(
                name(),
                "commit by API, 16 clients on 16 repositories",
                "commits/s",
                true,
                Goal.atLeast(500),
                side -> Load.rate(side, clients, runs.seconds()));
    }

    private Load.Client client(long repository, String token, List<String> files) {
        return connection -> {
            int number = made.incrementAndGet();
            var json = """
                {"branch": "master", "commit_message": "Change %d", "actions":
                  [{"action": "update", "file_path": "%s", "content": "%s"}]}
                """.formatted(
                            number, files.get(number * 7919 % files.size()), ("Line " + number + "\\n").repeat(150));
            connection
                    .exchange(
                            Connection.request(
                                    "POST",
                                    "/v4/repositories/" + repository + "/repository/commits",
                                    Map.of("PRIVATE-TOKEN", token, "Content-Type", "application/json"),
                                    json.getBytes(StandardCharsets.UTF_8)),
                            true)
                    .ok();
        };
    }
}
