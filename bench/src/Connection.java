import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** An HTTP/1.1 connection kept alive, on a plain socket: the client must cost little beside what it measures. */
final class Connection implements AutoCloseable {
    /** Less than this may be sections and headers that a server sends before it has done anything. */
    private static final int FIRST_BYTES = 1024;

    private static final int TIMEOUT_MILLIS = 300_000;
    private static final int BUFFER = 256 * 1024;

    private final int port;
    private final byte[] buffer = new byte[BUFFER];
    private Socket socket;
    private int position;
    private int limit;

    Connection(int port) {
        this.port = port;
    }

    /**
     * An answer.
     *
     * @param body empty unless it was to be kept
     * @param bytes how long the body was
     * @param firstNanos from sending until the first KiB of the body was there
     * @param nanos from sending until all of it was there
     */
    record Answer(int status, byte[] body, long bytes, long firstNanos, long nanos) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        Answer ok() {
            if (status / 100 != 2) {
                throw new Failure("Answered " + status + " " + text());
            }
            return this;
        }
    }

    /** The bytes of a request. */
    static byte[] request(String method, String path, Map<String, String> headers, byte[] body) {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0 || method.equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        var out = new ByteArrayOutputStream(head.length() + body.length + 2);
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** Sends a request and reads its answer to the end, keeping the body or not. */
    Answer exchange(byte[] request, boolean keep) {
        try {
            if (socket == null) {
                open();
            }
            return read(request, keep);
        } catch (IOException e) {
            close();
            throw new Failure("Port " + port + ": " + e, e);
        }
    }

    private void open() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        position = 0;
        limit = 0;
    }

    private Answer read(byte[] request, boolean keep) throws IOException {
        var began = System.nanoTime();
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ")[1]);
        long length = 0;
        boolean chunked = false;
        boolean last = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            last |= lower.startsWith("connection:") && lower.contains("close");
        }
        var body = new Body(keep);
        if (chunked) {
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.take(size);
                line();
            }
            line();
        } else {
            body.take(length);
        }
        var ended = System.nanoTime();
        if (last) {
            close();
        }
        return new Answer(
                status,
                body.kept.toByteArray(),
                body.bytes,
                (body.first == 0 ? ended : body.first) - began,
                ended - began);
    }

    /** Counts what comes, and keeps it if asked. */
    private final class Body {
        final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
        final boolean keep;
        long bytes;
        long first;

        Body(boolean keep) {
            this.keep = keep;
        }

        void take(long count) throws IOException {
            for (long left = count; left > 0; ) {
                if (position == limit) {
                    fill();
                }
                int part = (int) Math.min(left, limit - position);
                if (keep) {
                    kept.write(buffer, position, part);
                }
                position += part;
                left -= part;
                bytes += part;
                if (first == 0 && bytes >= FIRST_BYTES) {
                    first = System.nanoTime();
                }
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            if (position == limit) {
                fill();
            }
            int next = buffer[position++];
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    private void fill() throws IOException {
        limit = socket.getInputStream().read(buffer);
        position = 0;
        if (limit < 0) {
            limit = 0;
            throw new EOFException("closed in the middle of an answer");
        }
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It is gone either way.
        }
        socket = null;
    }
}
