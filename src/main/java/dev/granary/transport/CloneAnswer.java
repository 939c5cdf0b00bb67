package dev.granary.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An answer that grows in a file while it is made, sent to as many as ask for it meanwhile: each reads the file at its
 * own pace. Once nobody waits for it any more it need not be finished.
 */
final class CloneAnswer extends OutputStream {
    private static final int BUFFER = 128 * 1024;
    private static final int LENGTH_DIGITS = 4;

    /** Proxies and impatient people give up on a connection that is silent for long. */
    private static final long SILENCE_SECONDS = 5;

    /** A packet of the side band for data with nothing in it: git sends the same. */
    private static final byte[] STILL_THERE = "0005\1".getBytes(StandardCharsets.US_ASCII);

    private final FileChannel file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final byte[] header = new byte[LENGTH_DIGITS];
    private int headerBytes;
    private int packetLeft;
    private long length;
    private int readers;
    private boolean abandoned;
    private boolean ended;
    private @Nullable Exception failure;

    CloneAnswer(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
    }

    /** Whether the caller may read from now on; not when the answer was given up or failed. Calls {@link #leave} then. */
    boolean join() {
        lock.lock();
        try {
            if (abandoned || failure != null || !file.isOpen()) {
                return false;
            }
            readers++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The caller, who joined, reads no more. */
    void leave() {
        lock.lock();
        try {
            readers--;
            abandoned |= readers == 0 && !ended;
            closeIfUnused();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** Adds to the answer; throws when nobody wants it any more. */
    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        lock.lock();
        try {
            if (abandoned) {
                throw new IOException("Nobody reads the answer any more");
            }
        } finally {
            lock.unlock();
        }
        // The one writer knows the length; readers stay below it.
        var source = ByteBuffer.wrap(bytes, offset, count);
        while (source.hasRemaining()) {
            file.write(source, length + source.position() - offset);
        }
        lock.lock();
        try {
            length += count;
            followPackets(bytes, offset, count);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Notes how much of the last packet is still to come. */
    private void followPackets(byte[] bytes, int offset, int count) {
        for (var at = offset; at < offset + count; ) {
            if (packetLeft > 0) {
                var step = Math.min(packetLeft, offset + count - at);
                packetLeft -= step;
                at += step;
            } else {
                header[headerBytes++] = bytes[at++];
                if (headerBytes == LENGTH_DIGITS) {
                    headerBytes = 0;
                    var packet = Integer.parseInt(new String(header, StandardCharsets.US_ASCII), 16);
                    packetLeft = Math.max(0, packet - LENGTH_DIGITS);
                }
            }
        }
    }

    /** How long it is by now. */
    long length() {
        lock.lock();
        try {
            return length;
        } finally {
            lock.unlock();
        }
    }

    /** The answer is complete, or it never will be, for a reason. */
    void end(@Nullable Exception reason) {
        lock.lock();
        try {
            ended = true;
            failure = reason;
            grown.signalAll();
            closeIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** Its bytes are on their way to nobody and from nobody: the file need not stay open. */
    private void closeIfUnused() {
        if (ended && readers == 0) {
            try {
                file.close();
            } catch (IOException e) {
                // Nothing is lost: whoever reads it opens it again.
            }
        }
    }

    /**
     * Waits for the beginning of the answer.
     *
     * @return whether it has begun; otherwise it failed
     */
    boolean begins() throws IOException {
        lock.lock();
        try {
            while (length == 0 && !ended) {
                grown.await();
            }
            return length > 0 && failure == null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** Sends the whole answer, as fast as it grows and the client takes it. */
    void sendTo(OutputStream out) throws IOException {
        var buffer = ByteBuffer.allocate(BUFFER);
        long sent = 0;
        for (var end = await(sent, out); sent < end; end = await(sent, out)) {
            buffer.clear().limit((int) Math.min(BUFFER, end - sent));
            var read = file.read(buffer, sent);
            if (read < 0) {
                throw new IOException("The answer became shorter");
            }
            out.write(buffer.array(), 0, read);
            sent += read;
        }
    }

    /** The length of the answer, larger than what was sent unless that was all. */
    private long await(long sent, OutputStream out) throws IOException {
        var known = known(sent, 0);
        if (known == sent && !isEnd(sent)) {
            out.flush();
            known = known(sent, SILENCE_SECONDS);
        }
        while (known == sent && !isEnd(sent)) {
            if (isBetweenPackets()) {
                out.write(STILL_THERE);
                out.flush();
            }
            known = known(sent, SILENCE_SECONDS);
        }
        return known;
    }

    private long known(long sent, long seconds) throws IOException {
        lock.lock();
        try {
            var left = TimeUnit.SECONDS.toNanos(seconds);
            while (length == sent && !ended && left > 0) {
                left = grown.awaitNanos(left);
            }
            if (failure != null) {
                throw new IOException("The answer could not be completed", failure);
            }
            return length;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isEnd(long sent) {
        lock.lock();
        try {
            return ended && sent == length;
        } finally {
            lock.unlock();
        }
    }

    private boolean isBetweenPackets() {
        lock.lock();
        try {
            return length > 0 && headerBytes == 0 && packetLeft == 0;
        } finally {
            lock.unlock();
        }
    }
}
