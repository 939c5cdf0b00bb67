package dev.granary.api;

import dev.granary.kernel.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One line for every request, on the logger {@value #NAME}: in text for people, and each part as a field of its own in
 * JSON. Nothing a client sent is in it but the method and the path: queries, headers and bodies carry secrets.
 */
public final class AccessLog {
    /** The logger, for {@code logging.level}. */
    public static final String NAME = "granary.access";

    private static final Logger log = LoggerFactory.getLogger(NAME);

    private AccessLog() {}

    /**
     * What is told of a request.
     *
     * @param method the HTTP method, or {@code SSH}
     * @param path the path as the client sent it, without the query; over SSH that of the repository
     * @param status the HTTP status, or the one it would have been; 499 when an SSH client went away
     * @param bytes how many bytes the answer has
     * @param nanos how long it took
     * @param caller who made it
     * @param requestId the id under which other lines stand in the log
     * @param remote the client's address
     */
    public record Entry(
            String method,
            String path,
            int status,
            long bytes,
            long nanos,
            Caller caller,
            String requestId,
            String remote) {}

    /** Whether {@link #write} does anything. */
    public static boolean isOn() {
        return log.isInfoEnabled();
    }

    /** Writes the line of a request that has ended. */
    public static void write(Entry entry) {
        var millis = entry.nanos() / 1_000_000;
        var caller = id(entry.caller());
        try (var _ = MDC.putCloseable("request_id", entry.requestId())) {
            log.atInfo()
                    .addKeyValue("method", entry.method())
                    .addKeyValue("path", entry.path())
                    .addKeyValue("status", entry.status())
                    .addKeyValue("bytes", entry.bytes())
                    .addKeyValue("milliseconds", millis)
                    .addKeyValue("caller", caller)
                    .addKeyValue("remote", entry.remote())
                    .setMessage("{} {} {} {} bytes {} ms caller {} from {}")
                    .addArgument(entry.method())
                    .addArgument(entry.path())
                    .addArgument(entry.status())
                    .addArgument(entry.bytes())
                    .addArgument(millis)
                    .addArgument(caller)
                    .addArgument(entry.remote())
                    .log();
        }
    }

    private static String id(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous() -> "-";
            case Caller.User user -> Long.toString(user.id());
            case Caller.DeployKey key -> "key:" + key.keyId();
        };
    }
}
