package dev.granary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The short form of the chaos run, or whatever form {@code chaos/run} asks for. */
class ChaosIT {
    private static final String SHORT = "--kills 6 --seed 20261122 --folder target/chaos-short --scenarios false";

    @Test
    void losesNothing() throws Exception {
        var wanted = System.getProperty("chaos", SHORT).strip();
        var options = Options.of(wanted.isEmpty() ? new String[0] : wanted.split("\\s+"));
        try (var chaos = new Chaos(options)) {
            assertThat(chaos.run()).isEmpty();
        }
    }
}
