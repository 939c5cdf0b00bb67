package dev.granary.chaos;

import java.nio.file.Path;
import java.util.HashMap;

/**
 * How a run goes.
 *
 * @param kills how many times the server is killed
 * @param seed what every random choice follows from
 * @param database {@code sqlite} or {@code postgresql}
 * @param folder where data, clones, logs and the journal go
 * @param scenarios which other ways of going wrong are tried too: {@code true} for all, {@code false} for none, or the
 *     name of one, for example {@code webhooks}
 */
record Options(int kills, long seed, String database, Path folder, String scenarios) {
    static Options of(String[] arguments) {
        var given = new HashMap<String, String>();
        for (var index = 0; index + 1 < arguments.length; index += 2) {
            given.put(arguments[index], arguments[index + 1]);
        }
        var options = new Options(
                Integer.parseInt(take(given, "--kills", "100")),
                Long.parseLong(take(given, "--seed", Long.toString(System.nanoTime() % 1_000_000))),
                take(given, "--database", "sqlite"),
                Path.of(take(given, "--folder", "target/chaos")).toAbsolutePath(),
                take(given, "--scenarios", "true"));
        if (!given.isEmpty() || arguments.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "usage: chaos/run [--kills N] [--seed S] [--database sqlite|postgresql] [--folder F]"
                            + " [--scenarios true|false|NAME]");
        }
        return options;
    }

    /** Whether one of the other ways of going wrong is tried. */
    boolean wants(String scenario) {
        return scenarios.equals("true") || scenarios.equals(scenario.replace(' ', '-'));
    }

    private static String take(HashMap<String, String> given, String name, String otherwise) {
        var value = given.remove(name);
        return value == null ? otherwise : value;
    }
}
