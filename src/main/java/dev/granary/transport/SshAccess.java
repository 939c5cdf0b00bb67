package dev.granary.transport;

import dev.granary.api.AccessLog;
import dev.granary.kernel.Caller;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.sshd.common.session.Session;
import org.slf4j.MDC;

/** Gathers what the access log tells of one SSH command. */
final class SshAccess {
    static final int OK = 200;
    static final int CLIENT_GONE = 499;

    private static final int FAILED = 500;

    private final long began = System.nanoTime();
    private final Session session;
    private final String path;
    private Caller caller = Caller.ANONYMOUS;
    private int status = FAILED;
    private long bytes;

    SshAccess(Session session, GitCommand command, Optional<GitPath> path) {
        this.session = session;
        this.path = path.map(place -> "/" + place.group() + "/" + place.name() + ".git/")
                        .orElse("-/")
                + command.wireName();
    }

    /** The repository's path and the command, as over HTTP. */
    String path() {
        return path;
    }

    /** From where the client is connected. */
    static String address(Session session) {
        var client = (InetSocketAddress) session.getIoSession().getRemoteAddress();
        return client.getAddress().getHostAddress();
    }

    void by(Caller caller) {
        this.caller = caller;
    }

    void status(int status) {
        this.status = status;
    }

    /** The stream, with its bytes counted; one thread writes to it. */
    OutputStream counted(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
                bytes++;
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                out.write(buffer, offset, length);
                bytes += length;
            }
        };
    }

    void write() {
        if (AccessLog.isOn()) {
            var requestId = Optional.ofNullable(MDC.get("request_id")).orElse("-");
            AccessLog.write(new AccessLog.Entry(
                    "SSH", path, status, bytes, System.nanoTime() - began, caller, requestId, address(session)));
        }
    }
}
