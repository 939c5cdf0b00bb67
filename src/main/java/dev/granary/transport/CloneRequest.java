package dev.granary.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PacketLineIn;
import org.eclipse.jgit.transport.PacketLineOut;

/**
 * A request of protocol version 2 by a client that has nothing yet, so that its answer depends on what it wants and on
 * how it wants it told, and on nothing else: the same whoever asks.
 *
 * @param lines the arguments of the request in its one normal form
 * @param wants the ids of what the client asks for
 * @param names the full names of refs that the client asks for, whatever they point to by now
 * @param withTags whether tags that point to what is sent come along unasked
 */
record CloneRequest(List<String> lines, Set<ObjectId> wants, Set<String> names, boolean withTags) {
    private static final String COMMAND = "command=fetch";
    private static final String WANT = "want ";
    private static final String WANT_REF = "want-ref ";
    private static final String INCLUDE_TAG = "include-tag";
    private static final String DONE = "done";

    /** What the client can take, and how much of the history it wants. */
    private static final Set<String> OPTIONS = Set.of("ofs-delta", INCLUDE_TAG);

    private static final List<String> BOUNDS = List.of("deepen ", "filter ");

    /** They change nothing: progress is not told, and nothing is left out that a client without objects could have. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("thin-pack", "no-progress", "object-format=sha1");

    private static final List<String> NAMES_OF_CLIENTS = List.of("agent=", "session-id=");

    /** The clone that a request asks for; empty for other requests, and those that say something unknown. */
    static Optional<CloneRequest> of(List<String> request) {
        if (!request.getFirst().equals(COMMAND) || !request.contains(DONE)) {
            return Optional.empty();
        }
        var wants = new TreeSet<ObjectId>();
        var names = new TreeSet<String>();
        var options = new TreeSet<String>();
        for (var line : request.subList(1, request.size())) {
            if (line.startsWith(WANT) && ObjectId.isId(line.substring(WANT.length()))) {
                wants.add(ObjectId.fromString(line.substring(WANT.length())));
            } else if (line.startsWith(WANT_REF) && line.indexOf('\n') < 0) {
                names.add(line.substring(WANT_REF.length()));
            } else if (OPTIONS.contains(line) || isBound(line)) {
                options.add(line);
            } else if (!isWithoutEffect(line)) {
                return Optional.empty();
            }
        }
        return wants.isEmpty() && names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new CloneRequest(lines(wants, names, options), wants, names, options.contains(INCLUDE_TAG)));
    }

    /** Without line ends in it: the text of a request would not tell it from two lines. */
    private static boolean isBound(String line) {
        return BOUNDS.stream().anyMatch(line::startsWith) && line.indexOf('\n') < 0;
    }

    private static boolean isWithoutEffect(String line) {
        return line.equals(DONE)
                || PacketLineIn.isDelimiter(line)
                || WITHOUT_EFFECT.contains(line)
                || NAMES_OF_CLIENTS.stream().anyMatch(line::startsWith);
    }

    private static List<String> lines(Set<ObjectId> wants, Set<String> names, Set<String> options) {
        var lines = new ArrayList<String>();
        lines.add("no-progress");
        lines.addAll(options);
        wants.forEach(want -> lines.add(WANT + want.name()));
        names.forEach(name -> lines.add(WANT_REF + name));
        lines.add(DONE);
        return List.copyOf(lines);
    }

    /** What of the request decides about the answer. */
    String text() {
        return String.join("\n", lines);
    }

    /** The request as it goes over the wire. */
    InputStream wire() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new PacketLineOut(bytes);
        out.writeString(COMMAND);
        out.writeDelim();
        for (var line : lines) {
            out.writeString(line);
        }
        out.end();
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
