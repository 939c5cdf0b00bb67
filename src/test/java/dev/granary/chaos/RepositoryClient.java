package dev.granary.chaos;

import dev.granary.testing.Git;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates, forks, fills, tidies and deletes repositories in a project of its own. */
final class RepositoryClient extends Client {
    private static final int MOST = 8;

    private final String project;
    private final Git git;

    RepositoryClient(World world, String name, long seed, String project) throws IOException {
        super(world, name, seed);
        this.project = project;
        this.git = world.git(name);
        git.ok("init", "-q", "-b", "main");
        git.commitFile("begin.txt", name, "Begin " + name);
    }

    @Override
    void step() {
        var mine = ledger.under("repository " + project + "/").keySet().stream()
                .map(key -> key.substring("repository ".length()))
                .toList();
        if (mine.isEmpty()) {
            create();
            return;
        }
        var repository = pick(mine);
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                if (mine.size() < MOST) {
                    create();
                } else {
                    delete(repository);
                }
            }
            case 2, 3 -> {
                if (mine.size() < MOST) {
                    fork(repository);
                } else {
                    delete(repository);
                }
            }
            case 4 -> delete(repository);
            case 5 -> tidy(repository);
            default -> push(repository);
        }
    }

    private void create() {
        var repository = project + "/" + fresh("r");
        var readme = random.nextBoolean();
        var changes = new LinkedHashMap<String, String>();
        changes.put("repository " + repository, Ledger.ANY);
        if (readme) {
            changes.put(ref(repository, "refs/heads/master"), Ledger.ANY);
        }
        var operation = ledger.begin("create a repository" + (readme ? " with a readme" : ""), true, changes);
        var body = Map.of(
                "project_uuid", ledger.value("project " + project),
                "name", repository.substring(project.length() + 1),
                "enable_readme", readme ? 1 : 0);
        change(
                world.http(),
                operation,
                "POST",
                "/v1/repositories",
                body,
                answer -> Map.of(
                        "repository " + repository,
                        answer.result().get("repository_uuid").asString()));
    }

    private void fork(String source) {
        var target = project + "/" + fresh("f");
        var changes = new LinkedHashMap<String, String>();
        changes.put("repository " + target, Ledger.ANY);
        var prefix = "ref " + source + " ";
        ledger.under(prefix).forEach((key, commit) -> changes.put(ref(target, key.substring(prefix.length())), commit));
        var operation = ledger.begin("fork a repository", true, changes);
        var body = Map.of(
                "project_name", project,
                "repo_name", target.substring(project.length() + 1),
                "template_id", ledger.value("repository " + source));
        change(
                world.http(),
                operation,
                "POST",
                "/v2/projects/repositories/fork",
                body,
                answer -> Map.of(
                        "repository " + target,
                        answer.result().get("repositoryUuid").asString()));
    }

    private void delete(String repository) {
        var changes = new LinkedHashMap<String, String>();
        changes.put("repository " + repository, "");
        ledger.under("ref " + repository + " ").keySet().forEach(key -> changes.put(key, ""));
        var operation = ledger.begin("delete a repository", true, changes);
        var path = "/v1/repositories/" + ledger.value("repository " + repository);
        change(world.http(), operation, "DELETE", path, null, _ -> Map.of());
    }

    private void tidy(String repository) {
        var shown = read("/v1/repositories/" + ledger.value("repository " + repository));
        var path = "/v4/repositories/" + shown.result().get("repoId").asString() + "/housekeeping";
        change(world.http(), ledger.begin("housekeeping", true, Map.of()), "POST", path, null, _ -> Map.of());
    }

    private void push(String repository) {
        var commit = git.commitFile(fresh("file") + ".txt", fresh("content"), fresh(name));
        var branch = "refs/heads/" + pick(List.of("main", "other", "third"));
        var entry = ref(repository, branch);
        var operation = ledger.begin("push into a new repository", true, Map.of(entry, commit));
        var result = git.run("push", "--porcelain", world.address(repository), "+" + commit + ":" + branch);
        if (result.exit() == 0) {
            ledger.acknowledge(operation);
            return;
        }
        ledger.unanswered(operation, result.out() + result.err());
        if (world.gate().isOpen() && world.server().isAlive()) {
            ledger.contradict(name + " could not push: " + result.out() + result.err());
        }
        throw new Unanswered("push");
    }

    private static String ref(String repository, String ref) {
        return "ref " + repository + " " + ref;
    }
}
