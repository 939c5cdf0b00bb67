package dev.granary.navigation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The server's end of a {@link ParserProcess}; for one thread at a time. */
final class ParserWorker implements AutoCloseable {
    private final Process process;
    private final DataOutputStream out;
    private final DataInputStream in;
    private boolean answered;

    private ParserWorker(Process process) {
        this.process = process;
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** The machine cannot parse; the message says why. */
    static final class UnavailableException extends IOException {
        private static final long serialVersionUID = 1;

        UnavailableException(String reason) {
            super(reason);
        }
    }

    /**
     * Starts a process with nothing of the server's environment, where passwords may be.
     *
     * @param libraries the folder of the native libraries
     * @param folder where it runs
     */
    static ParserWorker start(Path libraries, Path folder) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        var builder = new ProcessBuilder(List.of(
                        java.toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:+SuppressFatalErrorMessage",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + folder,
                        "-Dtree-sitter-lib=" + libraries,
                        ParserProcess.class.getName()))
                .directory(folder.toFile())
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("CLASSPATH", classPath);
        return new ParserWorker(builder.start());
    }

    /**
     * What a parser finds in a text.
     *
     * @param name to look for, in UTF-8; empty for none
     * @throws UnavailableException when it cannot be loaded on this machine
     * @throws IOException when the process ended
     */
    Findings ask(SourceLanguage language, byte[] text, byte[] name) throws IOException {
        out.writeUTF(language.name());
        out.writeInt(text.length);
        out.write(text);
        out.writeInt(name.length);
        out.write(name);
        out.flush();
        var kind = in.readByte();
        if (kind != ParserProcess.FOUND) {
            throw new UnavailableException(in.readUTF());
        }
        var findings = Findings.read(in);
        answered = true;
        return findings;
    }

    /** Whether it has answered, so that its end may have nothing to do with the text it got last. */
    boolean hasAnswered() {
        return answered;
    }

    /** Whether it ended because a text took too much time or memory. */
    boolean endedByLimits() {
        try {
            return !process.waitFor(1, TimeUnit.SECONDS)
                    || process.exitValue() == ParserProcess.TOO_SLOW
                    || process.exitValue() == ParserProcess.TOO_LARGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
