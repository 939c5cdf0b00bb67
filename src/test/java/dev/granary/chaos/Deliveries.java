package dev.granary.chaos;

import com.sun.net.httpserver.HttpExchange;
import dev.granary.testing.Git;
import dev.granary.testing.Http;
import dev.granary.testing.Receiver;
import dev.granary.testing.Receiver.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Webhooks of a repository and of its project, whose receiver fails at random, hangs, breaks off and goes away, while the
 * server is killed every few seconds and refs move by pushes and by API. In the end every move that was acknowledged, and
 * every one that can be seen, has arrived at both, in order, and the logs say the same.
 */
final class Deliveries {
    private static final int EVENTS = Integer.getInteger("chaos.events", 10_000);
    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(Integer.getInteger("chaos.minutes", 10));
    private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final int LONGEST_ROUND = 6_000;
    private static final int REFS = 60;
    private static final int AT_ONCE = 30;
    /** So many moves may wait for their deliveries: more would only make the end longer. */
    private static final int MOST_WAITING = 300;

    private static final List<String> HOOKS = List.of("/repository", "/project");
    private static final String NOTHING = "0".repeat(40);
    private static final String API_BRANCH = "refs/heads/api";

    private final World world;
    private final Ledger ledger;
    private final Random random;
    private final Receiver receiver = new Receiver();
    private final Map<String, String> hooks = new LinkedHashMap<>();
    /** What each ref was moved to by requests that were acknowledged. */
    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();

    private volatile boolean working = true;
    private int kills;

    private Deliveries(World world, Ledger ledger, Random random) {
        this.world = world;
        this.ledger = ledger;
        this.random = random;
    }

    static void run(Path folder, Map<String, String> settings, Ledger ledger, Journal journal, Random random)
            throws Exception {
        var more = World.withPassword(settings);
        more.put("GRANARY_OUTBOUND_ALLOW", "127.0.0.0/8");
        more.put("GRANARY_WEBHOOKS_TIMEOUT", "2s");
        more.put("GRANARY_WEBHOOKS_RETRY_AFTER", "100ms");
        try (var server = new ServerProcess(folder, folder.resolve("data"), more)) {
            server.warmUp();
            server.start();
            server.awaitReady();
            var world = World.prepare(server, ledger, journal, folder);
            new Deliveries(world, ledger, random).run();
            server.stop();
        }
    }

