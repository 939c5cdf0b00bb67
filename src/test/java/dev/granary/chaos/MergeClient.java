package dev.granary.chaos;

import java.util.List;
import java.util.Map;

/**
 * Makes merge requests from branches of its own and merges them into a branch that only it moves. A request is merged
 * and the branch moved, or neither.
 */
final class MergeClient extends Client {
    /** Where all requests go. */
    static final String TARGET = "refs/heads/merged";

    private static final String BRANCH = "merge";
    private static final String OPEN = "opened";

    private final String repository;
    private final long id;

    MergeClient(World world, String name, long seed, String repository, long id) {
        super(world, name, seed);
        this.repository = repository;
        this.id = id;
    }

    @Override
    void step() {
        if (ledger.value(ref("merged")).isEmpty()) {
            branch("merged");
        }
        var open = ledger.under("request ").entrySet().stream()
                .filter(entry -> entry.getValue().equals(OPEN))
                .map(entry -> entry.getKey().substring("request ".length()))
                .toList();
        if (open.isEmpty() || random.nextInt(3) == 0) {
            request();
        } else {
            merge(pick(open));
        }
    }

    private String ref(String branch) {
        return "ref " + repository + " refs/heads/" + branch;
    }

    private boolean branch(String branch) {
        var operation = ledger.begin("branch for merges", true, Map.of(ref(branch), Ledger.ANY));
        var action = Map.of("action", "create", "file_path", branch + ".txt", "content", branch);
        var body = Map.of(
                "branch", branch, "start_branch", "shared", "commit_message", branch, "actions", List.of(action));
        return change(
                world.http(),
                operation,
                "POST",
                "/v2/projects/" + id + "/repository/commits",
                body,
                answer -> Map.of(ref(branch), answer.result().get("id").asString()));
    }

    private void request() {
        var branch = fresh(BRANCH);
        if (branch(branch)) {
            var operation = ledger.begin("merge request", true, Map.of("request " + branch, OPEN));
            var body = Map.of("title", branch, "source_branch", branch, "target_branch", "merged");
            change(world.http(), operation, "POST", path(), body, _ -> Map.of());
        }
    }

    private String path() {
        return "/v4/repositories/" + id + "/merge-requests";
    }

    private void merge(String branch) {
        var iid = read(path() + "?state=all&source_branch=" + branch)
                .json()
                .get(0)
                .get("iid")
                .asLong();
        var operation = ledger.begin(
                "merge", true, Map.of("request " + branch, Ledger.ANY, "ref " + repository + " " + TARGET, Ledger.ANY));
        var body = Map.of("squash", random.nextInt(3) == 0);
        change(world.http(), operation, "PUT", path() + "/" + iid + "/merge", body, answer -> {
            var commit = answer.json().get("merge_commit_sha").asString();
            return Map.of("request " + branch, "merged " + commit, "ref " + repository + " " + TARGET, commit);
        });
    }
}
