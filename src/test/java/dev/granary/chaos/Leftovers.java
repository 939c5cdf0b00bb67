package dev.granary.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/** What dying writers may leave, put into the data folder by hand: the next start repairs it and says so. */
final class Leftovers {
    private static final int STEPS = 25;
    private static final int GARBAGE = 5_000;

    private static final List<String> FILES = List.of(
            "HEAD.lock",
            "config.lock",
            "packed-refs.lock",
            "refs/heads/shared.lock",
            "objects/incoming_123.pack",
            "objects/noz123.tmp",
            "objects/pack/tmp_pack_Ab12Cd",
            "objects/pack/tmp_idx_Ab12Cd",
            "objects/pack/granary_123.pack_tmp",
            "objects/pack/pack-0123456789012345678901234567890123456789.pack",
            "objects/pack/pack-9876543210987654321098765432109876543210.idx",
            "objects/info/granary_123.graph_tmp");

    private final World world;
    private final Random random;

    private Leftovers(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    static void run(Path folder, Map<String, String> settings, Ledger ledger, Journal journal, Random random)
            throws Exception {
        try (var server = new ServerProcess(folder, folder.resolve("data"), World.withPassword(settings))) {
            server.start();
            server.awaitReady();
            new Leftovers(World.prepare(server, ledger, journal, folder), random).run();
        }
    }

    private void run() throws Exception {
        var clients = world.clients(random.nextLong());
        for (var client : clients) {
            client.steps(STEPS);
        }
        var server = world.server();
        server.kill();
        var repositories = world.repositories();
        for (var uuid : repositories.values()) {
            for (var name : FILES) {
                var file = world.bare(uuid).resolve(name);
                if (Files.isDirectory(file.getParent())) {
                    Files.write(file, garbage());
                }
            }
        }
        var stranger = UUID.randomUUID().toString().replace("-", "");
        FileSystemUtils.copyRecursively(
                world.bare(repositories.values().iterator().next()), world.bare(stranger));
        Files.write(world.bare(stranger).resolve("refs/heads/x.lock"), garbage());
        var halfDeleted = server.data().resolve("trash").resolve(stranger.replace(stranger.charAt(0), '0') + ".git");
        Files.write(Files.createDirectories(halfDeleted).resolve("HEAD"), garbage());
        Files.write(
                Files.createDirectories(server.data().resolve("tmp/half.git/objects"))
                        .resolve("x"),
                garbage());
        var log = server.data().resolve("granary.db-wal");
        if (Files.exists(log)) {
            Files.write(log, garbage(), StandardOpenOption.APPEND);
        }
        server.start();
        server.awaitReady();
        var comparison = new Comparison(world);
        comparison.run(true);
        comparison.awaitNoStrangers();
        if (!server.output().contains("Repaired after the last run")) {
            world.ledger().contradict("The log does not say what was repaired");
        }
        if (Files.exists(server.data().resolve("tmp/half.git"))) {
            world.ledger().contradict("A half-made repository stays in tmp/");
        }
        for (var client : clients) {
            client.steps(STEPS);
        }
        new Comparison(world).run(true);
        server.stop();
        Comparison.check(world, Comparison.folders(world));
    }

    private byte[] garbage() {
        var bytes = new byte[random.nextInt(GARBAGE)];
        random.nextBytes(bytes);
        return bytes;
    }
}
