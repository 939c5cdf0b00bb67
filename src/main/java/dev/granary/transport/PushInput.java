package dev.granary.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a pushing client sends. Remembers whether the client stopped sending, to tell that from a bad push, and for a
 * while what it sent, to read it once more.
 */
final class PushInput extends FilterInputStream {
    private boolean ended;
    private @Nullable ByteArrayOutputStream recorded;
    private ByteArrayInputStream again = new ByteArrayInputStream(new byte[0]);

    PushInput(InputStream in) {
        super(in);
    }

    /** Whether the client has gone or sent its last byte. */
    boolean ended() {
        return ended;
    }

    /** Keeps what is read from now on. */
    void record() {
        recorded = new ByteArrayOutputStream();
    }

    /** Has what was kept read once more. */
    void rewind() {
        if (recorded != null) {
            again = new ByteArrayInputStream(recorded.toByteArray());
            ended = false;
        }
        forget();
    }

    /** Keeps nothing any more. */
    void forget() {
        recorded = null;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (again.available() > 0) {
            return again.read(bytes, offset, length);
        }
        var read = -1;
        try {
            read = in.read(bytes, offset, length);
            if (recorded != null && read > 0) {
                recorded.write(bytes, offset, read);
            }
            return read;
        } finally {
            ended = read < 0;
        }
    }

    /**
     * At least one until the client has stopped. JGit takes none at the size limit for the end of the pack, and a network
     * stream often has none at hand while more is on its way: the push would be called damaged, not too large.
     */
    @Override
    public int available() throws IOException {
        return ended ? 0 : Math.max(1, in.available());
    }

    /** Reads what is left, so that a client that sends everything before it listens gets its answer. */
    void drain(long most) throws IOException {
        var buffer = new byte[64 * 1024];
        var left = most;
        while (left > 0 && !ended) {
            left -= Math.max(0, read(buffer, 0, buffer.length));
        }
    }
}
