package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Isolated
@ExtendWith(OutputCaptureExtension.class)
class OccupiedPortTest {
    @TempDir
    Path folder;

    @Test
    void stopsTheStartWithOneLineAndLeavesNothingRunning(CapturedOutput output) throws Exception {
        var data = "--granary.data-dir=" + folder.resolve("data");
        var httpPort = freePort();
        var http = "--granary.http-port=" + httpPort;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ssh = "--granary.ssh-port=" + taken.getLocalPort();
            assertThatThrownBy(() -> GranaryServer.start(TestDatabase.SQLITE, data, http, ssh))
                    .hasStackTraceContaining("GRANARY_SSH_PORT");
            assertThat(output.getErr().lines())
                    .singleElement()
                    .asString()
                    .startsWith("GRANARY_SSH_PORT: 127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(output.getAll().split(Pattern.quote("GRANARY_SSH_PORT"), -1)).hasSize(2);
        assertThat(output.getAll()).doesNotContain("\tat ");
        // Its HTTP port, its data folder and its database are free again.
        try (var server = GranaryServer.start(TestDatabase.SQLITE, data, http)) {
            assertThat(server.httpPort()).isEqualTo(httpPort);
            assertThat(server.asNobody().get("/actuator/health").status()).isEqualTo(200);
        }
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
