package dev.granary.navigation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.access.Permission;
import dev.granary.content.FilePath;
import dev.granary.content.LongWork;
import dev.granary.content.RevisionReader;
import dev.granary.content.TreeEntry;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import dev.granary.navigation.NavigationStore.NavigationRecord;
import dev.granary.navigation.ReferenceSearch.Wanted;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tells where names of source code are defined and used. Names are compared as they are written, not by what they mean. */
@Service
public class NavigationService {
    private static final int LONGEST_NAME = 255;
    private static final long MOST_CACHED_BYTES = 32L << 20;
    private static final int DEFINITION_BYTES = 700;
    private static final int ENTRY_BYTES = 200;
    /** Reading so many files costs more than an index would. */
    private static final int FEW = 300;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] NOTHING = {};

    private final RepositoryService repositories;
    private final RevisionReader revisions;
    private final Parsers parsers;
    private final WordIndexes indexes;
    private final NavigationStore store;
    private final NavigationUse use;
    private final LongWork work;
    private final Cache<Content, Optional<Symbols>> known = Caffeine.newBuilder()
            .maximumWeight(MOST_CACHED_BYTES)
            .<Content, Optional<Symbols>>weigher(
                    (_, symbols) -> ENTRY_BYTES + symbols.map(Symbols::count).orElse(0) * DEFINITION_BYTES)
            .build();

    NavigationService(
            RepositoryService repositories,
            RevisionReader revisions,
            Parsers parsers,
            WordIndexes indexes,
            NavigationStore store,
            NavigationUse use,
            LongWork work) {
        this.repositories = repositories;
        this.revisions = revisions;
        this.parsers = parsers;
        this.indexes = indexes;
        this.store = store;
        this.use = use;
        this.work = work;
    }

    /**
     * A file that somebody looks at.
     *
     * @param language its name, {@code Java} for example
     * @param blob the id of its content; another content than the commit has is not found
     * @param revision a commit id; null to go by {@code ref}
     * @param ref a branch, tag or commit id; null for the default branch
     */
    public record Place(
            String language,
            String blob,
            String path,
            @Nullable String revision,
            @Nullable String ref) {
        private boolean namesRevision() {
            return revision != null && !revision.isEmpty();
        }
    }

    private record Content(ObjectId blob, SourceLanguage language) {}

    private record Symbols(List<SymbolNode> nodes, int count, boolean complete) {}

    private record Opened(ObjectId commit, ObjectId blob) {}

    /** An index that was made anew. */
    public record Rebuilt(boolean finished, Duration took, long bytes) {}

    /**
     * What is known of a repository's index and its use.
     *
     * @param record empty while there was neither
     * @param queries how often references were asked for; so {@code outlines}
     */
    record State(Optional<NavigationRecord> record, long queries, long outlines) {}

    /** The language of a file by its name, as {@link Place} has it; empty for what is in none that is covered. */
    public static Optional<String> languageOf(String path) {
        return SourceLanguage.ofFile(path).map(SourceLanguage::shownName);
    }

    /** Whether {@link #outline} is for a text file of this name and size in bytes. */
    public static boolean isCovered(String path, long bytes) {
        return bytes <= SourceText.MOST_BYTES && SourceLanguage.ofFile(path).isPresent();
    }

    /**
     * What a file defines.
     *
     * @throws Problem {@link ErrorCode#LANGUAGE_NOT_COVERED}, {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#NOT_TEXT},
     *     {@link ErrorCode#FILE_TOO_LARGE}, {@link ErrorCode#SOURCE_TOO_COMPLEX}, {@link ErrorCode#NAVIGATION_UNAVAILABLE}
     */
    public Outline outline(Caller caller, long repositoryId, Place place) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var language = language(place.language());
        var opened = open(caller, repository, place);
        use.outline(repositoryId);
        var symbols = known.get(
                        new Content(opened.blob(), language),
                        content -> work.run(() -> symbols(repository, content, place.path())))
                .orElseThrow(() -> new Problem(ErrorCode.SOURCE_TOO_COMPLEX, place.path()));
        return new Outline(
                place.path(), opened.commit().name(), opened.blob().name(), symbols.nodes(), symbols.complete());
    }

    private Optional<Symbols> symbols(HostedRepository repository, Content content, String path) throws IOException {
        try (var git = repositories.open(repository);
                var reader = git.newObjectReader()) {
            if (reader.getObjectSize(content.blob(), Constants.OBJ_BLOB) > SourceText.MOST_BYTES) {
                throw new Problem(ErrorCode.FILE_TOO_LARGE, path, Integer.toString(SourceText.MOST_BYTES));
            }
            var text = SourceText.read(reader, content.blob()).orElseThrow(() -> new Problem(ErrorCode.NOT_TEXT, path));
            return parsers.parse(content.language(), text, NOTHING)
                    .map(findings -> new Symbols(
                            new FileSymbols(SourceText.of(text), findings).nodes(),
                            findings.definitions().size(),
                            findings.complete()));
        }
    }

    /**
     * Where a name is defined and used in files of the same language.
     *
     * @param under the file or folder to look in; null for everywhere
     * @throws Problem as {@link #outline}
     */
    public Occurrences references(
            Caller caller, long repositoryId, Place place, String symbol, @Nullable String under) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var language = language(place.language());
        var name = Texts.line("symbol", symbol, 1, LONGEST_NAME);
        var folder = under == null || under.isEmpty()
                ? ""
                : FilePath.stored("path", under).text();
        var opened = open(caller, repository, place);
        use.query(repositoryId);
        return work.run(() -> search(repository, opened.commit(), new Wanted(name, language, place.path(), folder)));
    }

    private Occurrences search(HostedRepository repository, ObjectId commit, Wanted wanted) throws IOException {
        try (var git = repositories.open(repository);
                var reader = git.newObjectReader();
                var walk = new RevWalk(reader);
                var index = indexes.open(repository.id()).orElse(null)) {
            var search = new ReferenceSearch(parsers, reader, index, wanted);
            var found = search.run(walk.parseCommit(commit));
            if (search.unknown() > FEW) {
                indexes.request(repository.id());
            }
            return found;
        }
    }

    private static SourceLanguage language(String name) {
        return SourceLanguage.named(name)
                .orElseThrow(() -> new Problem(ErrorCode.LANGUAGE_NOT_COVERED, SourceLanguage.names()));
    }

    private Opened open(Caller caller, HostedRepository repository, Place place) {
        var path = FilePath.stored("file_path", place.path());
        var field = place.namesRevision() ? "revision" : "ref";
        var opened = revisions.read(
                caller,
                repository,
                field,
                place.namesRevision() ? place.revision() : place.ref(),
                (_, walk, commit) -> new Opened(
                        commit.copy(),
                        TreeEntry.requireFile(walk.getObjectReader(), commit.getTree(), path)
                                .id()));
        if (!opened.blob().name().equals(place.blob())) {
            throw new Problem(ErrorCode.FILE_NOT_FOUND, place.path());
        }
        return opened;
    }

    /** The languages that are covered, for who may view the repository. */
    List<SourceLanguage> languages(Caller caller, long repositoryId) {
        repositories.require(caller, repositoryId, Permission.VIEW);
        return List.of(SourceLanguage.values());
    }

    /** Makes the repository's index anew, which makes searches quick; it also makes itself when it is needed. */
    public Rebuilt rebuild(Caller caller, long repositoryId) {
        repositories.require(caller, repositoryId, Permission.COMMIT);
        var begin = System.nanoTime();
        var finished = indexes.rebuild(repositoryId, PATIENCE);
        return new Rebuilt(finished, Duration.ofNanos(System.nanoTime() - begin), indexes.size(repositoryId));
    }

    /** What is known of the repository's index. */
    State state(Caller caller, long repositoryId) {
        repositories.require(caller, repositoryId, Permission.VIEW);
        var record = store.find(repositoryId);
        return new State(
                record,
                record.map(NavigationRecord::queryCount).orElse(0L) + use.queries(repositoryId),
                record.map(NavigationRecord::outlineCount).orElse(0L) + use.outlines(repositoryId));
    }
}
