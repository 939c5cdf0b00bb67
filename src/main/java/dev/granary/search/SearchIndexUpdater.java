package dev.granary.search;

import dev.granary.jobs.Background;
import dev.granary.kernel.Settings;
import dev.granary.repositories.RefsMoved;
import dev.granary.repositories.RepositoryService;
import dev.granary.search.SearchStore.Tip;
import dev.granary.statistics.Languages;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps this node's index at the default branches, on one thread. What this server moved it learns of at once, what other
 * nodes moved from the database, where all repositories are looked through now and then as well: what was missed, switched
 * to another default branch or deleted.
 */
@Component
class SearchIndexUpdater implements DisposableBean {
    /** Pushes often come in a row, and each commit of the index costs as much as one of them. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    /** How far clocks of nodes and transactions that take long may be behind. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Duration WHOLE = Duration.ofMinutes(1);
    private static final int TOGETHER = 1_000;

    private static final Logger log = LoggerFactory.getLogger(SearchIndexUpdater.class);

    private final SearchIndex index;
    private final SearchStore store;
    private final RepositoryService repositories;
    private final Languages languages;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Set<Long> moved = ConcurrentHashMap.newKeySet();
    private final Set<Long> missed = ConcurrentHashMap.newKeySet();
    private final Background background = new Background("search-index", this::round);
    private final Pace pace;
    private volatile long wholeAt;

    /** The repository that is being indexed; null while none is. */
    private volatile @Nullable Long current;

    /** What could not be indexed, by repository: it is left alone until its branch moves. */
    private final Map<Long, String> failed = new ConcurrentHashMap<>();

    SearchIndexUpdater(
            SearchIndex index,
            SearchStore store,
            RepositoryService repositories,
            Languages languages,
            Settings settings,
            Clock clock,
            MeterRegistry meters) {
        this.index = index;
        this.store = store;
        this.repositories = repositories;
        this.languages = languages;
        this.clock = clock;
        this.meters = meters;
        this.pace = new Pace(settings.search().processorShare(), background::isStopping);
        meters.gauge("granary.search.pending", this, updater -> (double) updater.moved.size() + updater.missed.size());
        meters.gauge("granary.search.index.bytes", index, SearchIndex::size);
    }

    /** Runs in the transaction that records a move. */
    @EventListener
    void moved(RefsMoved event) {
        background.afterCommit(() -> moved.add(event.repositoryId()));
    }

    /** Looks for what other nodes did, and now and then whether everything is as it should be. */
    @Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT5S")
    void look() {
        var now = clock.millis();
        if (!index.check() || now - wholeAt >= WHOLE.toMillis()) {
            lookAtAll();
        } else {
            add(store.activeSince(now - MARGIN.toMillis()), moved);
            startWhereDue();
        }
    }

    /** Compares the index with all repositories. */
    void lookAtAll() {
        wholeAt = clock.millis();
        whole();
        startWhereDue();
    }

    private void startWhereDue() {
        if (!moved.isEmpty() || !missed.isEmpty()) {
            background.soon();
        }
    }

    private void whole() {
        var gone = new HashSet<Long>();
        try (var view = index.view()) {
            gone.addAll(view.states().keySet());
        } catch (IOException e) {
            log.debug("The search index could not be closed", e);
        }
        var last = 0L;
        List<Tip> tips;
        do {
            tips = store.after(last, TOGETHER);
            add(tips, missed);
            tips.forEach(tip -> gone.remove(tip.id()));
            last = tips.isEmpty() ? last : tips.getLast().id();
        } while (tips.size() == TOGETHER);
        missed.addAll(gone);
    }

    private void add(Collection<Tip> tips, Set<Long> waiting) {
        try (var view = index.view()) {
            tips.stream()
                    .filter(tip -> isBehind(view.states().get(tip.id()), tip.commitId()))
                    .filter(tip -> !Objects.equals(failed.get(tip.id()), tip.commitId()))
                    .forEach(tip -> waiting.add(tip.id()));
        } catch (IOException e) {
            log.debug("The search index could not be closed", e);
        }
    }

    /** Whether the index does not have what a default branch has. */
    static boolean isBehind(@Nullable IndexState state, @Nullable String tip) {
        if (state == null) {
            return tip != null;
        }
        return state.commit() == null
                || state.target() != null
                || !state.commit().name().equals(tip);
    }

    private void round() {
        pace.rest(DELAY.toNanos());
        if (background.isStopping() || (moved.isEmpty() && missed.isEmpty())) {
            return;
        }
        pace.begin();
        try {
            index.write(this::write);
        } catch (Pace.Stopped e) {
            log.debug("Stopping: the rest is indexed after the next start");
        } catch (IOException | RuntimeException e) {
            if (!background.isStopping()) {
                log.warn("The search index could not be written; it is tried again", e);
            }
            wholeAt = 0;
        } finally {
            current = null;
        }
    }

    /** The repository that is being indexed. */
    Optional<Long> current() {
        return Optional.ofNullable(current);
    }

    /** The repositories that are to be indexed. */
    Set<Long> waiting() {
        var waiting = new LinkedHashSet<>(moved);
        waiting.addAll(missed);
        return waiting;
    }

    /** The repositories that could not be indexed. */
    Set<Long> failed() {
        return Set.copyOf(failed.keySet());
    }

    private void write(SearchIndex.Session session) throws IOException {
        var indexer = new RepositoryIndexer(session, languages, pace);
        var committed = System.nanoTime();
        for (var id = next(); id.isPresent(); id = next()) {
            current = id.get();
            if (!refresh(session, indexer, id.get())) {
                missed.add(id.get());
            }
            if (indexer.isFull() || System.nanoTime() - committed > DELAY.toNanos()) {
                meters.counter("granary.search.indexed.files").increment(indexer.commit());
                committed = System.nanoTime();
            }
        }
        meters.counter("granary.search.indexed.files").increment(indexer.commit());
    }

    /** What was just pushed to comes first: whoever pushed may look for it. */
    private Optional<Long> next() {
        for (var waiting : List.of(moved, missed)) {
            var first = waiting.stream().findFirst();
            if (first.isPresent()) {
                waiting.remove(first.get());
                return first;
            }
        }
        return Optional.empty();
    }

    /** Says whether there is nothing more to do. A repository that cannot be read keeps none of the others waiting. */
    private boolean refresh(SearchIndex.Session session, RepositoryIndexer indexer, long id) throws IOException {
        var repository = repositories.byId(id).orElse(null);
        if (repository == null) {
            indexer.remove(id);
            return true;
        }
        var tip = "";
        try (var git = repositories.open(repository);
                var view = index.view()) {
            var ref = git.exactRef(Constants.R_HEADS + repository.defaultBranch());
            var target = ref == null ? null : ref.getObjectId();
            failed.remove(id);
            if (target == null) {
                if (view.states().containsKey(id)) {
                    indexer.remove(id);
                }
                return true;
            }
            tip = target.name();
            return indexer.bring(git, id, view.states().get(id), target);
        } catch (Pace.Stopped e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (!session.writer().isOpen()) {
                throw e;
            }
            log.debug("Repository {} could not be indexed", repository.uuid(), e);
            indexer.remove(id);
            failed.put(id, tip);
            return true;
        }
    }

    @Override
    public void destroy() {
        background.stop();
    }
}
