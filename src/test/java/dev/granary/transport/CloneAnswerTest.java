package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that grows while several read it. */
class CloneAnswerTest {
    private static final byte[] PACKET = "0009\1data".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private Path file;
    private CloneAnswer answer;

    @BeforeEach
    void create() throws IOException {
        file = folder.resolve("answer");
        answer = new CloneAnswer(file);
    }

    @Test
    void reachesAllWhoReadItHoweverLateTheyCome() throws Exception {
        var outs = new ArrayList<ByteArrayOutputStream>();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 5; i++) {
            var out = new ByteArrayOutputStream();
            outs.add(out);
            assertThat(answer.join()).isTrue();
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    answer.sendTo(out);
                } catch (IOException e) {
                    out.reset();
                } finally {
                    answer.leave();
                }
            }));
            for (var packet = 0; packet < 1000; packet++) {
                answer.write(PACKET);
            }
        }
        answer.end(null);
        for (var thread : threads) {
            thread.join();
        }
        assertThat(answer.length()).isEqualTo(5000L * PACKET.length);
        assertThat(outs).allSatisfy(out -> assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(file)));
    }

    @Test
    void tellsAWaitingClientThatTheServerIsStillThere() throws Exception {
        assertThat(answer.join()).isTrue();
        answer.write(PACKET, 0, 3);
        var out = new ByteArrayOutputStream();
        var reader = Thread.ofVirtual().start(() -> {
            try {
                answer.sendTo(out);
            } catch (IOException e) {
                out.reset();
            }
        });
        answer.write(PACKET, 3, PACKET.length - 3);
        Thread.sleep(6_000);
        answer.write(PACKET);
        answer.end(null);
        reader.join();
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("0009\1data0005\1" + "0009\1data");
    }

    @Test
    void isGivenUpWhenNobodyReadsItAnyMore() throws IOException {
        assertThat(answer.join()).isTrue();
        assertThat(answer.join()).isTrue();
        answer.leave();
        answer.write(PACKET);
        answer.leave();
        assertThatThrownBy(() -> answer.write(PACKET)).isInstanceOf(IOException.class);
        assertThat(answer.join()).isFalse();
    }

    @Test
    void breaksOffForItsReadersWhenItFails() throws IOException {
        assertThat(answer.join()).isTrue();
        answer.write(PACKET);
        answer.end(new IOException("The disk is full"));
        assertThat(answer.begins()).isFalse();
        assertThatThrownBy(() -> answer.sendTo(new ByteArrayOutputStream()))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("The disk is full");
        assertThat(answer.join()).isFalse();
    }

    @Test
    void neverBeginsWhenItFailsAtOnce() throws IOException {
        assertThat(answer.join()).isTrue();
        answer.end(new IOException("Nothing to read"));
        assertThat(answer.begins()).isFalse();
        answer.leave();
    }
}
