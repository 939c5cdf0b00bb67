package dev.granary.refs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What the signature of a commit is about: the commit without the signature. */
final class SignedCommit {
    private static final byte[] HEADER = "gpgsig ".getBytes(StandardCharsets.US_ASCII);

    private SignedCommit() {}

    /**
     * The signed bytes of a commit.
     *
     * @param raw the commit as it is stored
     */
    static byte[] content(byte[] raw) {
        var content = new ByteArrayOutputStream(raw.length);
        var inSignature = false;
        var at = 0;
        while (at < raw.length) {
            var end = lineEnd(raw, at);
            if (raw[at] == '\n') {
                content.write(raw, at, raw.length - at);
                break;
            }
            inSignature = (inSignature && raw[at] == ' ') || startsWith(raw, at);
            if (!inSignature) {
                content.write(raw, at, end - at);
            }
            at = end;
        }
        return content.toByteArray();
    }

    private static int lineEnd(byte[] raw, int from) {
        var at = from;
        while (at < raw.length && raw[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, raw.length);
    }

    private static boolean startsWith(byte[] raw, int at) {
        for (var index = 0; index < HEADER.length; index++) {
            if (at + index >= raw.length || raw[at + index] != HEADER[index]) {
                return false;
            }
        }
        return true;
    }
}
