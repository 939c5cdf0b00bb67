package dev.granary.chaos;

import dev.granary.testing.Http;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The very first start, killed again and again: whenever it comes through, the password shown last lets in. */
final class FirstStarts {
    private static final int KILLS = 6;
    private static final int SHORTEST = 500;
    private static final int LONGEST = 6_000;

    private FirstStarts() {}

    static void run(Path folder, Map<String, String> settings, Ledger ledger, Journal journal, Random random)
            throws Exception {
        try (var server = new ServerProcess(folder, folder.resolve("data"), settings)) {
            for (var kill = 0; kill < KILLS; kill++) {
                server.start();
                TimeUnit.MILLISECONDS.sleep(SHORTEST + random.nextInt(LONGEST));
                server.kill();
            }
            server.start();
            server.awaitReady();
            var password = server.shownPassword();
            var answer = Http.at(server.url(), ServerProcess.ADMIN, password).get("/v4/user/keys");
            if (answer.status() != 200) {
                ledger.contradict("The administrator's password that was shown last does not let in: " + answer);
            }
            server.stop();
        }
    }
}
