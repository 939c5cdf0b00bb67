package dev.granary.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command of an SSH channel: runs on a virtual thread of its own and ends the channel with its exit status. */
final class SshCommand implements Command {
    private static final Logger log = LoggerFactory.getLogger(SshCommand.class);

    private final Body body;
    private final AtomicInteger running;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (_, _, _) -> {};

    /**
     * @param running counts the commands whose exit status is still to be sent
     */
    SshCommand(Body body, AtomicInteger running) {
        this.body = body;
        this.running = running;
    }

    /** What a command does. */
    @FunctionalInterface
    interface Body {
        /** Runs to the end and returns the exit status. */
        int run(Streams streams) throws IOException;
    }

    /** What a command works with. */
    record Streams(
            InputStream in, OutputStream out, OutputStream err, Session session, Map<String, String> environment) {}

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        this.exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        var streams = new Streams(in, out, err, channel.getSession(), Map.copyOf(environment.getEnv()));
        running.incrementAndGet();
        Thread.ofVirtual().name("ssh-command").start(() -> {
            try {
                exit.onExit(run(streams));
            } finally {
                running.decrementAndGet();
            }
        });
    }

    private int run(Streams streams) {
        try {
            var status = body.run(streams);
            streams.out().flush();
            streams.err().flush();
            return status;
        } catch (IOException e) {
            log.debug("The SSH client went away", e);
        } catch (RuntimeException | Error e) {
            log.error("Unexpected failure of an SSH command", e);
        }
        return 1;
    }

    /** Nothing to do: the closed streams end the command. */
    @Override
    public void destroy(ChannelSession channel) {}
}
