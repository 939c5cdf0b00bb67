package dev.granary.chaos;

import dev.granary.testing.Git;
import dev.granary.testing.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** Reads all there is to see of a server, through its API and with git, and holds it to the ledger. */
final class Comparison {
    private static final int PAGE = 100;
    private static final long REPAIR_SECONDS = 60;

    private final World world;
    private final Ledger ledger;
    private final Map<String, String> observed = new HashMap<>();

    Comparison(World world) {
        this.world = world;
        this.ledger = world.ledger();
    }

    /** Everything: rows, refs, histories; clones of the repositories that were being written to, or of all. */
    void run(boolean cloneAll) throws IOException, InterruptedException {
        var began = System.currentTimeMillis();
        var touched = new HashSet<>(ledger.touched());
        awaitNoHalfRepositories();
        users();
        projects();
        var repositories = repositories();
        for (var entry : repositories.entrySet()) {
            refs(entry.getKey());
        }
        requests();
        ledger.compare(observed);
        world.chains().compare(world);
        for (var repository : repositories.keySet()) {
            if (cloneAll || touched.stream().anyMatch(name -> name.contains(" " + repository))) {
                mustClone(repository);
            }
        }
        awaitNoStaleFiles(repositories.values(), began);
    }

    private JsonNode json(Http http, String path) {
        var answer = http.get(path);
        if (answer.status() != 200) {
            throw new AssertionError("GET " + path + " answered " + answer);
        }
        return answer.json();
    }

    private List<JsonNode> pages(String path, String field) {
        var all = new ArrayList<JsonNode>();
        while (true) {
            var page = json(
                    world.http(), path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE + "&offset=" + all.size());
            var rows = field.isEmpty() ? page : page.get(field);
            rows.forEach(all::add);
            if (rows.size() < PAGE) {
                return all;
            }
        }
    }

    private void users() {
        for (var user : json(world.http(), "/v3/users").get("users")) {
            var name = user.get("name").asString();
            if (name.equals(ServerProcess.ADMIN)) {
                continue;
            }
            var id = user.get("id").asString();
            observed.put("user " + name, id);
            var own = Http.at(world.server().url(), name, World.USER_PASSWORD);
            for (var key : json(own, "/v4/user/keys?limit=100").get("keys")) {
                observed.put(
                        "key " + name + " " + key.get("title").asString(),
                        key.get("id").asString());
            }
            for (var token : json(own, "/v4/users/impersonation-tokens?limit=100")) {
                token(name, token);
            }
            for (var key : json(world.http(), "/v3.0/OS-CREDENTIAL/credentials?user_id=" + id)
                    .get("credentials")) {
                observed.put(
                        "access " + name + " " + key.get("description").asString(),
                        key.get("access").asString());
            }
        }
    }

    /** A token must let in exactly while it is active. */
    private void token(String user, JsonNode row) {
        var name = "token " + user + " " + row.get("name").asString();
        var active = row.get("active").asBoolean();
        observed.put(name, row.get("id").asString() + (active ? " active" : " revoked"));
        var secret = Secrets.of(name);
        if (secret != null) {
            var status = Http.at(world.server().url(), user, secret)
                    .get("/v4/user/keys")
                    .status();
            if (status != (active ? 200 : 401)) {
                ledger.contradict(name + " is shown as active=" + active + " but answers " + status);
            }
        }
    }

    private void projects() {
        for (var project : pages("/v4/projects", "projects")) {
            var name = project.get("project_name").asString();
            var id = project.get("project_id").asString();
            observed.put("project " + name, id);
            for (var member : pages("/v4/projects/" + id + "/members", "members")) {
                if (!member.get("user_name").asString().equals(ServerProcess.ADMIN)) {
                    observed.put(
                            "member " + name + " " + member.get("user_name").asString(),
                            member.get("role_id").asString());
                }
            }
        }
    }

    /** {@code project/name} and uuid of every repository that is listed. */
    private Map<String, String> repositories() {
        var found = new HashMap<String, String>();
        for (var row : pages("/v4/user/repositories", "")) {
            var name = row.get("namespace").asString() + "/" + row.get("name").asString();
            var uuid = row.get("uuid").asString();
            observed.put("repository " + name, uuid);
            if (!Files.isDirectory(world.bare(uuid))) {
                ledger.contradict(name + " is listed but has no folder");
            }
            found.put(name, uuid);
        }
        return found;
    }

    /** What is being created when the server dies is finished or withdrawn soon after the start. */
    private void awaitNoHalfRepositories() throws InterruptedException {
        await(
                "repositories stay half-made",
                () -> pages("/v4/user/repositories", "").stream()
                        .filter(row -> !row.get("status").asString().equals("normal"))
                        .map(row -> row.get("namespace").asString() + "/"
                                + row.get("name").asString() + " is "
                                + row.get("status").asString())
                        .toList());
    }

