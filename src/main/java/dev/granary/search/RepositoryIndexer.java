package dev.granary.search;

import dev.granary.statistics.Language;
import dev.granary.statistics.Languages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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
 * pieces: the state says up to which path it came, so that others have their turn in between, and a server that stops goes
 * on there.
 */
final class RepositoryIndexer {
    /** So many files, or so many bytes of them, are a piece. */
    private static final int MOST_FILES = 2_000;

    private static final long MOST_BYTES = 64L << 20;

    /** The index cannot hold longer ones; nobody has them. */
    private static final int LONGEST_PATH = 4_096;

    private static final byte[] BEGINNING = {};

    private final SearchIndex.Session session;
    private final Languages languages;
    private final Pace pace;
    private final Map<Long, Optional<IndexState>> written = new HashMap<>();
    private int files;
    private long bytes;

    RepositoryIndexer(SearchIndex.Session session, Languages languages, Pace pace) {
        this.session = session;
        this.languages = languages;
        this.pace = pace;
    }

    /** Whether what was written is to be committed before more is. */
    boolean isFull() {
        return files >= MOST_FILES || bytes >= MOST_BYTES;
    }

    /**
     * Commits what was written.
     *
     * @return how many files were looked at since the last time
     */
    int commit() throws IOException {
        var looked = files;
        session.commit();
        written.clear();
        files = 0;
        bytes = 0;
        return looked;
    }

    /**
     * Brings a repository to a commit, or nearer to it, until {@link #isFull}.
     *
     * @param committed where it is in the index; null when it is not there
     * @return whether it is there
     * @throws Pace.Stopped when the server stops; what was committed stays
     */
    boolean bring(Repository git, long id, @Nullable IndexState committed, ObjectId tip) throws IOException {
        var known = written.getOrDefault(id, Optional.ofNullable(committed)).orElse(null);
        try {
            var begun = known == null ? null : known.target();
            if (known == null || begun == null) {
                var commit = known == null ? null : known.commit();
                return tip.equals(commit) || go(git, id, commit, tip, BEGINNING);
            }
            return go(git, id, known.commit(), begun, known.upTo()) && go(git, id, begun, tip, BEGINNING);
        } catch (MissingObjectException e) {
            // Where it was is gone: a branch was rewritten and tidied up since.
            remove(id);
            return go(git, id, null, tip, BEGINNING);
        }
    }

    /** Forgets a repository. */
    void remove(long id) throws IOException {
        session.writer().deleteDocuments(Documents.filesOf(id), Documents.state(id));
        written.put(id, Optional.empty());
    }

    private boolean go(Repository git, long id, @Nullable ObjectId from, ObjectId to, byte[] behind)
            throws IOException {
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
                    if (isFull()) {
                        save(id, new IndexState(from, to, path));
                        return false;
                    }
                }
            }
        }
        save(id, IndexState.of(to));
        return true;
    }

    private void put(ObjectReader reader, long id, byte[] path, TreeWalk walk, boolean fresh) throws IOException {
        files++;
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
        written.put(id, Optional.of(state));
    }
}
