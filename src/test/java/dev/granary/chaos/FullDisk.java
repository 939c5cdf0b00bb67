package dev.granary.chaos;

import dev.granary.testing.Git;
import dev.granary.testing.Http;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A data folder on a small file system in memory that is filled up: what cannot be kept is refused in words, nothing
 * acknowledged is lost, and the server goes on once there is space again, with a restart and without. Needs to be root.
 */
final class FullDisk {
    private static final String SIZE = "64m";
    private static final int STEPS = 10;
    private static final int BLOCK = 4096;

    private final World world;
    private final Random random;
    private final Git git;

    private FullDisk(World world, Random random) throws IOException {
        this.world = world;
        this.random = random;
        this.git = world.git("full");
        git.ok("init", "-q", "-b", "work");
    }

    static void run(Path folder, Map<String, String> settings, Ledger ledger, Journal journal, Random random)
            throws Exception {
        var disk = Files.createDirectories(folder.resolve("disk"));
        var mount =
                Git.in(folder).program(List.of("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString()));
        if (mount.exit() != 0) {
            System.out.println("chaos: no full disk tried, for want of the right to mount one: "
                    + mount.err().strip());
            return;
        }
        try (var server = new ServerProcess(folder, disk.resolve("data"), World.withPassword(settings))) {
            server.start();
            server.awaitReady();
            new FullDisk(World.prepare(server, ledger, journal, folder), random).run();
        } finally {
            Git.in(folder).program(List.of("umount", "-l", disk.toString()));
        }
    }

    private void run() throws Exception {
        var clients = world.clients(random.nextLong());
        for (var client : clients) {
            client.steps(STEPS);
        }
        fill();
        tryEverything();
        empty();
        compare();
        for (var client : clients) {
            client.steps(STEPS);
        }
        compare();
        fill();
        tryEverything();
        world.server().kill();
        empty();
        world.server().start();
        world.server().awaitReady();
        compare();
        for (var client : clients) {
            client.steps(STEPS);
        }
        compare();
        world.server().stop();
        Comparison.check(world, Comparison.folders(world));
    }

    private void compare() throws IOException, InterruptedException {
        new Comparison(world).run(true);
    }

    private Path filler() {
        return world.server().data().resolveSibling("filler");
    }

    private void fill() {
        world.journal().write("disk", "state", "full");
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            // Full.
        }
    }

    private void empty() throws IOException, InterruptedException {
        Files.delete(filler());
        world.journal().write("disk", "state", "empty");
        // Creations that could not even be withdrawn are, within two sweeps.
        TimeUnit.SECONDS.sleep(2);
    }

    private void tryEverything() {
        for (var turn = 0; turn < STEPS; turn++) {
            push();
            commit();
            row();
            repository();
        }
    }

    private void push() {
        var bytes = new byte[20_000];
        random.nextBytes(bytes);
        var commit = git.commitFile("file.txt", Base64.getEncoder().encodeToString(bytes), "Too much");
        var ref = "refs/heads/full-" + world.ledger().touched().size() + "-" + random.nextInt(1_000_000);
        var operation = world.ledger().begin("push to a full disk", true, Map.of("ref work/two " + ref, commit));
        var result = git.run("push", "--porcelain", world.address("work/two"), commit + ":" + ref);
        if (result.exit() == 0) {
            world.ledger().acknowledge(operation);
        } else {
            world.ledger().unanswered(operation, result.out() + result.err());
            requireWords(result.out() + result.err());
        }
    }

    private void commit() {
        var subject = "full-" + random.nextLong();
        var bytes = new byte[20_000];
        random.nextBytes(bytes);
        world.chains().begin("work/one", subject);
        var action = Map.of(
                "action",
                "create",
                "file_path",
                subject + ".txt",
                "content",
                Base64.getEncoder().encodeToString(bytes));
        var body = Map.of("branch", "shared", "commit_message", subject, "actions", List.of(action));
        var path = "/v2/projects/" + world.ids().getFirst() + "/repository/commits";
        if (answer(
                world.ledger().begin("commit to a full disk", true, Map.of()),
                world.http().post(path, body))) {
            world.chains().acknowledge("work/one", subject);
        }
    }

    private void row() {
        var project = "full-" + random.nextLong();
        var operation = world.ledger().begin("row on a full disk", true, Map.of("project " + project, Ledger.ANY));
        answer(operation, world.http().post("/v4/project", Map.of("project_name", project, "project_type", "scrum")));
    }

    private void repository() {
        var name = "full-" + random.nextLong();
        var operation = world.ledger()
                .begin(
                        "repository on a full disk",
                        true,
                        Map.of(
                                "repository made/" + name,
                                Ledger.ANY,
                                "ref made/" + name + " refs/heads/master",
                                Ledger.ANY));
        var body = Map.of("project_uuid", world.ledger().value("project made"), "name", name, "enable_readme", 1);
        answer(operation, world.http().post("/v1/repositories", body));
    }

    private boolean answer(Ledger.Operation operation, Http.Answer answer) {
        if (answer.status() < 300) {
            world.ledger().acknowledge(operation);
            return true;
        }
        world.ledger().unanswered(operation, answer.toString());
        requireWords(answer.toString());
        return false;
    }

    private void requireWords(String answer) {
        if (!answer.contains("is full")) {
            world.ledger().contradict("On a full disk nobody is told so: " + answer);
        }
    }
}
