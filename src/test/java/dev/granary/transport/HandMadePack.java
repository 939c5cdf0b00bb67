package dev.granary.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** A push as no git would make it: exactly the objects that a test names. */
final class HandMadePack {
    private final Map<byte[], Integer> objects = new LinkedHashMap<>();

    ObjectId add(int type, byte[] content) {
        objects.put(content, type);
        return new ObjectInserter.Formatter().idFor(type, content);
    }

    ObjectId add(int type, String content) {
        return add(type, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A commit without parents. */
    ObjectId commit(ObjectId tree) {
        return add(
                Constants.OBJ_COMMIT,
                "tree " + tree.name() + "\nauthor A <a@example.com> 1700000000 +0000\n"
                        + "committer A <a@example.com> 1700000000 +0000\n\nBy hand\n");
    }

    /** A tree with one file. */
    ObjectId tree(String name, ObjectId blob) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(("100644 " + name + "\0").getBytes(StandardCharsets.UTF_8));
        blob.copyRawTo(bytes);
        return add(Constants.OBJ_TREE, bytes.toByteArray());
    }

    /** The body of a push that creates a ref. */
    byte[] pushTo(String ref, ObjectId target) throws IOException {
        var body = new ByteArrayOutputStream();
        var line = ObjectId.zeroId().name() + " " + target.name() + " " + ref + "\0report-status";
        body.write("%04x%s0000".formatted(line.length() + 4, line).getBytes(StandardCharsets.UTF_8));
        body.write(pack());
        return body.toByteArray();
    }

    byte[] pack() throws IOException {
        var pack = new ByteArrayOutputStream();
        pack.write(new byte[] {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, (byte) objects.size()});
        for (var object : objects.entrySet()) {
            var size = object.getKey().length;
            var first = object.getValue() << 4 | size & 15;
            for (size >>= 4; size > 0; size >>= 7) {
                pack.write(first | 0x80);
                first = size & 0x7f;
            }
            pack.write(first);
            var deflated = new ByteArrayOutputStream();
            try (var deflater = new DeflaterOutputStream(deflated)) {
                deflater.write(object.getKey());
            }
            pack.write(deflated.toByteArray());
        }
        try {
            pack.write(MessageDigest.getInstance("SHA-1").digest(pack.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return pack.toByteArray();
    }
}
