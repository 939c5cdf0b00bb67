package dev.granary.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** What is in the index: a document for each file, and one for the state of each repository. */
final class Documents {
    /** To be raised when anything here means something else than before: an index of another number is made anew. */
    static final String FORMAT = "1";

    static final String REPOSITORY = "repository";
    static final String PATH = "path";
    static final String BLOB = "blob";
    static final String LANGUAGE = "language";

    /** The order within each part of the index, so that files are found in the order in which they are shown. */
    static final Sort ORDER =
            new Sort(new SortField(REPOSITORY, SortField.Type.LONG), new SortField(PATH, SortField.Type.STRING));

    private static final String KEY = "key";
    private static final String OWNER = "owner";
    private static final String CONTENT_TRIGRAMS = "content_trigrams";
    private static final String PATH_TRIGRAMS = "path_trigrams";
    private static final String LANGUAGE_NAME = "language_name";
    private static final String STATE_OF = "state_of";
    private static final String STATE = "state";

    /** Of more repositories, each document is asked in which it is, rather than each repository for its documents. */
    private static final int FEW = 200;

    private static final FieldType TRIGRAMS = new FieldType();

    static {
        TRIGRAMS.setTokenized(true);
        TRIGRAMS.setOmitNorms(true);
        TRIGRAMS.setIndexOptions(IndexOptions.DOCS);
        TRIGRAMS.freeze();
    }

    private Documents() {}

    /** A file. */
    static Document file(long repositoryId, byte[] path, ObjectId blob, String text, @Nullable String language) {
        var document = new Document();
        document.add(new StringField(KEY, key(repositoryId, path), Store.NO));
        document.add(new StringField(OWNER, number(repositoryId), Store.NO));
        document.add(new NumericDocValuesField(REPOSITORY, repositoryId));
        document.add(new SortedDocValuesField(PATH, new BytesRef(path)));
        document.add(new BinaryDocValuesField(BLOB, new BytesRef(raw(blob))));
        document.add(new Field(CONTENT_TRIGRAMS, new TrigramStream(Trigrams.of(text)), TRIGRAMS));
        document.add(new Field(
                PATH_TRIGRAMS, new TrigramStream(Trigrams.of(new String(path, StandardCharsets.UTF_8))), TRIGRAMS));
        if (language != null) {
            document.add(new SortedDocValuesField(LANGUAGE, new BytesRef(language)));
            document.add(new StringField(LANGUAGE_NAME, language.toLowerCase(Locale.ROOT), Store.NO));
        }
        return document;
    }

    private static byte[] raw(ObjectId id) {
        var bytes = new byte[Constants.OBJECT_ID_LENGTH];
        id.copyRawTo(bytes, 0);
        return bytes;
    }

    /** The one document of a file. */
    static Term file(long repositoryId, byte[] path) {
        return new Term(KEY, key(repositoryId, path));
    }

    private static BytesRef key(long repositoryId, byte[] path) {
        var bytes = new byte[Long.BYTES + path.length];
        NumericUtils.longToSortableBytes(repositoryId, bytes, 0);
        System.arraycopy(path, 0, bytes, Long.BYTES, path.length);
        return new BytesRef(bytes);
    }

    private static BytesRef number(long id) {
        var bytes = new byte[Long.BYTES];
        NumericUtils.longToSortableBytes(id, bytes, 0);
        return new BytesRef(bytes);
    }

    /** All files of a repository. */
    static Term filesOf(long repositoryId) {
        return new Term(OWNER, number(repositoryId));
    }

    /** The one document of a repository's state. */
    static Term state(long repositoryId) {
        return new Term(STATE_OF, number(repositoryId));
    }

    /** A repository's state. */
    static Document state(long repositoryId, IndexState state) {
        var document = new Document();
        document.add(new StringField(STATE_OF, number(repositoryId), Store.NO));
        document.add(new BinaryDocValuesField(STATE, state.encode()));
        return document;
    }

    /** Reads the states out of a part of an index. */
    static void states(LeafReader part, Map<Long, IndexState> states) throws IOException {
        var terms = part.terms(STATE_OF);
        var values = part.getBinaryDocValues(STATE);
        if (terms == null || values == null) {
            return;
        }
        // In the order of the documents, as their values are read in.
        var ids = new TreeMap<Integer, Long>();
        var each = terms.iterator();
        var live = part.getLiveDocs();
        for (var term = each.next(); term != null; term = each.next()) {
            var id = NumericUtils.sortableBytesToLong(term.bytes, term.offset);
            var documents = each.postings(null, PostingsEnum.NONE);
            for (var at = documents.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = documents.nextDoc()) {
                if (live == null || live.get(at)) {
                    ids.put(at, id);
                }
            }
        }
        for (var entry : ids.entrySet()) {
            if (values.advanceExact(entry.getKey())) {
                states.put(entry.getValue(), IndexState.decode(values.binaryValue()));
            }
        }
    }

    /** Files that are in one of several repositories. */
    static Query in(Collection<Long> repositoryIds) {
        return repositoryIds.size() <= FEW
                ? new TermInSetQuery(
                        OWNER, repositoryIds.stream().map(Documents::number).toList())
                : NumericDocValuesField.newSlowSetQuery(
                        REPOSITORY,
                        repositoryIds.stream().mapToLong(Long::longValue).toArray());
    }

    /** What narrows files beside their repositories. */
    static List<Query> filters(Need content, Optional<PathPattern> path, @Nullable String language) {
        var filters = new ArrayList<Query>();
        filters.add(content.query(CONTENT_TRIGRAMS));
        path.ifPresent(pattern -> pattern.pieces()
                .forEach(piece ->
                        filters.add(Need.oneOf(List.of(Trigrams.fold(piece))).query(PATH_TRIGRAMS))));
        if (language != null) {
            filters.add(new TermQuery(new Term(LANGUAGE_NAME, language.toLowerCase(Locale.ROOT))));
        }
        return filters;
    }
}