    private void run() throws Exception {
        var began = System.nanoTime();
        var repository = "/v4/repositories/" + world.ids().getFirst() + "/hooks";
        var project = "/v4/projects/" + ledger.value("project work") + "/hooks";
        hooks.put(HOOKS.getFirst(), hook(repository, HOOKS.getFirst()));
        hooks.put(HOOKS.getLast(), hook(project, HOOKS.getLast()));
        HOOKS.forEach(path -> receiver.on(path, this::answer));
        var threads = List.of(
                Thread.ofPlatform().start(this::push),
                Thread.ofPlatform().start(this::commit),
                Thread.ofPlatform().start(this::restartReceiver));
        var server = world.server();
        while (arrived() < EVENTS && millis(began) < LONGEST_MILLIS) {
            TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(LONGEST_ROUND));
            server.kill();
            kills++;
            server.start();
            server.awaitReady();
        }
        working = false;
        for (var thread : threads) {
            thread.join();
        }
        awaitDelivered();
        var refs = refs();
        for (var path : HOOKS) {
            compare(path, refs);
        }
        System.out.printf(
                "chaos: webhooks: %d kills in %d s; %d moves acknowledged; %d events arrived in %d calls, %d of them"
                        + " repeats%n",
                kills,
                millis(began) / 1_000,
                moves(),
                arrived(),
                HOOKS.stream().mapToInt(path -> receiver.calls(path).size()).sum(),
                HOOKS.stream().mapToInt(path -> receiver.calls(path).size()).sum() - arrived());
        receiver.close();
    }

    private static long millis(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private int arrived() {
        return HOOKS.stream()
                .mapToInt(path -> (int) receiver.calls(path).stream()
                        .map(Deliveries::uuid)
                        .distinct()
                        .count())
                .sum();
    }

    private int moves() {
        return acknowledged.values().stream().mapToInt(Set::size).sum();
    }

    private static String uuid(Call call) {
        return call.header("Idempotency-key");
    }

    private String hook(String place, String path) {
        var made = world.http()
                .post(place, Map.of("url", receiver.url(path), "push_events", true, "tag_push_events", true));
        return place + "/" + made.json().get("id").asLong();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var chance = ThreadLocalRandom.current().nextInt(100);
        if (chance < 6) {
            Receiver.status(500).answer(exchange);
        } else if (chance < 8) {
            pause(3_000);
        } else if (chance < 88) {
            Receiver.status(200).answer(exchange);
        } else if (chance < 98) {
            pause(20);
            Receiver.status(204).answer(exchange);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void restartReceiver() {
        try {
            while (working) {
                pause(5_000);
                receiver.restart(Duration.ofMillis(500));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Moves many branches and tags, again and again. */
    private void push() {
        try {
            var git = world.git("deliveries");
            git.ok("init", "-q", "-b", "work");
            var choice = new Random(random.nextLong());
            for (var number = 0; working; number++) {
                var commit = git.commitFile("file.txt", "content " + number, "Change " + number);
                var command = new ArrayList<>(List.of("push", "--porcelain", world.address("work/one")));
                var wanted = new HashMap<String, String>();
                while (wanted.size() < AT_ONCE) {
                    var ref = choice.nextInt(4) == 0 ? "refs/tags/t" : "refs/heads/b";
                    wanted.put(ref + choice.nextInt(REFS), choice.nextInt(10) == 0 ? "" : commit);
                }
                wanted.forEach((ref, to) -> command.add("+" + to + ":" + ref));
                acknowledge(git.run(command.toArray(String[]::new)), wanted);
                do {
                    pause(50);
                } while (working && moves() - arrived() / HOOKS.size() > MOST_WAITING);
            }
        } catch (IOException | AssertionError e) {
            ledger.contradict("Pushes could not go on: " + e);
        }
    }

    private void acknowledge(Git.Result result, Map<String, String> wanted) {
        result.out()
                .lines()
                .map(line -> line.split("\t", 3))
                .filter(parts -> parts.length == 3 && "+*- ".contains(parts[0]))
                .map(parts -> parts[1].substring(parts[1].indexOf(':') + 1))
                .filter(ref -> !wanted.getOrDefault(ref, "").isEmpty())
                .forEach(ref -> acknowledged(ref, wanted.get(ref)));
    }

    private void acknowledged(String ref, String to) {
        acknowledged.computeIfAbsent(ref, _ -> ConcurrentHashMap.newKeySet()).add(to);
    }

    /** Commits one file after the other. */
    private void commit() {
        var begun = false;
        for (var number = 0; working; number++) {
            var body = new HashMap<String, Object>(Map.of(
                    "branch",
                    "api",
                    "commit_message",
                    "Commit " + number,
                    "actions",
                    List.of(Map.of("action", "create", "file_path", "api/" + number, "content", "content"))));
            if (!begun) {
                body.put("start_branch", "shared");
            }
            try {
                var answer = world.http().post("/v2/projects/" + world.ids().getFirst() + "/repository/commits", body);
                if (answer.status() == 200) {
                    acknowledged(API_BRANCH, answer.result().get("id").asString());
                }
                // A branch that is there already was made by a request without an answer.
                begun |= answer.status() == 200 || answer.status() == 409;
            } catch (UncheckedIOException e) {
                pause(100);
            }
        }
    }

    private void awaitDelivered() {
        var began = System.nanoTime();
        while (hooks.values().stream().anyMatch(hook -> state(hook, "pending") > 0)) {
            if (millis(began) > PATIENCE_MILLIS) {
                ledger.contradict("Deliveries still wait: " + hooks.values());
                return;
            }
            pause(500);
        }
        // A ref that moved before a kill is found within a minute.
        pause(TimeUnit.SECONDS.toMillis(5));
        if (hooks.values().stream().anyMatch(hook -> state(hook, "pending") > 0)) {
            awaitDelivered();
        }
    }

    private long state(String hook, String field) {
        return world.http().get(hook + "/state").json().get(field).asLong();
    }

    private Map<String, String> refs() {
        var bare = Git.in(world.bare(ledger.value("repository work/one")));
        var refs = new HashMap<String, String>();
        bare.ok("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags")
                .lines()
                .map(line -> line.split(" "))
                .forEach(parts -> refs.put(parts[0], parts[1]));
        return refs;
    }

    private void compare(String path, Map<String, String> refs) {
        var calls = receiver.calls(path);
        var order = new LinkedHashMap<String, Integer>();
        for (var call : calls) {
            var place = order.computeIfAbsent(uuid(call), _ -> order.size());
            if (place != order.size() - 1) {
                ledger.contradict("%s: event %d came again after event %d".formatted(path, place, order.size() - 1));
            }
        }
        chains(path, calls, refs);
        var hook = hooks.get(path);
        if (state(hook, "dead") != 0) {
            ledger.contradict(path + ": deliveries were given up");
        }
        var delivered = pages(hook + "/deliveries?state=delivered&", "uuid", _ -> true);
        if (!delivered.equals(List.copyOf(order.keySet()))) {
            ledger.contradict("%s: %d deliveries, %d events arrived, or in another order"
                    .formatted(path, delivered.size(), order.size()));
        }
        var logged = new LinkedHashSet<>(pages(
                hook + "/logs?",
                "uuid",
                row -> row.get("response_status").asString().startsWith("2")));
        if (!logged.equals(order.keySet())) {
            ledger.contradict(
                    "%s: %d events logged as arrived, %d arrived".formatted(path, logged.size(), order.size()));
        }
    }

    /** Whether the moves of each ref follow from one to the next, up to where it is now. */
    private void chains(String path, List<Call> calls, Map<String, String> refs) {
        var at = new HashMap<String, String>();
        var seen = new HashSet<String>();
        Map<String, Set<String>> told = new HashMap<>();
        for (var call : calls) {
            if (seen.add(uuid(call))) {
                var ref = call.text("ref");
                // What was there before the webhook was, nobody told.
                var last = at.getOrDefault(ref, ref.equals("refs/heads/shared") ? call.text("before") : NOTHING);
                if (!last.equals(call.text("before"))) {
                    ledger.contradict(
                            "%s: %s moved from %s, but was at %s".formatted(path, ref, call.text("before"), last));
                }
                at.put(ref, call.text("after"));
                told.computeIfAbsent(ref, _ -> new HashSet<>()).add(call.text("after"));
            }
        }
        acknowledged.forEach((ref, values) -> {
            var missing = new HashSet<>(values);
            missing.removeAll(told.getOrDefault(ref, Set.of()));
            if (!missing.isEmpty()) {
                ledger.contradict("%s: nobody told that %s moved to %s".formatted(path, ref, missing));
            }
        });
        at.forEach((ref, value) -> {
            if (!refs.getOrDefault(ref, NOTHING).equals(value)) {
                ledger.contradict(
                        "%s: %s is at %s, told was %s".formatted(path, ref, refs.getOrDefault(ref, NOTHING), value));
            }
        });
    }

    private List<String> pages(String path, String field, Predicate<JsonNode> which) {
        var all = new ArrayList<String>();
        Http.Answer page;
        var offset = 0;
        do {
            page = world.http().get(path + "limit=100&offset=" + offset);
            for (var row : page.json()) {
                if (which.test(row)) {
                    all.add(row.get(field).asString());
                }
            }
            offset += 100;
        } while (!page.json().isEmpty());
        return all;
    }
}
