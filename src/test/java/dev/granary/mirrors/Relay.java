package dev.granary.mirrors;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to another one, can be shut and opened, and can be made to stop in the middle of an answer. */
final class Relay implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;

    /** How many bytes of each answer pass; the rest never comes. */
    volatile long passing = Long.MAX_VALUE;

    Relay(int target) {
        this.target = target;
        this.listening = listen(0);
        this.port = listening.getLocalPort();
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return port;
    }

    void open() {
        listening = listen(port);
        Thread.ofVirtual().start(this::accept);
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        var server = listening;
        try {
            while (true) {
                var client = server.accept();
                var behind = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(behind);
                Thread.ofVirtual().start(() -> copy(client, behind, Long.MAX_VALUE));
                Thread.ofVirtual().start(() -> copy(behind, client, passing));
            }
        } catch (IOException e) {
            // Shut.
        }
    }

    private static void copy(Socket from, Socket to, long most) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[4096];
            var left = most;
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, (int) Math.min(left, count));
                out.flush();
                left -= Math.min(left, count);
                if (left == 0) {
                    while (!to.isClosed() && !from.isClosed()) {
                        Thread.sleep(50);
                    }
                }
            }
        } catch (IOException e) {
            // Broken off.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Refuses connections from now on, and breaks those there are. */
    void shut() {
        try {
            listening.close();
            for (var socket : sockets) {
                socket.close();
            }
            sockets.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shut();
    }
}
