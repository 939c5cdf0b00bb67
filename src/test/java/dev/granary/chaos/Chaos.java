package dev.granary.chaos;

import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * Kills the server at random instants while clients work, starts it again, compares. A round: the clients work for a
 * while; {@code kill -9}; {@code git fsck} of what they wrote to, while the server starts; sometimes the start itself is
 * killed; then everything is compared, and the next round begins.
 */
final class Chaos implements AutoCloseable {
    private static final int LONGEST_ROUND = 5_000;
    private static final int LONGEST_START = 4_000;
    /** So many that an archive for quicker starts pays. */
    private static final int MANY = 12;

    private final Options options;
    private final Random random;
    private final Journal journal;
    private final Ledger ledger;
    private final ServerProcess server;
    private final List<Thread> threads = new ArrayList<>();
    private World world;
    private int kills;
    private int startKills;

    Chaos(Options options) throws IOException {
        this.options = options;
        FileSystemUtils.deleteRecursively(options.folder());
        Files.createDirectories(options.folder());
        random = new Random(options.seed());
        journal = new Journal(options.folder().resolve("journal.jsonl"));
        ledger = new Ledger(journal);
        journal.write("run", "seed", options.seed(), "kills", options.kills(), "database", options.database());
        var settings = World.withPassword(database(options.database()));
        server = new ServerProcess(options.folder(), options.folder().resolve("data"), settings);
    }

    static Map<String, String> database(String name) {
        var settings = new HashMap<String, String>();
        for (var setting :
                TestDatabase.valueOf(name.toUpperCase(java.util.Locale.ROOT)).settings()) {
            var parts = setting.substring("--granary.".length()).split("=", 2);
            settings.put(
                    "GRANARY_" + parts[0].toUpperCase(java.util.Locale.ROOT).replace('-', '_'), parts[1]);
        }
        return settings;
    }

    /** The whole run; what contradicts the journal, hopefully nothing. */
    List<String> run() throws Exception {
        System.out.printf(
                "chaos: seed %d, journal %s%n", options.seed(), options.folder().resolve("journal.jsonl"));
        var began = System.nanoTime();
        scenario("first start", FirstStarts::run);
        scenario("leftovers", Leftovers::run);
        scenario("full disk", FullDisk::run);
        scenario("webhooks", Deliveries::run);
        if (options.kills() >= MANY) {
            server.warmUp();
        }
        server.start();
        server.awaitReady();
        world = World.prepare(server, ledger, journal, options.folder());
        world.clients(options.seed()).forEach(this::start);
        while (kills < options.kills()) {
            round();
            if (kills % 10 == 0) {
                System.out.printf(
                        "chaos: %d kills, %d contradictions%n",
                        kills, ledger.contradictions().size());
            }
        }
        world.gate().end();
        for (var thread : threads) {
            thread.join();
        }
        var comparison = new Comparison(world);
        comparison.run(true);
        comparison.awaitNoStrangers();
        server.stop();
        Comparison.check(world, Comparison.folders(world));
        report(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        return ledger.contradictions();
    }

    /** A way of going wrong of its own, on a server of its own. */
    @FunctionalInterface
    private interface Scenario {
        void run(Path folder, Map<String, String> settings, Ledger ledger, Journal journal, Random random)
                throws Exception;
    }

    private void scenario(String name, Scenario scenario) throws Exception {
        if (!options.wants(name)) {
            return;
        }
        journal.write("scenario", "name", name);
        var own = new Ledger(journal);
        var folder = Files.createDirectories(options.folder().resolve(name.replace(' ', '-')));
        scenario.run(folder, database(options.database()), own, journal, random);
        own.contradictions().forEach(ledger::contradict);
        System.out.printf(
                "chaos: %s: %d contradictions%n", name, own.contradictions().size());
    }

    private void start(Client client) {
        threads.add(Thread.ofPlatform().name(client.name).start(client));
    }

    private void round() throws Exception {
        world.gate().open();
        TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(LONGEST_ROUND));
        world.gate().close();
        kill("at work");
        world.gate().awaitEmpty();
        server.start();
        while (kills < options.kills() && random.nextInt(4) == 0) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_START));
            startKills++;
            kill("while it started");
            server.start();
        }
        check();
        server.awaitReady();
        journal.write("started", "kills", kills);
        new Comparison(world).run(false);
    }

    private void kill(String when) throws InterruptedException {
        server.kill();
        kills++;
        journal.write("killed", "kill", kills, "when", when);
    }

    /** Checks the folders of repositories that requests without an answer were about. */
    private void check() {
        Set<Path> touched = new HashSet<>();
        for (var name : ledger.touched()) {
            var parts = name.split(" ");
            if (parts[0].equals("ref")) {
                var uuid = ledger.value("repository " + parts[1]);
                if (!uuid.isEmpty() && !uuid.equals(Ledger.ANY) && Files.exists(world.bare(uuid))) {
                    touched.add(world.bare(uuid));
                }
            }
        }
        Comparison.check(world, touched);
    }

    private void report(long seconds) throws IOException {
        System.out.printf(
                "chaos: %d kills (%d of them during a start) in %d s, seed %d, %s%n",
                kills, startKills, seconds, options.seed(), options.database());
        System.out.println("acknowledged:");
        ledger.acknowledged().forEach((kind, count) -> System.out.printf("  %6d %s%n", count, kind));
        System.out.println("without an answer: " + ledger.unansweredOutcome());
        System.out.println("refused: " + ledger.refused());
        System.out.println("starts that reported repairs: " + server.repairs().size());
        System.out.println("contradictions: " + ledger.contradictions().size());
        ledger.contradictions().forEach(System.out::println);
        journal.write(
                "end",
                "seconds",
                seconds,
                "contradictions",
                ledger.contradictions().size());
    }

    @Override
    public void close() throws IOException {
        if (world != null) {
            world.gate().end();
        }
        server.close();
        journal.close();
    }
}
