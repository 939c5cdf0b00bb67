package dev.granary.content;

import dev.granary.kernel.Problem;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * A commit's files, ready to be packed while they are sent; who has it closes it.
 *
 * @param name of the one folder that it holds, and, with its ending, of the file
 * @param commit whose files they are: its time is theirs, so that the same archive has the same bytes every time
 * @param path the folder or file that is packed; empty for all
 */
public record Archive(Repository git, LongWork work, String name, ObjectId commit, String path, Format format)
        implements AutoCloseable {

    /** How files are put into one. */
    public enum Format {
        ZIP("zip", "application/zip"),
        TAR_GZ("tar.gz", "application/gzip"),
        TAR_BZ2("tar.bz2", "application/x-bzip2"),
        TAR("tar", "application/x-tar");

        private final String ending;
        private final String mediaType;

        Format(String ending, String mediaType) {
            this.ending = ending;
            this.mediaType = mediaType;
        }

        /** Reads a format as clients write it. */
        static Format of(String field, String text) {
            return Arrays.stream(values())
                    .filter(format -> format.ending.equals(text))
                    .findFirst()
                    .orElseThrow(() -> Problem.invalid(
                            field,
                            "one-of",
                            Arrays.stream(values()).map(format -> format.ending).collect(Collectors.joining(", "))));
        }

        String mediaType() {
            return mediaType;
        }
    }

    String fileName() {
        return name + "." + format.ending;
    }

    /** Differs for archives that differ. */
    String tag() {
        return '"' + commit.name() + "-" + TreeObject.md5(name + "/" + path) + "." + format.ending + '"';
    }

    /** Packs the files; ends with a failure when the client is gone. */
    void writeTo(OutputStream out) {
        work.write(() -> {
            try (var reader = git.newObjectReader();
                    var packer = ArchivePacker.of(format, out)) {
                new ArchiveWalk(git, reader, this, packer).run();
                packer.finish();
            }
            return format;
        });
    }

    @Override
    public void close() {
        git.close();
    }
}
