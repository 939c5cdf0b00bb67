import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Pushes of one commit each, made beforehand: a file of the root folder changes, so three objects are sent. */
final class Pushes {
    private static final int COMMIT = 1;
    private static final int TREE = 2;
    private static final int BLOB = 3;
    private static final String FILE = "notes.txt";

    private final String head;
    /** Mode and id of the root folder's entries by name; a folder's name with a slash at the end, as Git sorts. */
    private final Map<String, String> root = new TreeMap<>();

    private final Map<String, String> tips = new TreeMap<>();
    private int made;

    /** Pushes on top of a bare repository's {@code master}. */
    Pushes(Path repository) {
        head = Commands.git(repository, "rev-parse", "master");
        for (var line : Commands.git(repository, "ls-tree", "master").lines().toList()) {
            var parts = line.split("[ \t]", 4);
            root.put(parts[3] + (parts[1].equals("tree") ? "/" : ""), parts[0].replaceFirst("^0", "") + " " + parts[2]);
        }
        tips.put("refs/heads/master", head);
    }

    /** A ref's move, with the pack it needs. */
    record Push(String ref, String before, String after, byte[] pack) {
        /** Asks what there is, as git does, and pushes. */
        void send(Side side, String repository, Connection connection) {
            connection.exchange(GitRequests.beforePush(side, repository), false).ok();
            var answer = connection.exchange(GitRequests.push(side, repository, ref, before, after, pack), true);
            if (!answer.ok().text().contains("ok " + ref)) {
                throw new Failure(side.name() + " refused a push: " + answer.text());
            }
        }
    }

    /** The next pushes to a branch, each on top of the one before; a new branch begins at {@code master}. */
    List<Push> next(String branch, int count) {
        var ref = "refs/heads/" + branch;
        var pushes = new ArrayList<Push>();
        for (int i = 0; i < count; i++) {
            var before = tips.getOrDefault(ref, GitRequests.NONE);
            var push = push(ref, before, before.equals(GitRequests.NONE) ? head : before);
            tips.put(ref, push.after());
            pushes.add(push);
        }
        return pushes;
    }

    private Push push(String ref, String before, String parent) {
        var text = "Note " + ++made + " for " + ref + "\n";
        var blob = text.repeat(20).getBytes(StandardCharsets.UTF_8);
        root.put(FILE, "100644 " + id(BLOB, blob));
        var tree = tree();
        var commit = """
            tree %s
            parent %s
            author Bench <bench@example.com> %d +0000
            committer Bench <bench@example.com> %<d +0000

            %s\
            """.formatted(id(TREE, tree), parent, 1_750_000_000 + made, text)
                .getBytes(StandardCharsets.UTF_8);
        var pack = new ByteArrayOutputStream();
        pack.writeBytes("PACK".getBytes(StandardCharsets.US_ASCII));
        pack.writeBytes(ByteBuffer.allocate(8).putInt(2).putInt(3).array());
        object(pack, COMMIT, commit);
        object(pack, TREE, tree);
        object(pack, BLOB, blob);
        pack.writeBytes(sha1().digest(pack.toByteArray()));
        return new Push(ref, before, id(COMMIT, commit), pack.toByteArray());
    }

    private byte[] tree() {
        var out = new ByteArrayOutputStream();
        root.forEach((name, entry) -> {
            var parts = entry.split(" ");
            out.writeBytes((parts[0] + " " + name.replace("/", "") + "\0").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(HexFormat.of().parseHex(parts[1]));
        });
        return out.toByteArray();
    }

    private static String id(int type, byte[] content) {
        var name = type == COMMIT ? "commit" : type == TREE ? "tree" : "blob";
        var digest = sha1();
        digest.update((name + " " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(content));
    }

    /** A pack's entry: type and length in groups of bits, the lowest first, then the content deflated. */
    private static void object(ByteArrayOutputStream out, int type, byte[] content) {
        int first = type << 4 | content.length & 15;
        int rest = content.length >>> 4;
        while (rest > 0) {
            out.write(first | 128);
            first = rest & 127;
            rest >>>= 7;
        }
        out.write(first);
        var deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        var buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
