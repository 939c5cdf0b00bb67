package dev.granary.content;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** A file of a repository, open for reading; who has it closes it. */
public final class StoredFile implements AutoCloseable {
    private final Repository git;
    private final ObjectReader reader;
    private final TreeEntry entry;
    private final ObjectLoader loader;
    private final ContentKind kind;

    private StoredFile(Repository git, ObjectReader reader, TreeEntry entry) throws IOException {
        this.git = git;
        this.reader = reader;
        this.entry = entry;
        this.loader = reader.open(entry.id(), Constants.OBJ_BLOB);
        this.kind = ContentKind.of(entry.mode(), head(), loader.getSize());
    }

    /** Opens a file; the repository is closed with it, at once if that fails. */
    static StoredFile open(Repository git, TreeEntry entry) throws IOException {
        var reader = git.newObjectReader();
        try {
            return new StoredFile(git, reader, entry);
        } catch (IOException | RuntimeException e) {
            reader.close();
            git.close();
            throw e;
        }
    }

    private byte[] head() throws IOException {
        if (!loader.isLarge()) {
            return loader.getCachedBytes();
        }
        try (var stream = loader.openStream()) {
            return stream.readNBytes(ContentKind.LOOKED_AT);
        }
    }

    String name() {
        return entry.name();
    }

    String blobId() {
        return entry.id().name();
    }

    /** In bytes. */
    long size() {
        return loader.getSize();
    }

    ContentKind kind() {
        return kind;
    }

    /** Its content from a byte on. Large files are inflated as they are read. */
    InputStream from(long start) throws IOException {
        var stream = loader.openStream();
        stream.skipNBytes(start);
        return stream;
    }

    @Override
    public void close() {
        reader.close();
        git.close();
    }
}
