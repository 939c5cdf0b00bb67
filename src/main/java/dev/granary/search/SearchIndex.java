package dev.granary.search;

import dev.granary.storage.DataFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The index's folder: {@code cache/search}, of this node alone. Whatever is missing or damaged there is made anew; what is
 * written is seen, and survives, from one commit of the index to the next. Nothing is opened before somebody needs it, and
 * no writer is left open: an idle server pays nothing.
 */
@Component
class SearchIndex implements DisposableBean {
    /** What is gathered in memory before it goes to a file. */
    private static final double BUFFER_MEGABYTES = 16;

    private static final double LARGEST_PART_MEGABYTES = 1024;
    private static final String FORMAT = "format";

    private static final Logger log = LoggerFactory.getLogger(SearchIndex.class);

    private final Path folder;
    private @Nullable IndexView current;
    private boolean closed;

    SearchIndex(DataFolder data) {
        this.folder = data.cache().resolve("search");
    }

    /** Writes to the index. */
    @FunctionalInterface
    interface Writing {
        /** What is not committed when this fails is as if it had never been written. */
        void to(Session session) throws IOException;
    }

    /** The index while it is written to. */
    final class Session {
        private final IndexWriter writer;

        private Session(IndexWriter writer) {
            this.writer = writer;
        }

        IndexWriter writer() {
            return writer;
        }

        /** Makes what was written last, and shows it to all who look from now on. */
        void commit() throws IOException {
            if (writer.hasUncommittedChanges()) {
                writer.setLiveCommitData(Map.of(FORMAT, Documents.FORMAT).entrySet());
                writer.commit();
                forget();
            }
        }
    }

    /** The index as it is now. The caller closes the view. */
    synchronized IndexView view() {
        if (current == null) {
            current = closed ? IndexView.EMPTY : open();
        }
        return current.use();
    }

    private IndexView open() {
        if (!exists()) {
            return IndexView.EMPTY;
        }
        DirectoryReader reader = null;
        try {
            reader = DirectoryReader.open(FSDirectory.open(folder));
            if (Documents.FORMAT.equals(reader.getIndexCommit().getUserData().get(FORMAT))) {
                return IndexView.of(reader);
            }
            reader.close();
            log.info("The search index is of another format and is made anew");
        } catch (IOException | RuntimeException e) {
            log.warn("The search index cannot be read and is made anew", e);
            release(reader);
        }
        drop();
        return IndexView.EMPTY;
    }

    private static void release(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            log.debug("A part of the search index could not be closed", e);
        }
    }

    private boolean exists() {
        try {
            if (!Files.isDirectory(folder)) {
                return false;
            }
            try (var directory = FSDirectory.open(folder)) {
                return DirectoryReader.indexExists(directory);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Sees to it that an index whose files were deleted is no longer used; false when that was so. */
    synchronized boolean check() {
        if (current == null || current.reader().isEmpty() || exists()) {
            return true;
        }
        forget();
        return false;
    }

    private synchronized void forget() {
        release(current);
        current = null;
    }

    private void drop() {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            log.warn("The search index cannot be deleted", e);
        }
    }

    /**
     * Writes to the index and commits. One at a time.
     *
     * @throws IOException when that failed; what was not committed is forgotten, an index that is damaged as a whole
     */
    void write(Writing writing) throws IOException {
        Files.createDirectories(folder);
        try (var directory = FSDirectory.open(folder);
                var writer = new IndexWriter(directory, configuration())) {
            var session = new Session(writer);
            writing.to(session);
            session.commit();
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | NoSuchFileException
                | FileNotFoundException e) {
            forget();
            drop();
            throw e;
        }
    }

    private static IndexWriterConfig configuration() {
        var merges = new TieredMergePolicy();
        merges.setMaxMergedSegmentMB(LARGEST_PART_MEGABYTES);
        return new IndexWriterConfig(null)
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                .setIndexSort(Documents.ORDER)
                .setMergePolicy(merges)
                // On the thread that writes: no others are to take processors from requests.
                .setMergeScheduler(new SerialMergeScheduler())
                .setCommitOnClose(false);
    }

    /** How many bytes its files have. */
    long size() {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    @Override
    public synchronized void destroy() {
        closed = true;
        forget();
    }
}
