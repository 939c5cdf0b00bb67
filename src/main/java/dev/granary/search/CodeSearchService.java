package dev.granary.search;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.content.LongWork;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Client;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.projects.GroupService;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import dev.granary.search.CodeFound.State;
import dev.granary.search.SearchStore.Tip;
import dev.granary.statistics.Language;
import dev.granary.statistics.Languages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Finds lines in the files of default branches. Which repositories a caller may read is part of the query: nothing else is
 * looked at, found, counted or told of.
 */
@Service
public class CodeSearchService {
    /** One search takes no longer; what was found by then is the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** And reads no more. */
    private static final long MOST_BYTES = 2L << 30;

    /** So many searches run at once; others wait for this long. */
    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

    private final SearchIndex index;
    private final SearchStore store;
    private final RepositoryService repositories;
    private final ProjectService projects;
    private final GroupService groups;
    private final AccessService access;
    private final Languages languages;
    private final LongWork work;
    private final MeterRegistry meters;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    CodeSearchService(
            SearchIndex index,
            SearchStore store,
            RepositoryService repositories,
            ProjectService projects,
            GroupService groups,
            AccessService access,
            Languages languages,
            LongWork work,
            MeterRegistry meters) {
        this.index = index;
        this.store = store;
        this.repositories = repositories;
        this.projects = projects;
        this.groups = groups;
        this.access = access;
        this.languages = languages;
        this.work = work;
        this.meters = meters;
    }

    /**
     * Searches the repositories of a scope whose files the caller may read. Without a repository it takes somebody who is
     * signed in.
     *
     * @throws Problem as {@link AccessService#require} for what the scope names; {@link ErrorCode#BUSY} when too many
     *     search already
     */
    public CodeFound search(Caller caller, CodeScope scope, CodeQuery query) {
        var readable = readable(caller, scope);
        var language = language(query.language());
        var sample = Timer.start(meters);
        var result = "failed";
        await();
        try {
            var found = work.run(() -> search(readable, language, query));
            result = Client.current().isGone() ? "abandoned" : found.incomplete() ? "incomplete" : "complete";
            return found;
        } finally {
            turns.release();
            sample.stop(meters.timer("granary.search.requests", "result", result));
        }
    }

    private List<Tip> readable(Caller caller, CodeScope scope) {
        var repositoryId = scope.repositoryId();
        if (repositoryId == null) {
            access.requireUser(caller);
        } else {
            repositories.require(caller, repositoryId, Permission.VIEW);
        }
        var project = scope.projectUuid() == null
                ? null
                : projects.require(caller, scope.projectUuid(), Permission.PROJECT_VIEW)
                        .id();
        var group = scope.groupId() == null
                ? null
                : groups.require(caller, scope.groupId(), Permission.GROUP_VIEW).id();
        var visible = store.visible(caller, repositoryId, project, group);
        var fromHere = access.viewableFromHere();
        return visible.stream().filter(tip -> fromHere.test(tip.id())).toList();
    }

    private @Nullable String language(@Nullable String name) {
        return name == null
                ? null
                : languages.named(name).map(Language::name).orElseThrow(() -> Problem.invalid("language", "language"));
    }

    private void await() {
        try {
            if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Problem(ErrorCode.BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ErrorCode.BUSY);
        }
    }

    private CodeFound search(List<Tip> readable, @Nullable String language, CodeQuery query) throws IOException {
        try (var view = index.view()) {
            var state = state(readable, view);
            var reader = view.reader();
            if (reader.isEmpty() || readable.isEmpty()) {
                return new CodeFound(List.of(), 0, false, false, state);
            }
            var budget = new Budget(PATIENCE, MOST_BYTES);
            var lines = new LineSearch(query);
            var path = Optional.ofNullable(query.path()).map(PathPattern::new);
            var filter = new BooleanQuery.Builder()
                    .add(Documents.in(readable.stream().map(Tip::id).toList()), Occur.FILTER);
            Documents.filters(lines.need(), path, language).forEach(part -> filter.add(part, Occur.FILTER));
            var candidates = new Candidates(
                    reader.get(),
                    filter.build(),
                    file -> path.isEmpty() || path.get().test(file),
                    budget);
            try (var verification = new Verification(repositories, view, lines, query.slice(), budget)) {
                return verification.of(candidates, state);
            }
        }
    }

    private static State state(List<Tip> readable, IndexView view) {
        var behind = readable.stream()
                .filter(tip -> SearchIndexUpdater.isBehind(view.states().get(tip.id()), tip.commitId()))
                .count();
        if (readable.size() != 1) {
            return new State(readable.size(), behind, null, null);
        }
        var only = readable.getFirst();
        var indexed = Optional.ofNullable(view.states().get(only.id()))
                .map(IndexState::commit)
                .map(ObjectId::name)
                .orElse(null);
        return new State(1, behind, indexed, only.commitId());
    }
}
