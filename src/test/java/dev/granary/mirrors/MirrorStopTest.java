package dev.granary.mirrors;

import static dev.granary.mirrors.MirrorFixture.ok;
import static dev.granary.mirrors.MirrorFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped as planned in the middle of a run. */
class MirrorStopTest {
    @TempDir
    Path folder;

    private GranaryServer start() {
        return GranaryServer.start(
                TestDatabase.SQLITE,
                "--granary.outbound-allow=127.0.0.0/8",
                "--granary.jobs.poll=100ms",
                "--granary.data-dir=" + folder);
    }

    @Test
    void aPlannedStopIsNoAttempt() {
        assumeThat(System.getProperty("database", "SQLITE")).isEqualTo("SQLITE");
        var origin = GranaryServer.shared(TestDatabase.SQLITE);
        try (var relay = new Relay(origin.httpPort())) {
            relay.passing = 40;
            String path;
            String jid;
            try (var server = start()) {
                var fixture = new MirrorFixture(origin, server);
                fixture.associate(fixture.urlWithPassword().replace(":" + origin.httpPort(), ":" + relay.port()));
                path = fixture.path();
                jid = fixture.start(Map.of());
                MirrorFixture.await(
                        () -> fixture.run(jid), run -> text(run, "state").equals("running"));
            }
            relay.passing = Long.MAX_VALUE;
            try (var server = start()) {
                var http = server.asAdmin();
                var run = MirrorFixture.await(
                        () -> ok(http.get(path + "/runs/" + jid)).json(),
                        ended -> !ended.get("ended_at").isNull());
                assertThat(text(run, "state")).as(run.toString()).isEqualTo("succeeded");
                assertThat(run.get("attempts").asInt()).isEqualTo(1);
                assertThat(ok(http.get(path)).json().get("number_of_failures").isNull())
                        .isTrue();
                assertThat(ok(http.get(path + "/runs")).header("X-Total")).isEqualTo("1");
            }
        }
    }
}
