package dev.granary.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PacketLineIn;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Reads requests of protocol version 2, each complete in itself on every transport, and hands them to JGit one by one,
 * adding the two things it lacks: the branch that an empty repository begins with ({@code unborn}) and
 * {@code git fetch --deepen} ({@code deepen-relative}).
 */
final class Version2 {
    /** Some 300,000 objects asked for at once: a partial clone that checks out a large project. */
    static final int LARGEST_REQUEST = 16 * 1024 * 1024;

    private static final String LS_REFS = "ls-refs";
    private static final String UNBORN = "unborn";
    private static final List<String> NAMES_OF_CLIENTS = List.of("agent=", "session-id=");
    private static final String DEEPEN = "deepen ";
    private static final String WANT = "want ";
    private static final String WANT_REF = "want-ref ";
    private static final String SHALLOW = "shallow ";
    private static final String PREFIX = "ref-prefix ";

    /** A request to list refs is smaller, and one to clone some 2,500 refs. */
    private static final int SMALL_REQUEST = 128 * 1024;

    private static final int LARGEST_LINE = 65_536;

    private final Repository git;
    private final InputStream in;
    private final OutputStream out;
    private final Supplier<String> tooLarge;

    /** Serves what comes in; {@code tooLarge} is the text for a client whose request is too large. */
    Version2(Repository git, InputStream in, OutputStream out, Supplier<String> tooLarge) {
        this.git = git;
        this.in = in;
        this.out = out;
        this.tooLarge = tooLarge;
    }

    /** The largest request that {@link #peek} reads, in bytes. */
    static int peeked() {
        return SMALL_REQUEST + LARGEST_LINE;
    }

    /**
     * The next request if it is a small one, with nothing read too far: none when there is no request any more.
     *
     * @param in remembers {@link #peeked} bytes; they have been given back to it when the answer is empty
     */
    static Optional<List<String>> peek(InputStream in) throws IOException {
        in.mark(peeked());
        var lines = new PacketLineIn(in);
        var request = new ArrayList<String>();
        var left = SMALL_REQUEST;
        while (left >= 0) {
            String line;
            try {
                line = lines.readString();
            } catch (EOFException e) {
                if (request.isEmpty()) {
                    return Optional.of(request);
                }
                break;
            } catch (IOException e) {
                break; // Whoever reads it again finds out what is wrong with it.
            }
            if (PacketLineIn.isEnd(line)) {
                return Optional.of(request);
            }
            left -= line.length() + Integer.BYTES;
            request.add(line);
        }
        in.reset();
        return Optional.empty();
    }

    /**
     * What of a request decides about its answer, besides the repository and its refs: all but the client's name. No two
     * requests that JGit reads differently have the same, whatever characters are in their lines.
     */
    static String question(List<String> request) {
        var text = new StringBuilder();
        for (var line : request) {
            if (PacketLineIn.isDelimiter(line)) {
                text.append('|');
            } else if (NAMES_OF_CLIENTS.stream().noneMatch(line::startsWith)) {
                text.append(line.length()).append(':').append(line);
            }
        }
        return text.toString();
    }

    /** Whether a request asks for a list of refs. */
    static boolean isListing(List<String> request) {
        return request.getFirst().equals("command=" + LS_REFS);
    }

    /** Writes capabilities, and says that {@link #serve} knows of unborn branches. */
    static PacketLineOutRefAdvertiser advertiser(PacketLineOut lines) {
        return new PacketLineOutRefAdvertiser(lines) {
            @Override
            protected void writeOne(CharSequence line) throws IOException {
                super.writeOne(LS_REFS.contentEquals(line) ? LS_REFS + "=" + UNBORN : line);
            }
        };
    }

    /** Sends the answer to a request: one that exists, or the one that is made anew. */
    @FunctionalInterface
    interface Answers {
        void send(List<String> request, OutputStream out, RefListings.Answer anew) throws IOException;
    }

    /** Answers requests until the client has no more, each with an instance of its own. */
    void serve(Supplier<UploadPack> uploads, Answers answers) throws IOException {
        var lines = new PacketLineIn(in);
        for (var request = next(lines); !request.isEmpty(); request = next(lines)) {
            var asked = request;
            answers.send(List.copyOf(asked), out, answer -> serve(asked, uploads.get(), answer));
        }
    }

    private void serve(List<String> request, UploadPack upload, OutputStream answer) throws IOException {
        if (isListing(request) && request.remove(UNBORN)) {
            tellUnbornHead(request, answer);
        } else if (request.remove("deepen-relative")) {
            countFromTips(request);
        }
        upload.upload(new ByteArrayInputStream(bytes(request)), answer, null);
    }

