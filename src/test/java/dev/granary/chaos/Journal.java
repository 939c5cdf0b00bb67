package dev.granary.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What happened, one JSON object a line, written out before the next thing happens. */
final class Journal implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Writer writer;
    private final long started = System.nanoTime();

    Journal(Path file) throws IOException {
        writer = Files.newBufferedWriter(file);
    }

    /** Writes a line: when (milliseconds since the run began), what, and details as pairs of name and value. */
    synchronized void write(String event, Object... details) {
        var line = new LinkedHashMap<String, Object>();
        line.put("at", (System.nanoTime() - started) / 1_000_000);
        line.put("event", event);
        for (var index = 0; index < details.length; index += 2) {
            line.put((String) details[index], details[index + 1]);
        }
        write(line);
    }

    private void write(Map<String, Object> line) {
        try {
            writer.write(JSON.writeValueAsString(line) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
