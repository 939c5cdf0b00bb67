package dev.granary.commits;

import dev.granary.identity.CommitSignatures.Signed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.jspecify.annotations.Nullable;

/** What the signatures of commits and tags are about: the object without the signature. */
public final class SignedContent {
    private static final byte[] HEADER = "gpgsig ".getBytes(StandardCharsets.US_ASCII);
    /** Signatures of larger objects are not looked at. */
    private static final int MOST_BYTES = 1 << 20;

    private SignedContent() {}

    /** What of a commit was signed, in its committer's name; null when it has no signature. Its body has been read. */
    public static @Nullable Signed of(RevCommit commit) {
        var signature = commit.getRawGpgSignature();
        var raw = commit.getRawBuffer();
        return signature == null || raw.length > MOST_BYTES
                ? null
                : new Signed(commit.name(), commit.getCommitterIdent().getEmailAddress(), content(raw), signature);
    }

    /** What of a tag was signed, in its tagger's name; null when it has no signature. Its body has been read. */
    public static @Nullable Signed of(RevTag tag) {
        var signature = tag.getRawGpgSignature();
        var raw = tag.getRawBuffer();
        var tagger = tag.getTaggerIdent();
        return signature == null || tagger == null || raw.length > MOST_BYTES
                ? null
                : new Signed(
                        tag.name(),
                        tagger.getEmailAddress(),
                        Arrays.copyOf(raw, raw.length - signature.length),
                        signature);
    }

    /**
     * The signed bytes of a commit.
     *
     * @param raw the commit as it is stored
     */
    private static byte[] content(byte[] raw) {
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
