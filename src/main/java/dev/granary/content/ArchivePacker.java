package dev.granary.content;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;

/** Writes an archive of one format to a stream, entry after entry. Times are epoch milliseconds. */
abstract class ArchivePacker implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;
    private static final int FILE = 0644;
    private static final int PROGRAM = 0755;

    static ArchivePacker of(Archive.Format format, OutputStream out) throws IOException {
        // Closing the archive frees its own memory; the stream belongs to the answer.
        var buffered = new BufferedOutputStream(new StaysOpen(out), BUFFER);
        return switch (format) {
            case ZIP -> new Zip(buffered);
            case TAR -> new Tar(buffered);
            case TAR_GZ -> new Tar(new GZIPOutputStream(buffered, BUFFER));
            case TAR_BZ2 -> new Tar(new BZip2CompressorOutputStream(buffered));
        };
    }

    /** @param name with a slash at its end */
    abstract void folder(String name, long time) throws IOException;

    abstract void file(String name, boolean program, long time, ObjectLoader content) throws IOException;

    abstract void link(String name, String target, long time) throws IOException;

    /** Writes the end: without it the archive is seen to be cut. */
    abstract void finish() throws IOException;

    @Override
    public void close() {}

    /** Writes what an entry holds. */
    @FunctionalInterface
    interface Content {
        Content NONE = _ -> {};

        void writeTo(OutputStream out) throws IOException;
    }

    static <E extends ArchiveEntry> void put(ArchiveOutputStream<E> out, E entry, Content content) throws IOException {
        out.putArchiveEntry(entry);
        content.writeTo(out);
        out.closeArchiveEntry();
    }

    private static int permissions(boolean program) {
        return program ? PROGRAM : FILE;
    }

    private static final class StaysOpen extends FilterOutputStream {
        private StaysOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private static final class Zip extends ArchivePacker {
        private final ZipArchiveOutputStream out;

        private Zip(OutputStream out) {
            this.out = new ZipArchiveOutputStream(out);
            this.out.setEncoding(StandardCharsets.UTF_8.name());
        }

        private static ZipArchiveEntry entry(String name, int mode, long size, long time) {
            var entry = new ZipArchiveEntry(name);
            entry.setUnixMode(mode);
            entry.setSize(size);
            entry.setLastModifiedTime(FileTime.fromMillis(time));
            return entry;
        }

        @Override
        void folder(String name, long time) throws IOException {
            put(out, entry(name, FileMode.TYPE_TREE | PROGRAM, 0, time), Content.NONE);
        }

        @Override
        void file(String name, boolean program, long time, ObjectLoader content) throws IOException {
            var entry = entry(name, FileMode.TYPE_FILE | permissions(program), content.getSize(), time);
            put(out, entry, content::copyTo);
        }

        @Override
        void link(String name, String target, long time) throws IOException {
            var bytes = target.getBytes(StandardCharsets.UTF_8);
            var entry = entry(name, FileMode.TYPE_SYMLINK | PROGRAM, bytes.length, time);
            put(out, entry, stream -> stream.write(bytes));
        }

        @Override
        void finish() throws IOException {
            out.close();
        }
    }

    private static final class Tar extends ArchivePacker {
        private final TarArchiveOutputStream out;

        private Tar(OutputStream out) {
            this.out = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
            this.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            this.out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            this.out.setAddPaxHeadersForNonAsciiNames(true);
        }

        private void put(TarArchiveEntry entry, int mode, long size, long time, Content content) throws IOException {
            entry.setMode(mode);
            entry.setSize(size);
            entry.setModTime(FileTime.fromMillis(time));
            entry.setUserName("root");
            entry.setGroupName("root");
            put(out, entry, content);
        }

        @Override
        void folder(String name, long time) throws IOException {
            put(new TarArchiveEntry(name, TarConstants.LF_DIR), PROGRAM, 0, time, Content.NONE);
        }

        @Override
        void file(String name, boolean program, long time, ObjectLoader content) throws IOException {
            put(new TarArchiveEntry(name), permissions(program), content.getSize(), time, content::copyTo);
        }

        @Override
        void link(String name, String target, long time) throws IOException {
            var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(target);
            put(entry, PROGRAM, 0, time, Content.NONE);
        }

        @Override
        void finish() throws IOException {
            out.close();
        }
    }
}
