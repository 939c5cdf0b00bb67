package dev.granary.navigation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that parses for the server, one text after the other: what makes a native parser fail, hang or take all memory
 * ends this process alone. It reads requests from its input and writes answers to its output, as {@link ParserWorker}
 * does at the other end. It ends with its input, when nothing comes for a while, and when a text takes too much.
 */
final class ParserProcess {
    /** What an answer begins with: findings follow. */
    static final int FOUND = 0;
    /** What an answer begins with: the reason why there can be none on this machine follows. */
    static final int UNAVAILABLE = 1;

    /** How it ends when a text takes too much time. */
    static final int TOO_SLOW = 3;
    /** How it ends when a text takes too much memory. */
    static final int TOO_LARGE = 4;

    private static final int IDLE = 0;
    private static final long MOST_MILLIS = 5000;
    private static final long IDLE_MILLIS = 60_000;
    private static final long MOST_BYTES = 640L << 20;
    private static final long PAGE = 4096;
    private static final long LOOK_EVERY = 100;
    private static final Path MEMORY = Path.of("/proc/self/statm");

    private final SourceParser parser = new SourceParser();
    private volatile long since = System.currentTimeMillis();
    private volatile boolean busy;

    private ParserProcess() {}

    /** Serves until its input ends. */
    public static void main(String[] arguments) throws IOException {
        var process = new ParserProcess();
        Thread.ofPlatform().daemon().name("limits").start(process::watch);
        var in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        var out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        try {
            process.serve(in, out);
        } catch (EOFException e) {
            // The server is gone.
        }
    }

    private void serve(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            var language = SourceLanguage.valueOf(in.readUTF());
            since = System.currentTimeMillis();
            busy = true;
            var text = in.readNBytes(in.readInt());
            var name = in.readNBytes(in.readInt());
            try {
                var findings = parser.find(language, text, name);
                out.writeByte(FOUND);
                findings.write(out);
            } catch (LinkageError e) {
                out.writeByte(UNAVAILABLE);
                out.writeUTF(String.valueOf(e));
            }
            out.flush();
            since = System.currentTimeMillis();
            busy = false;
        }
    }

    /** Native code heeds no interrupt: only the end of the process ends it. */
    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                var passed = System.currentTimeMillis() - since;
                if (busy && passed > MOST_MILLIS) {
                    Runtime.getRuntime().halt(TOO_SLOW);
                } else if (!busy && passed > IDLE_MILLIS) {
                    Runtime.getRuntime().halt(IDLE);
                } else if (residentBytes() > MOST_BYTES) {
                    Runtime.getRuntime().halt(TOO_LARGE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How much memory the process holds; 0 where the system does not tell. */
    private static long residentBytes() {
        try {
            return PAGE * Long.parseLong(Files.readString(MEMORY).split(" ", -1)[1]);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
