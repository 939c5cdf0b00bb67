package dev.granary.search;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.search.Candidates.Candidate;
import dev.granary.search.CodeFound.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Reads the files that may match, and takes those that do. */
final class Verification implements AutoCloseable {
    private final RepositoryService repositories;
    private final IndexView view;
    private final LineSearch search;
    private final Slice slice;
    private final Budget budget;
    private long openedId;
    private @Nullable Opened opened;

    Verification(RepositoryService repositories, IndexView view, LineSearch search, Slice slice, Budget budget) {
        this.repositories = repositories;
        this.view = view;
        this.search = search;
        this.slice = slice;
        this.budget = budget;
    }

    private record Opened(HostedRepository repository, Repository git, ObjectReader reader) {
        void close() {
            reader.close();
            git.close();
        }
    }

    /** The page that is asked for, counted as far as files are. */
    CodeFound of(Candidates candidates, CodeFound.State state) throws IOException {
        var files = new ArrayList<File>();
        var most = Math.max(CodeFound.COUNTED, slice.offset() + slice.limit());
        var total = 0L;
        var more = false;
        for (var next = candidates.next(); next.isPresent() && !more; next = candidates.next()) {
            var wanted = total >= slice.offset() && files.size() < slice.limit();
            var found = look(next.get(), wanted);
            if (found.isPresent() && total == most) {
                more = true;
            } else if (found.isPresent()) {
                total++;
                if (wanted) {
                    files.add(found.get());
                }
            }
        }
        var over = budget.isOver();
        return new CodeFound(files, total, more || over, over, state);
    }

    private Optional<File> look(Candidate file, boolean wanted) throws IOException {
        var in = open(file.repositoryId());
        var state = view.states().get(file.repositoryId());
        var commit = state == null ? null : state.commitOf(file.rawPath());
        if (in == null || commit == null) {
            return Optional.empty();
        }
        var text = read(in, file).orElse(null);
        if (text == null) {
            return Optional.empty();
        }
        var lines = wanted ? search.lines(text, budget) : search.first(text, budget);
        return lines.count() == 0
                ? Optional.empty()
                : Optional.of(new File(
                        file.repositoryId(),
                        in.repository().name(),
                        in.repository().fullPath(),
                        file.path(),
                        file.language(),
                        commit.name(),
                        file.blob().name(),
                        lines.count(),
                        lines.shown()));
    }

    /** A file that is gone since is found in the index no longer soon. */
    private Optional<String> read(Opened in, Candidate file) throws IOException {
        try {
            var text = SourceText.read(in.reader(), file.blob());
            budget.spend(text.map(String::length).orElse(0));
            return text;
        } catch (MissingObjectException e) {
            return Optional.empty();
        }
    }

    /** Files come repository by repository. */
    private @Nullable Opened open(long id) {
        if (openedId != id) {
            close();
            openedId = id;
            opened = repositories.byId(id).flatMap(this::open).orElse(null);
        }
        return opened;
    }

    /** Empty for what was deleted since the search began. */
    private Optional<Opened> open(HostedRepository repository) {
        try {
            var git = repositories.open(repository);
            return Optional.of(new Opened(repository, git, git.newObjectReader()));
        } catch (Problem | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
