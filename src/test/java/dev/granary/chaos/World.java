package dev.granary.chaos;

import dev.granary.testing.Git;
import dev.granary.testing.Http;
import dev.granary.testing.SshIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What clients and comparisons share.
 *
 * @param folder the run's own, for clones and keys
 * @param token the administrator's personal access token
 * @param identity a key of the administrator's
 * @param ids the numbers of the two repositories that all push to
 */
record World(
        ServerProcess server,
        Ledger ledger,
        Chains chains,
        Journal journal,
        Gate gate,
        Path folder,
        String token,
        SshIdentity identity,
        List<Long> ids) {
    static final String ADMIN_PASSWORD = "correct horse battery";
    static final String USER_PASSWORD = "a password for chaos";

    /** The repository with merge requests. */
    static final String MERGED = "work/two";

    private static final List<String> PUSHED = List.of("work/one", MERGED);
    private static final String MADE = "made";

    /** Settings of a server whose administrator's password is known. */
    static Map<String, String> withPassword(Map<String, String> settings) {
        var more = new HashMap<>(settings);
        more.put("GRANARY_ADMIN_PASSWORD", ADMIN_PASSWORD);
        return more;
    }

    /** A client of the administrator's. */
    Http http() {
        return Http.at(server.url(), ServerProcess.ADMIN, token);
    }

    /** Where git finds a repository, given as {@code project/name}, over HTTP. */
    String address(String repository) {
        return server.url().replace("http://", "http://admin:" + token + "@") + "/" + repository + ".git";
    }

    /** Git in a folder of the run's, which is made where there is none; it uses the administrator's key. */
    Git git(String name) throws IOException {
        return Git.in(Files.createDirectories(folder.resolve(name))).with("GIT_SSH_COMMAND", identity.command());
    }

    /** The bare folder of a repository. */
    Path bare(String uuid) {
        return server.data()
                .resolve("repositories")
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + ".git");
    }

    /** The repositories that must be there: {@code project/name} and uuid. */
    Map<String, String> repositories() {
        return ledger.under("repository ");
    }

    /** A running, empty server with what every run begins with: two repositories to push to and a project to fill. */
    static World prepare(ServerProcess server, Ledger ledger, Journal journal, Path folder) throws IOException {
        var identity = SshIdentity.make(folder, "ed25519");
        var ids = new ArrayList<Long>();
        var world = new World(
                server, ledger, new Chains(ledger), journal, new Gate(), folder, makeToken(server), identity, ids);
        var http = world.http();
        require(http.post("/v4/user/keys", Map.of("title", "chaos", "key", identity.publicKey())), 201);
        var seen = new HashMap<String, String>();
        for (var repository : PUSHED) {
            var body = Map.of("project_name", "work", "repo_name", repository.substring("work/".length()));
            var made = require(http.post("/v2/projects/repositories", body), 200, 201)
                    .result();
            var uuid = made.get("repositoryUuid").asString();
            seen.put("project work", made.get("projectUuid").asString());
            seen.put("repository " + repository, uuid);
            var shown = require(http.get("/v1/repositories/" + uuid), 200).result();
            ids.add(shown.get("repoId").asLong());
            world.begin(repository);
        }
        var project = Map.of("project_name", MADE, "project_type", "scrum");
        var made = require(http.post("/v4/project", project), 201).json();
        seen.put("project " + MADE, made.get("project_id").asString());
        ledger.acknowledge(ledger.begin("preparation", true, seen));
        return world;
    }

    private static String makeToken(ServerProcess server) {
        var body = Map.of("name", "chaos", "scopes", List.of("api", "read_repository", "write_repository"));
        var http = Http.at(server.url(), ServerProcess.ADMIN, ADMIN_PASSWORD);
        return require(http.post("/v4/users/impersonation-tokens", body), 201)
                .json()
                .get("token")
                .asString();
    }

    /** The shared branch, which becomes the default one, has a first commit. */
    private void begin(String repository) throws IOException {
        var git = git("begin-" + repository.replace('/', '-'));
        git.ok("init", "-q", "-b", "shared");
        git.commitFile("begin.txt", repository, "Initial commit");
        git.ok("push", "-q", address(repository), "shared");
    }

    private static Http.Answer require(Http.Answer answer, Integer... statuses) {
        if (!List.of(statuses).contains(answer.status())) {
            throw new AssertionError(answer.toString());
        }
        return answer;
    }

    /** One client of each kind. */
    List<Client> clients(long seed) throws IOException {
        return List.of(
                new PushClient(this, "http", seed, PUSHED, false),
                new PushClient(this, "ssh", seed, PUSHED, true),
                new AppendClient(this, "commits", seed, PUSHED.getFirst(), ids.getFirst(), true),
                new MergeClient(this, "merges", seed, PUSHED.getLast(), ids.getLast()),
                new AppendClient(this, "appends", seed, PUSHED.getFirst(), ids.getFirst(), false),
                new RowClient(this, "rows", seed),
                new RepositoryClient(this, "repositories", seed, MADE));
    }
}
