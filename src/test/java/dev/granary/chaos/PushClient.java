package dev.granary.chaos;

import dev.granary.testing.Git;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Pushes with real git to branches and tags of its own, in repositories that others push to at the same time. */
final class PushClient extends Client {
    private static final int MOST_REFS = 12;

    private final List<String> repositories;
    private final boolean ssh;
    private final Git git;

    PushClient(World world, String name, long seed, List<String> repositories, boolean ssh) throws IOException {
        super(world, name, seed);
        this.repositories = repositories;
        this.ssh = ssh;
        this.git = world.git(name);
        git.ok("init", "-q", "-b", "work");
        git.commitFile("begin.txt", name, "Begin " + name);
    }

    @Override
    void step() {
        var repository = pick(repositories);
        var mine = new ArrayList<>(refs(repository).keySet());
        var changes = new LinkedHashMap<String, String>();
        var count = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
        for (var index = 0; index < count; index++) {
            var delete = !mine.isEmpty() && (mine.size() > MOST_REFS || random.nextInt(4) == 0);
            if (delete) {
                changes.put(mine.remove(random.nextInt(mine.size())), "");
            } else if (!mine.isEmpty() && random.nextInt(3) > 0) {
                var ref = mine.remove(random.nextInt(mine.size()));
                changes.put(ref, commit(ref.contains("/tags/"), ledger.value("ref " + repository + " " + ref)));
            } else {
                var tag = random.nextInt(4) == 0;
                var ref = (tag ? "refs/tags/" : "refs/heads/") + name + "/" + fresh("r");
                changes.put(ref, commit(tag, null));
            }
        }
        push(repository, changes, count > 1 && random.nextBoolean());
    }

    private Map<String, String> refs(String repository) {
        var prefix = "ref " + repository + " ";
        var refs = new LinkedHashMap<String, String>();
        ledger.under(prefix).forEach((key, value) -> {
            var ref = key.substring(prefix.length());
            if (ref.contains("/" + name + "/")) {
                refs.put(ref, value);
            }
        });
        return refs;
    }

    /** A new commit, or annotated tag: on top of the ref's, of something older, or of nothing that the ref knows. */
    private String commit(boolean tag, String on) {
        if (on != null && random.nextInt(4) > 0) {
            git.ok("checkout", "-q", "-f", "-B", "work", on + "^{commit}");
        }
        var bytes = new byte[random.nextInt(10) == 0 ? 200_000 : random.nextInt(2_000)];
        new Random(random.nextLong()).nextBytes(bytes);
        var content = java.util.Base64.getMimeEncoder().encodeToString(bytes);
        var commit = git.commitFile("file" + random.nextInt(20) + ".txt", fresh("content") + content, fresh(name));
        if (!tag) {
            return commit;
        }
        var label = fresh("tag");
        git.ok("tag", "-a", "-m", label, label);
        return git.ok("rev-parse", label);
    }

    private void push(String repository, Map<String, String> changes, boolean atomic) {
        var operations = new LinkedHashMap<String, Ledger.Operation>();
        if (atomic) {
            var all = new LinkedHashMap<String, String>();
            changes.forEach((ref, commit) -> all.put("ref " + repository + " " + ref, commit));
            var operation = ledger.begin(kind() + " atomic", true, all);
            changes.keySet().forEach(ref -> operations.put(ref, operation));
        } else {
            changes.forEach((ref, commit) ->
                    operations.put(ref, ledger.begin(kind(), true, Map.of("ref " + repository + " " + ref, commit))));
        }
        var command = new ArrayList<>(List.of("push", "--porcelain"));
        if (atomic) {
            command.add("--atomic");
        }
        command.add(ssh ? world.server().ssh(repository) : world.address(repository));
        changes.forEach((ref, commit) -> command.add("+" + commit + ":" + ref));
        var result = git.run(command.toArray(String[]::new));
        var reports = Porcelain.parse(result.out());
        for (var operation : new java.util.LinkedHashSet<>(operations.values())) {
            report(operation, operations, reports, result);
        }
        if (!reports.keySet().containsAll(changes.keySet()) || result.exit() != 0) {
            throw new Unanswered("push");
        }
    }

    private void report(
            Ledger.Operation operation,
            Map<String, Ledger.Operation> operations,
            Map<String, Porcelain> reports,
            Git.Result result) {
        var states = operations.keySet().stream()
                .filter(ref -> operations.get(ref) == operation)
                .map(ref -> reports.getOrDefault(ref, Porcelain.UNANSWERED))
                .toList();
        if (states.stream().allMatch(Porcelain.DONE::equals)) {
            ledger.acknowledge(operation);
        } else if (states.contains(Porcelain.REFUSED) && !states.contains(Porcelain.UNANSWERED)) {
            ledger.refuse(operation, result.out() + result.err());
            ledger.contradict(name + " was refused a push: " + result.out() + result.err());
        } else {
            ledger.unanswered(operation, result.out() + result.err());
            if (world.gate().isOpen() && world.server().isAlive()) {
                ledger.contradict(name + " got no answer to a push: " + result.out() + result.err());
            }
        }
    }

    private String kind() {
        return ssh ? "push over SSH" : "push over HTTP";
    }

    /** What git says of a pushed ref. */
    private enum Porcelain {
        DONE,
        REFUSED,
        UNANSWERED;

        static Map<String, Porcelain> parse(String output) {
            var states = new LinkedHashMap<String, Porcelain>();
            output.lines()
                    .map(line -> line.split("\t", 3))
                    .filter(parts -> parts.length == 3)
                    .forEach(parts -> {
                        var ref = parts[1].substring(parts[1].indexOf(':') + 1);
                        states.put(ref, of(parts[0], parts[2]));
                    });
            return states;
        }

        private static Porcelain of(String flag, String summary) {
            if (!flag.equals("!")) {
                return DONE;
            }
            return summary.startsWith("[remote rejected]") || summary.startsWith("[rejected]") ? REFUSED : UNANSWERED;
        }
    }
}