    /** What is merged must be in the branch it was merged into. */
    private void requests() {
        var merged = World.MERGED;
        var history = new HashSet<String>();
        var listed = Git.in(world.bare(ledger.value("repository " + merged)))
                .run("rev-list", "--first-parent", MergeClient.TARGET);
        if (listed.exit() == 0) {
            listed.out().lines().forEach(history::add);
        }
        var path = "/v4/repositories/" + world.ids().getLast() + "/merge-requests";
        for (var row : pages(path + "?state=all", "")) {
            var name = "request " + row.get("source_branch").asString();
            var state = row.get("state").asString();
            if (state.equals("merged")) {
                var known = ledger.value(name);
                var commit = known.startsWith("merged ")
                        ? known.substring("merged ".length())
                        : json(world.http(), path + "/" + row.get("iid").asLong())
                                .get("merge_commit_sha")
                                .asString();
                if (!history.contains(commit)) {
                    ledger.contradict(name + " is merged, but its target lacks " + commit);
                }
                observed.put(name, "merged " + commit);
            } else {
                observed.put(name, state);
            }
        }
    }

    private void refs(String repository) {
        var listed = Git.in(world.folder()).run("ls-remote", world.address(repository));
        if (listed.exit() != 0) {
            ledger.contradict(repository + " is listed but cannot be read: " + listed.err());
            return;
        }
        var branches = 0;
        var head = false;
        for (var line : listed.out().lines().toList()) {
            var parts = line.split("\t");
            if (parts[1].equals("HEAD")) {
                head = true;
            } else if (!parts[1].endsWith("^{}") && !parts[1].equals(Chains.BRANCH)) {
                branches += parts[1].startsWith("refs/heads/") ? 1 : 0;
                observed.put("ref " + repository + " " + parts[1], parts[0]);
            }
        }
        if (branches > 0 && !head) {
            ledger.contradict(repository + " has branches, but a clone would check nothing out");
        }
    }

    private void mustClone(String repository) throws IOException {
        var target = world.folder().resolve("clone");
        FileSystemUtils.deleteRecursively(target);
        var cloned =
                Git.in(world.folder()).run("clone", "-q", "--mirror", world.address(repository), target.toString());
        if (cloned.exit() != 0) {
            ledger.contradict(repository + " is listed but cannot be cloned: " + cloned.err());
        }
    }

    /** Locks, temporary packs and half packs of the run before go soon after the start. */
    private void awaitNoStaleFiles(Collection<String> uuids, long before) throws InterruptedException {
        await("stale files stay", () -> {
            var stale = new ArrayList<String>();
            for (var uuid : uuids) {
                stale.addAll(StaleFiles.in(world.bare(uuid), before));
            }
            return stale;
        });
    }

    /** Every folder must be of a listed repository; those of deleted ones are moved aside soon. */
    void awaitNoStrangers() throws InterruptedException {
        await("folders without a record stay", () -> {
            var known = Set.copyOf(world.repositories().values());
            return folders(world).stream()
                    .map(path -> path.getFileName().toString().replace(".git", ""))
                    .filter(uuid -> !known.contains(uuid))
                    .toList();
        });
    }

    /** Every bare folder in the data folder. */
    static List<Path> folders(World world) throws IOException {
        try (var paths = Files.find(
                world.server().data().resolve("repositories"),
                3,
                (path, file) -> file.isDirectory() && path.toString().endsWith(".git"))) {
            return paths.toList();
        }
    }

    /** Something that looks for what must go away. */
    @FunctionalInterface
    private interface Search {
        List<String> find() throws IOException;
    }

    private void await(String failure, Search search) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(REPAIR_SECONDS);
        while (true) {
            List<String> found;
            try {
                found = search.find();
            } catch (IOException | java.io.UncheckedIOException e) {
                found = List.of(e.toString()); // A file went while the folder was read.
            }
            if (found.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                ledger.contradict(failure + ": " + found);
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                throw e;
            }
        }
    }

    /** {@code git fsck --full} of repositories, in their folders; each must be clean. */
    static void check(World world, Collection<Path> repositories) {
        for (var repository : repositories) {
            var result = Git.in(repository).run("fsck", "--full", "--no-dangling", "--no-progress");
            var said = (result.out() + result.err()).lines().filter(line -> !line.startsWith("notice:"));
            if (result.exit() != 0 || said.findAny().isPresent()) {
                world.ledger()
                        .contradict("git fsck of %s: exit %d\n%s%s"
                                .formatted(repository, result.exit(), result.out(), result.err()));
            }
        }
    }
}
