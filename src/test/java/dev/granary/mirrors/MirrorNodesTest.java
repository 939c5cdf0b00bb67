package dev.granary.mirrors;

import static dev.granary.mirrors.MirrorFixture.ok;
import static dev.granary.mirrors.MirrorFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.granary.kernel.Settings;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL, with the repositories on a disk that both see. */
class MirrorNodesTest {
    private static final int MIRRORS = 6;

    @TempDir
    Path folder;

    @Test
    void twoNodesRunEachMirrorOnce() throws Exception {
        assumeThat(System.getProperty("database", "POSTGRESQL")).isEqualTo("POSTGRESQL");
        var quick = new String[] {"--granary.outbound-allow=127.0.0.0/8", "--granary.jobs.poll=50ms"};
        try (var first = GranaryServer.start(TestDatabase.POSTGRESQL, quick)) {
            var secrets = Files.createDirectory(folder.resolve("secrets"));
            Files.copy(first.dataFolder().resolve("secrets/key"), secrets.resolve("key"));
            Files.createSymbolicLink(
                    folder.resolve("repositories"), first.dataFolder().resolve("repositories"));
            var url = Objects.requireNonNull(first.bean(Settings.class).databaseUrl());
            try (var second = GranaryServer.start(
                    TestDatabase.POSTGRESQL,
                    quick[0],
                    quick[1],
                    "--granary.data-dir=" + folder,
                    "--granary.database-url=" + url)) {
                var fixture = new MirrorFixture(GranaryServer.shared(TestDatabase.POSTGRESQL), first);
                var jids = new ArrayList<Map.Entry<String, String>>();
                for (var index = 0; index < MIRRORS; index++) {
                    var path = MirrorFixture.path(fixture.repository());
                    ok(fixture.http.post(path + "/associate", Map.of("url", fixture.urlWithPassword())));
                    jids.add(Map.entry(
                            path, text(ok(fixture.http.post(path, Map.of())).json(), "jid")));
                }
                for (var jid : jids) {
                    var ended = MirrorFixture.await(
                            () -> ok(second.asAdmin().get(jid.getKey() + "/runs/" + jid.getValue()))
                                    .json(),
                            run -> !run.get("ended_at").isNull());
                    assertThat(text(ended, "state")).as(ended.toString()).isEqualTo("succeeded");
                    assertThat(ended.get("attempts").asInt()).isEqualTo(1);
                    assertThat(ended.get("refs_changed").asInt()).isEqualTo(1);
                    assertThat(ok(fixture.http.get(jid.getKey() + "/runs")).header("X-Total"))
                            .isEqualTo("1");
                }
                assertThat(runs(first) + runs(second)).isEqualTo(MIRRORS);
            }
        }
    }

    private static double runs(GranaryServer server) {
        return server.bean(MeterRegistry.class).find("granary.mirror.runs").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