    /** The lines of a request up to its end; none when there is no request any more. */
    private List<String> next(PacketLineIn lines) throws IOException {
        var request = new ArrayList<String>();
        var left = LARGEST_REQUEST;
        while (true) {
            String line;
            try {
                line = lines.readString();
            } catch (EOFException e) {
                if (request.isEmpty()) {
                    return request;
                }
                throw e;
            }
            if (PacketLineIn.isEnd(line)) {
                return request;
            }
            left -= line.length() + Integer.BYTES;
            if (left < 0) {
                var answer = new PacketLineOut(out);
                answer.writeString("ERR " + tooLarge.get());
                answer.flush();
                throw new PackProtocolException(tooLarge.get());
            }
            request.add(line);
        }
    }

    private static byte[] bytes(List<String> request) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var lines = new PacketLineOut(bytes);
        for (var line : request) {
            if (PacketLineIn.isDelimiter(line)) {
                lines.writeDelim();
            } else {
                lines.writeString(line);
            }
        }
        lines.end();
        return bytes.toByteArray();
    }

    /** The first line of the answer, where HEAD names a branch that nobody has pushed yet. */
    private void tellUnbornHead(List<String> request, OutputStream answer) throws IOException {
        var head = git.exactRef(Constants.HEAD);
        var prefixes = arguments(request, PREFIX).toList();
        var asked = prefixes.isEmpty() || prefixes.stream().anyMatch(Constants.HEAD::startsWith);
        if (asked && head != null && head.isSymbolic() && head.getObjectId() == null) {
            new PacketLineOut(answer)
                    .writeString("unborn " + Constants.HEAD + " symref-target:"
                            + head.getTarget().getName() + "\n");
        }
    }

    private static Stream<String> arguments(List<String> request, String keyword) {
        return request.stream().filter(line -> line.startsWith(keyword)).map(line -> line.substring(keyword.length()));
    }

    /**
     * The client asks for so many commits beyond those it has: turned into a depth from the tips it wants, which JGit
     * knows. A client without such an end has nothing to deepen. Where histories of different depths end, the shallower ones are deepened by more.
     */
    private void countFromTips(List<String> request) throws IOException {
        var ends = ids(request, SHALLOW);
        if (ends.isEmpty()) {
            request.removeIf(line -> line.startsWith(DEEPEN));
        }
        for (var index = 0; index < request.size(); index++) {
            if (request.get(index).startsWith(DEEPEN)) {
                var more = Long.parseLong(request.get(index).substring(DEEPEN.length()));
                var depth = depth(tips(request), ends);
                request.set(index, DEEPEN + Math.clamp(more + depth, 1, Integer.MAX_VALUE));
            }
        }
    }

    private Set<ObjectId> tips(List<String> request) throws IOException {
        var tips = ids(request, WANT);
        for (var name : arguments(request, WANT_REF).toList()) {
            var ref = git.exactRef(name);
            if (ref != null && ref.getObjectId() != null) {
                tips.add(ref.getObjectId());
            }
        }
        return tips;
    }

    private static Set<ObjectId> ids(List<String> request, String keyword) throws PackProtocolException {
        var ids = new HashSet<ObjectId>();
        for (var id : arguments(request, keyword).toList()) {
            if (!ObjectId.isId(id)) {
                throw new PackProtocolException(id);
            }
            ids.add(ObjectId.fromString(id));
        }
        return ids;
    }

    /** How many commits deep the deepest of the client's ends lies under the tips. */
    private int depth(Set<ObjectId> tips, Set<ObjectId> ends) throws IOException {
        try (var walk = new RevWalk(git)) {
            var seen = new HashSet<RevCommit>();
            var level = new ArrayDeque<RevCommit>();
            for (var tip : tips) {
                if (git.getObjectDatabase().has(tip) && walk.peel(walk.parseAny(tip)) instanceof RevCommit commit) {
                    level.add(commit);
                }
            }
            var deepest = 0;
            for (var depth = 1; !level.isEmpty(); depth++) {
                var below = new ArrayDeque<RevCommit>();
                for (var commit : level) {
                    if (ends.contains(commit)) {
                        deepest = depth;
                    } else if (seen.add(commit)) {
                        walk.parseHeaders(commit);
                        below.addAll(List.of(commit.getParents()));
                    }
                }
                level = below;
            }
            return deepest;
        }
    }
}
