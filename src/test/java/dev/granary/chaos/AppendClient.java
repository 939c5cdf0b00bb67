package dev.granary.chaos;

import dev.granary.testing.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Appends commits to one branch that others append to: by API, or with git, which fetches and tries again. */
final class AppendClient extends Client {
    private static final String BRANCH = "shared";
    private static final int LONGEST_PAUSE = 1_000;

    private final String repository;
    private final long id;
    private final boolean api;
    private final Git git;

    AppendClient(World world, String name, long seed, String repository, long id, boolean api) throws IOException {
        super(world, name, seed);
        this.repository = repository;
        this.id = id;
        this.api = api;
        this.git = world.git(name);
        if (!api) {
            git.ok("init", "-q", "-b", BRANCH);
        }
    }

    @Override
    void step() throws InterruptedException {
        var subject = fresh(name);
        if (api) {
            // Else git, which has to fetch first, would never be the faster one.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE));
            commit(subject);
        } else {
            push(subject);
        }
    }

    private void commit(String subject) {
        var operation = ledger.begin("commit by API", true, Map.of());
        world.chains().begin(repository, subject);
        var action = Map.of("action", "create", "file_path", subject + ".txt", "content", subject);
        var body = Map.of("branch", BRANCH, "commit_message", subject, "actions", List.of(action));
        if (change(
                world.http(), operation, "POST", "/v2/projects/" + id + "/repository/commits", body, _ -> Map.of())) {
            world.chains().acknowledge(repository, subject);
        }
    }

    private void push(String subject) {
        var address = world.address(repository);
        if (git.run("fetch", "-q", address, BRANCH).exit() != 0) {
            requireKilled("fetch");
        }
        git.ok("checkout", "-q", "-f", "-B", BRANCH, "FETCH_HEAD");
        git.commitFile(subject + ".txt", subject, subject);
        var operation = ledger.begin("push to a shared branch", true, Map.of());
        world.chains().begin(repository, subject);
        var result = git.run("push", "--porcelain", address, BRANCH);
        if (result.exit() == 0) {
            world.chains().acknowledge(repository, subject);
            ledger.acknowledge(operation);
        } else if (result.out().contains("[remote rejected]") || result.out().contains("[rejected]")) {
            ledger.refuse(operation, result.out()); // Somebody else was faster.
        } else {
            ledger.unanswered(operation, result.err());
            requireKilled("push");
        }
    }

    private void requireKilled(String what) {
        if (world.gate().isOpen() && world.server().isAlive()) {
            throw new UncheckedIOException(new IOException(what + " failed although the server is there"));
        }
        throw new Unanswered(what);
    }
}
