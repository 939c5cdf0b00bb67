package dev.granary.remotes;

import dev.granary.remotes.RemoteFailure.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a remote says, read along before JGit sees it: JGit keeps all refs in memory, and makes an array as long as a
 * pack says that it has objects. So lines are counted until the pack begins, then the pack's header is looked at, then
 * bytes are counted. What is not of Git's protocol is left for JGit to refuse.
 */
final class MeteredInput extends FilterInputStream {
    private static final int HEADER = 4;
    private static final int PACK_HEADER = 12;
    private static final int COUNT_BEGIN = 8;
    private static final int HEX = 16;
    /** Peeled tags have a second line, capabilities and acknowledgements theirs. */
    private static final int LINES_PER_REF = 2;

    private static final int MORE_LINES = 10_000;
    private static final int BYTES_PER_REF = 600;
    private static final int MORE_BYTES = 4 << 20;
    /** JGit keeps what the remote says beside the pack. */
    private static final int MOST_REMARKS = 4 << 20;

    private static final byte DATA = 1;
    private static final byte PROGRESS = 2;

    private final Transfer transfer;
    private final byte[] pack = new byte[PACK_HEADER];
    private int packed;
    private boolean inPack;
    private int digits;
    private int length;
    private int left;
    private boolean begins;
    private boolean isData;
    private boolean raw;
    private long lines;
    private long talk;
    private boolean isRemark;
    private long remarks;

    MeteredInput(InputStream in, Transfer transfer) {
        super(in);
        this.transfer = transfer;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
        transfer.check();
        transfer.waits();
        int count;
        try {
            count = super.read(target, offset, most);
        } finally {
            transfer.goesOn();
        }
        if (count > 0) {
            transfer.count(count);
            look(target, offset, count);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        var buffer = new byte[(int) Math.min(Math.max(count, 0), 8192)];
        return buffer.length == 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void look(byte[] bytes, int begin, int count) throws TransferStopped {
        var at = begin;
        while (at < begin + count && !(raw && packed == PACK_HEADER)) {
            at = step(bytes, at, begin + count);
        }
        if (remarks > MOST_REMARKS) {
            throw transfer.stop(Reason.MALFORMED);
        }
        if (inPack) {
            transfer.countPack(count);
        } else {
            talk += count;
            var refs = transfer.limits().refs();
            var tooMany = transfer.readsRefs() && lines > (long) LINES_PER_REF * refs + MORE_LINES;
            if (tooMany || talk > (long) BYTES_PER_REF * refs + MORE_BYTES) {
                throw transfer.stop(Reason.TOO_MANY_REFS, refs);
            }
        }
    }

    private int step(byte[] bytes, int at, int end) throws TransferStopped {
        if (raw) {
            keep(bytes[at]);
            return at + 1;
        }
        if (left == 0) {
            length(bytes[at]);
            return at + 1;
        }
        if (begins) {
            begins = false;
            isData = bytes[at] == DATA;
            isRemark = bytes[at] == PROGRESS;
            inPack = inPack || isData || isRemark;
            left--;
            return at + 1;
        }
        if (isData && packed < PACK_HEADER) {
            keep(bytes[at]);
            left--;
            return at + 1;
        }
        var passed = Math.min(left, end - at);
        left -= passed;
        remarks += isRemark ? passed : 0;
        return at + passed;
    }

    private void length(byte digit) {
        var value = Character.digit(digit, HEX);
        if (value < 0) {
            // No line: either a pack without side bands, or nonsense.
            raw = true;
            inPack = digit == 'P';
            pack[0] = digit;
            packed = 1;
            return;
        }
        length = length * HEX + value;
        if (++digits == HEADER) {
            left = Math.max(0, length - HEADER);
            begins = left > 0;
            isData = false;
            isRemark = false;
            lines++;
            digits = 0;
            length = 0;
        }
    }

    private void keep(byte value) throws TransferStopped {
        pack[packed++] = value;
        // Beside packs, reports on pushes come in this way.
        if (packed == PACK_HEADER && new String(pack, 0, HEADER, StandardCharsets.US_ASCII).equals("PACK")) {
            var objects = 0L;
            for (var index = COUNT_BEGIN; index < PACK_HEADER; index++) {
                objects = (objects << Byte.SIZE) | (pack[index] & 0xff);
            }
            transfer.countObjects(objects);
        }
    }
}
