package dev.granary.remotes;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;

/** A command that runs at the other end of an SSH connection. */
final class RemoteProcess extends Process {
    private static final int MOST_ERRORS = 64 << 10;
    private static final Duration END = Duration.ofSeconds(5);

    private final ChannelExec channel;
    private final Transfer transfer;
    private final InputStream out;

    RemoteProcess(ChannelExec channel, Transfer transfer) {
        this.channel = channel;
        this.transfer = transfer;
        this.out = new MeteredInput(channel.getInvertedOut(), transfer);
    }

    @Override
    public InputStream getInputStream() {
        return out;
    }

    /** JGit keeps what comes here: what is too much is thrown away. */
    @Override
    public InputStream getErrorStream() {
        return new FilterInputStream(channel.getInvertedErr()) {
            private int kept;

            @Override
            public int read(byte[] target, int offset, int most) throws IOException {
                var count = super.read(target, offset, most);
                while (count > 0 && kept >= MOST_ERRORS) {
                    count = super.read(target, offset, most);
                }
                kept += Math.max(0, count);
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new FilterOutputStream(channel.getInvertedIn()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                transfer.check();
                transfer.waits();
                try {
                    out.write(bytes, offset, length);
                } finally {
                    transfer.goesOn();
                }
                transfer.count(length);
            }
        };
    }

    @Override
    public int waitFor() {
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), END);
        return exitValue();
    }

    @Override
    public int exitValue() {
        channel.waitFor(EnumSet.of(ClientChannelEvent.EXIT_STATUS, ClientChannelEvent.CLOSED), END);
        var status = channel.getExitStatus();
        return status == null ? 1 : status;
    }

    @Override
    public void destroy() {
        channel.close(true);
    }
}
