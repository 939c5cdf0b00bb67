package dev.granary.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.jspecify.annotations.Nullable;

/** The index as it was at one moment; it stays so while somebody uses it. */
final class IndexView implements AutoCloseable {
    static final IndexView EMPTY = new IndexView(null, Map.of());

    private final @Nullable DirectoryReader reader;
    private final Map<Long, IndexState> states;

    private IndexView(@Nullable DirectoryReader reader, Map<Long, IndexState> states) {
        this.reader = reader;
        this.states = states;
    }

    /** A view whose reader it closes after the last use. */
    static IndexView of(DirectoryReader reader) throws IOException {
        var states = new HashMap<Long, IndexState>();
        for (var part : reader.leaves()) {
            Documents.states(part.reader(), states);
        }
        return new IndexView(reader, states);
    }

    /** Empty where there is no index. */
    Optional<DirectoryReader> reader() {
        return Optional.ofNullable(reader);
    }

    /** The states of all repositories in it. */
    Map<Long, IndexState> states() {
        return states;
    }

    /** One more use, which ends with {@link #close}. */
    IndexView use() {
        if (reader != null) {
            reader.incRef();
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.decRef();
        }
    }
}
