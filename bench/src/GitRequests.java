import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The requests of Git's HTTP protocol, as git sends them. */
final class GitRequests {
    private static final byte[] FLUSH = "0000".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DELIMITER = "0001".getBytes(StandardCharsets.US_ASCII);
    private static final String AGENT = "agent=git/2.39.5";

    /** What a push says of an object that is not there yet. */
    static final String NONE = "0".repeat(40);

    private GitRequests() {}

    /** Lists branches and tags with what tags point to, protocol version 2. */
    static byte[] listRefs(Side side, String repository) {
        var body = new ByteArrayOutputStream();
        packet(body, "command=ls-refs\n");
        packet(body, AGENT);
        packet(body, "object-format=sha1");
        body.writeBytes(DELIMITER);
        for (var line :
                List.of("peel", "symrefs", "ref-prefix refs/heads/", "ref-prefix refs/tags/", "ref-prefix HEAD")) {
            packet(body, line + "\n");
        }
        body.writeBytes(FLUSH);
        return uploadPack(side, repository, body);
    }

    /** Asks for everything that some objects reach, with nothing at hand. */
    static byte[] cloneAll(Side side, String repository, Collection<String> wants) {
        return fetch(side, repository, wants, List.of(), true);
    }

    /**
     * Asks for what is missing to somebody who has some commits.
     *
     * @param done whether the pack is to come even if the server does not find the commits enough
     */
    static byte[] fetch(Side side, String repository, Collection<String> wants, List<String> haves, boolean done) {
        var body = new ByteArrayOutputStream();
        packet(body, "command=fetch");
        packet(body, AGENT);
        packet(body, "object-format=sha1");
        body.writeBytes(DELIMITER);
        packet(body, "thin-pack");
        packet(body, "no-progress");
        packet(body, "include-tag");
        packet(body, "ofs-delta");
        wants.forEach(want -> packet(body, "want " + want + "\n"));
        haves.forEach(have -> packet(body, "have " + have + "\n"));
        if (done) {
            packet(body, "done\n");
        }
        body.writeBytes(FLUSH);
        return uploadPack(side, repository, body);
    }

    private static byte[] uploadPack(Side side, String repository, ByteArrayOutputStream body) {
        return Connection.request(
                "POST",
                side.path(repository) + "/git-upload-pack",
                Map.of(
                        "Authorization", Side.AUTHORIZATION,
                        "Git-Protocol", "version=2",
                        "Content-Type", "application/x-git-upload-pack-request",
                        "Accept", "application/x-git-upload-pack-result"),
                body.toByteArray());
    }

    /** Asks what there is before a push. */
    static byte[] beforePush(Side side, String repository) {
        return Connection.request(
                "GET",
                side.path(repository) + "/info/refs?service=git-receive-pack",
                Map.of("Authorization", Side.AUTHORIZATION),
                new byte[0]);
    }

    /** Moves a ref to an object that comes in the pack. */
    static byte[] push(Side side, String repository, String ref, String before, String after, byte[] pack) {
        return push(side, repository, List.of(before + " " + after + " " + ref), pack);
    }

    /** Moves many refs, each {@code <before> <after> <name>}. */
    static byte[] push(Side side, String repository, List<String> moves, byte[] pack) {
        var body = new ByteArrayOutputStream();
        packet(body, moves.getFirst() + "\0 report-status object-format=sha1 " + AGENT);
        moves.stream().skip(1).forEach(move -> packet(body, move));
        body.writeBytes(FLUSH);
        body.writeBytes(pack);
        return Connection.request(
                "POST",
                side.path(repository) + "/git-receive-pack",
                Map.of(
                        "Authorization", Side.AUTHORIZATION,
                        "Content-Type", "application/x-git-receive-pack-request",
                        "Accept", "application/x-git-receive-pack-result"),
                body.toByteArray());
    }

    /** The refs of an answer to {@link #listRefs}, each line {@code <id> <name>…}. */
    static List<String> refs(Connection.Answer answer) {
        var text = answer.ok().text();
        var refs = new ArrayList<String>();
        for (int at = 0; at + 4 <= text.length(); ) {
            int length = Integer.parseInt(text.substring(at, at + 4), 16);
            if (length > 4) {
                refs.add(text.substring(at + 4, at + length).strip());
            }
            at += Math.max(4, length);
        }
        return refs;
    }

    private static void packet(ByteArrayOutputStream out, String line) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        out.writeBytes("%04x".formatted(bytes.length + 4).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
    }
}
