package dev.granary.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The files that fulfil a query, in the order of repositories and paths, one at a time: each part of the index has them in
 * that order, and the parts are merged. Nothing is gathered, however many there are.
 */
final class Candidates {
    /** The budget is looked at after so many documents. */
    private static final int AT_ONCE = 1024;

    private final PriorityQueue<Part> parts = new PriorityQueue<>(
            Comparator.<Part>comparingLong(part -> part.repositoryId).thenComparing(part -> part.path));
    private final Predicate<String> paths;
    private final Budget budget;
    private @Nullable Part last;

    /** @param paths which paths, on top of the query */
    Candidates(DirectoryReader reader, Query query, Predicate<String> paths, Budget budget) throws IOException {
        this.paths = paths;
        this.budget = budget;
        var searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        var weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (var context : reader.leaves()) {
            var scorer = weight.scorer(context);
            if (scorer != null) {
                push(new Part(context, scorer.iterator()));
            }
        }
    }

    /**
     * A file.
     *
     * @param rawPath as Git has it
     * @param language null where none is known
     */
    record Candidate(
            long repositoryId,
            byte[] rawPath,
            String path,
            ObjectId blob,
            @Nullable String language) {}

    private void push(Part part) throws IOException {
        if (part.next()) {
            parts.add(part);
        }
    }

    /** The next file; empty when there is none, or the budget is over. */
    Optional<Candidate> next() throws IOException {
        if (last != null) {
            push(last);
            last = null;
        }
        var part = parts.poll();
        if (part == null || budget.isOver()) {
            return Optional.empty();
        }
        last = part;
        return Optional.of(part.candidate());
    }

    /** A part of the index, at one of its documents. */
    private final class Part {
        private final DocIdSetIterator documents;
        private final @Nullable Bits live;
        private final NumericDocValues repositories;
        private final SortedDocValues names;
        private final BinaryDocValues blobs;
        private final SortedDocValues languages;
        private long repositoryId;
        private BytesRef path = new BytesRef();
        private String text = "";

        Part(LeafReaderContext context, DocIdSetIterator documents) throws IOException {
            var reader = context.reader();
            this.documents = documents;
            this.live = reader.getLiveDocs();
            this.repositories = DocValues.getNumeric(reader, Documents.REPOSITORY);
            this.names = DocValues.getSorted(reader, Documents.PATH);
            this.blobs = DocValues.getBinary(reader, Documents.BLOB);
            this.languages = DocValues.getSorted(reader, Documents.LANGUAGE);
        }

        boolean next() throws IOException {
            for (var count = 1; ; count++) {
                var at = documents.nextDoc();
                if (at == DocIdSetIterator.NO_MORE_DOCS || (count % AT_ONCE == 0 && budget.isOver())) {
                    return false;
                }
                if ((live == null || live.get(at)) && names.advanceExact(at) && repositories.advanceExact(at)) {
                    path = BytesRef.deepCopyOf(names.lookupOrd(names.ordValue()));
                    text = new String(path.bytes, StandardCharsets.UTF_8);
                    if (paths.test(text)) {
                        repositoryId = repositories.longValue();
                        return true;
                    }
                }
            }
        }

        Candidate candidate() throws IOException {
            var at = documents.docID();
            if (!blobs.advanceExact(at)) {
                throw new IOException("A file without content in the search index");
            }
            var blob = blobs.binaryValue();
            return new Candidate(
                    repositoryId,
                    path.bytes,
                    text,
                    ObjectId.fromRaw(blob.bytes, blob.offset),
                    languages.advanceExact(at)
                            ? languages.lookupOrd(languages.ordValue()).utf8ToString()
                            : null);
        }
    }
}
