package dev.granary.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RefStamp;
import dev.granary.repositories.RepositoryService;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Answers that follow from a question and a repository's refs, kept as the bytes that were sent: lists of refs, and small
 * fetches, which many clients with the same history ask for after a push. An answer is sent again only after a look at
 * the repository's files has shown that its refs are still the same, so it is as fresh as one made anew. All callers who may read a
 * repository see the same refs ({@link dev.granary.refs.VisibleRefs}), but for what is hidden from some: their questions
 * say what that is. Whether they may read it is asked before.
 */
@Component
class RefListings {
    private static final long LEAST_MEMORY = 8L << 20;
    private static final long MOST_MEMORY = 64L << 20;
    private static final int HEAP_SHARE = 32;
    private static final int OVERHEAD = 200;

    /** A list of some 50,000 refs. Fetches of more would push out many others. */
    private static final int LARGEST = 4 << 20;

    private final RepositoryService repositories;
    private final long memory = Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_SHARE, LEAST_MEMORY, MOST_MEMORY);
    private final Cache<Question, Listing> kept = Caffeine.newBuilder()
            .maximumWeight(memory)
            .weigher((Question question, Listing listing) -> listing.weight() + 2 * question.text.length())
            .build();

    RefListings(RepositoryService repositories) {
        this.repositories = repositories;
    }

    /**
     * @param repository the id on the wire, which also names the folder
     * @param text all that the answer depends on besides the refs
     */
    private record Question(String repository, String text) {}

    private record Listing(RefStamp refs, byte[] bytes) {
        int weight() {
            return bytes.length + refs.weight() + OVERHEAD;
        }
    }

    /** Writes an answer. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    /** The answer to a question about a repository's refs, if it is known and still true. */
    Optional<byte[]> known(HostedRepository repository, String question) {
        var key = new Question(repository.uuid(), question);
        var listing = kept.getIfPresent(key);
        if (listing == null) {
            return Optional.empty();
        }
        if (!listing.refs.isCurrent()) {
            kept.asMap().remove(key, listing);
            return Optional.empty();
        }
        return Optional.of(listing.bytes);
    }

    /** Sends the answer to a question about a repository's refs: the one that is known, or else a new one. */
    void write(HostedRepository repository, String question, OutputStream out, Answer answer) throws IOException {
        var known = known(repository, question);
        if (known.isPresent()) {
            out.write(known.get());
            out.flush();
            return;
        }
        var refs = repositories.refStamp(repository).orElse(null);
        if (refs == null) {
            answer.write(out);
            return;
        }
        try (var copy = new Copy(out, LARGEST)) {
            answer.write(copy);
            copy.bytes()
                    .ifPresent(bytes -> kept.put(new Question(repository.uuid(), question), new Listing(refs, bytes)));
        }
    }

    /** Keeps what passes, unless it is too much. */
    private static final class Copy extends FilterOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final long most;
        private boolean whole = true;

        Copy(OutputStream out, long most) {
            super(out);
            this.most = most;
        }

        Optional<byte[]> bytes() {
            return whole ? Optional.of(bytes.toByteArray()) : Optional.empty();
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            out.write(source, offset, length);
            if (whole && bytes.size() + length <= most) {
                bytes.write(source, offset, length);
            } else {
                whole = false;
                bytes.reset();
            }
        }

        @Override
        public void close() throws IOException {
            // The answer goes on.
            flush();
        }
    }
}
