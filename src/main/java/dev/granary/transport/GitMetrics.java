package dev.granary.transport;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.springframework.stereotype.Component;

/** Counts Git requests, how long they take and how much they carry. */
@Component
class GitMetrics {
    private final MeterRegistry registry;

    GitMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** How a request ended. */
    enum Outcome {
        OK,
        /** The caller may not, or the server has no room. */
        REFUSED,
        /** The client went away or spoke wrongly, or the server failed. */
        FAILED
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    /** Records the end of a request that {@link #start} began. */
    void end(Timer.Sample sample, String transport, GitCommand command, Outcome outcome) {
        sample.stop(Timer.builder("granary.git.requests")
                .description("Git requests")
                .tag("transport", transport)
                .tag("command", command.metricName())
                .tag("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT))
                .register(registry));
    }

    /** The stream, with its bytes counted as received. */
    InputStream counted(InputStream in, String transport, GitCommand command) {
        var counter =
                registry.counter("granary.git.received.bytes", "transport", transport, "command", command.metricName());
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                var read = super.read();
                if (read >= 0) {
                    counter.increment();
                }
                return read;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                var read = super.read(bytes, offset, length);
                if (read > 0) {
                    counter.increment(read);
                }
                return read;
            }
        };
    }

    /** The stream, with its bytes counted as sent. */
    OutputStream counted(OutputStream out, String transport, GitCommand command) {
        var counter =
                registry.counter("granary.git.sent.bytes", "transport", transport, "command", command.metricName());
        return new FilterOutputStream(out) {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
                counter.increment();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                counter.increment(length);
            }
        };
    }
}
