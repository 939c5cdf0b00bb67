package dev.granary.search;

import dev.granary.statistics.Language;
import dev.granary.statistics.Languages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Brings repositories in the index from one commit to another by the files in which the two differ. A long way is gone in
 * pieces: what is committed with each says up to which path it came, so that a server that stops goes on there.
 */
final class RepositoryIndexer {
    /** After so many files, or so many bytes of them, a piece is committed. */
    private static final int MOST_FILES = 5_000;

    private static final long MOST_BYTES = 128L << 20;

    /** The index cannot hold longer ones; nobody has them. */
    private static final int LONGEST_PATH = 4_096;

    private static final byte[] BEGINNING = {};

    private final SearchIndex.Session session;
    private final Languages languages;
    private final Pace pace;
    private int files;
    private long bytes;
    private long indexed;

    RepositoryIndexer(SearchIndex.Session session, Languages languages, Pace pace) {
        this.session = session;
        this.languages = languages;
        this.pace = pace;
    }

    /** How many files were looked at. */
    long indexed() {
        return indexed;
    }

    /**
     * Brings a repository to a commit.
     *
     * @param known where it is; null when it is not in the index
     * @throws Pace.Stopped when the server stops; what was committed stays
     */
    void bring(Repository git, long id, @Nullable IndexState known, ObjectId tip) throws IOException {
        try {
            var begun = known == null ? null : known.target();
            if (known != null && begun != null) {
                go(git, id, known.commit(), begun, known.upTo());
            }
            go(git, id, begun != null ? begun : known == null ? null : known.commit(), tip, BEGINNING);
        } catch (MissingObjectException e) {
            // Where it was is gone: a branch was rewritten and tidied up since.
            remove(id);
            go(git, id, null, tip, BEGINNING);
        }
    }

    /** Forgets a repository. */
    void remove(long id) throws IOException {
        session.writer().deleteDocuments(Documents.filesOf(id), Documents.state(id));
    }

    private void go(Repository git, long id, @Nullable ObjectId from, ObjectId to, byte[] behind) throws IOException {
        try (var reader = git.newObjectReader();
                var walk = new TreeWalk(reader);
                var commits = new RevWalk(reader)) {
            if (from == null) {
                walk.addTree(new EmptyTreeIterator());
            } else {
                walk.addTree(commits.parseTree(from));
            }
            walk.addTree(commits.parseTree(to));
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                var path = walk.getRawPath();
                if (Arrays.compareUnsigned(path, behind) > 0 && path.length <= LONGEST_PATH) {
                    pace.step();
                    put(reader, id, path, walk, from == null);
                    if (files >= MOST_FILES || bytes >= MOST_BYTES) {
                        save(id, new IndexState(from, to, path));
                        session.commit();
                        files = 0;
                        bytes = 0;
                    }
                }
            }
        }
        save(id, IndexState.of(to));
    }

    private void put(ObjectReader reader, long id, byte[] path, TreeWalk walk, boolean fresh) throws IOException {
        files++;
        indexed++;
        var text = isFile(walk.getFileMode(1)) ? text(reader, walk.getObjectId(1)) : Optional.<String>empty();
        if (text.isPresent()) {
            bytes += text.get().length();
            var language = languages
                    .byName(new String(path, StandardCharsets.UTF_8))
                    .map(Language::name)
                    .orElse(null);
            var document = Documents.file(id, path, walk.getObjectId(1), text.get(), language);
            if (fresh) {
                session.writer().addDocument(document);
            } else {
                session.writer().updateDocument(Documents.file(id, path), document);
            }
        } else if (!fresh) {
            session.writer().deleteDocuments(Documents.file(id, path));
        }
    }

    /** A file whose content is missing is like one that is not searched. */
    private static Optional<String> text(ObjectReader reader, ObjectId blob) throws IOException {
        try {
            return SourceText.read(reader, blob);
        } catch (MissingObjectException e) {
            return Optional.empty();
        }
    }

    private static boolean isFile(FileMode mode) {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }

    private void save(long id, IndexState state) throws IOException {
        session.writer().updateDocument(Documents.state(id), Documents.state(id, state));
    }
}
